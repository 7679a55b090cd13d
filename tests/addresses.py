"""The addresses of a world: for each page of the URLconf the places it may speak of, made once."""

import re
from collections.abc import Iterator

from django.urls import reverse

from tests import world
from tests.test_rights import Page
from tests.world import Place, World

SHOWN = {  # where the state that tests of rights look at has little to show, or photos without their bytes
    "casefile:notice_calendar": "cap_due",
    "casefile:deadline_calendar": "cap_due",
    "inspections:case": "corrections_in_review",
    "inspections:case_files": "corrections_in_review",
    "inspections:case_print": "corrections_in_review",
    "inspections:notice": "cap_due",
    "inspections:notice_plan": "cap_due",
    "inspections:notice_plan_check": "cap_due",
    "inspections:notice_proof": "corrections_due",
    "inspections:notice_proofs": "corrections_due",
}
RICH = "corrections_in_review"  # the state in which a case holds most


class Addresses:
    """Each page in the state in which it has most to show, and, if wanted, in the one in which a case holds most."""

    def __init__(self, house: World, *, rich: bool = False) -> None:
        self.house, self.rich = house, rich
        self.places: dict[tuple[str, ...], list[Place]] = {}

    def of(self, page: Page) -> Iterator[str]:
        names = re.findall(r"<(?:\w+:)?(\w+)>", page.route)
        for place in self._places(page) if names else [Place({})]:
            arguments = {name: place.arguments[name] for name in names}
            yield reverse(page.name, kwargs=arguments) if page.name else f"/{page.route}"

    def _places(self, page: Page) -> list[Place]:
        natural = SHOWN.get(page.name, page.states[-1])
        states = tuple(dict.fromkeys((natural, RICH) if self.rich else (natural,)))
        named = page.name.startswith("inventory_windows:")  # whose places differ from page to page
        about = (page.name if named else page.route.split("/")[0], *states)
        if about not in self.places:
            self.places[about] = world.places(self.house, page.name, page.route, states)
        return self.places[about]
