"""The requests of the demonstration: one in each state, told act by act through the door that everybody uses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from casefile.actions import save_parts
from casefile.calendar import Calendar, local_day, months_before
from casefile.models import Holiday
from demonstration import papers
from demonstration.people import World
from demonstration.time import business_days_later, office_hour, pass_time
from licensing import rules
from licensing.actions import requests
from licensing.actions.requests import TYPED, Asked
from licensing.models import License, PlantRequest

STEP = 500
PLANTS = 2 * STEP
TYPED_PIECES = dict[str, dict[str, str]]
IN_PART = "The water right is enough for the plants you have and 500 more."
DENIED = "Plants above the authorized count were counted, and two months of sales were below eighty percent."
LACKS = {"water": "The paper is for the old well. Send the one for the well that your plan names."}


@dataclass(frozen=True)
class Way:
    """How far one request goes, and how many days ago it began."""

    days_ago: int
    ends: str  # draft, sent, taken, incomplete, in_review, approved, part, denied, withdrawn
    kind: str = rules.INCREASE


WAYS = (
    Way(12, "incomplete"), Way(3, "draft"), Way(4, "sent"), Way(45, "in_review"), Way(80, "part"), Way(70, "denied"),
    Way(60, "approved", rules.DECREASE), Way(30, "withdrawn"), Way(6, "taken"), Way(95, "approved"),
)  # fmt: skip


def tell(world: World, at: datetime, seed: int) -> None:
    """One request after the other; the first two are those of the firms whose people sign in."""
    calendar = Holiday.objects.calendar()
    told = [
        Story(world, Random(f"{seed}:requests:{n}"), calendar, license, way, at)
        for n, (way, license) in enumerate(zip(WAYS, _farms(world), strict=False))
    ]
    for story in sorted(told, key=lambda it: it.begins_at):
        story.tell()


def _farms(world: World) -> Iterator[License]:
    """Licenses with a level, of different licensees; the third and fourth have a history of their own."""
    keys = list(dict.fromkeys(place.license_id for place in world.premises))
    rows = License.objects.select_related("licensee").in_bulk(keys)
    farms = [rows[key] for key in keys if rules.has_levels(rows[key].type) and rows[key].status == "active"]
    yield from farms[:2] + farms[4:]


class Story:
    """One request, from the first draft as far as its way leads."""

    def __init__(
        self, world: World, rng: Random, calendar: Calendar, license: License, way: Way, until: datetime
    ) -> None:  # fmt: skip
        self.rng, self.calendar, self.license, self.way, self.until = rng, calendar, license, way, until
        self.owner = world.owners[license.licensee_id]
        place = next(it for it in world.premises if it.license_id == license.pk)
        self.officer: User = world.officer_of(place)
        self.begins_at = office_hour(rng, local_day(until) - timedelta(days=way.days_ago))

    def tell(self) -> None:
        """Do everything, with what the clockwork did in between."""
        case = requests.start_request(self.license, self.way.kind, by=self.owner, at=self.begins_at)
        self._add_paper(case)
        if self.way.ends == "draft":
            self._type(case)
            return
        asked = Asked(plants=PLANTS if case.kind == rules.INCREASE else 300, pieces=self._pieces(case))
        case = requests.submit_request(case, asked, by=self.owner, at=self.begins_at + timedelta(minutes=35))
        steps = STEPS[self.way.ends]
        at = self.begins_at
        for step in steps:
            at = min(business_days_later(self.rng, self.calendar, at, 2), self.until - timedelta(minutes=len(steps)))
            pass_time(case, at)
            case = step(self, PlantRequest.objects.select_related(*PlantRequest.related).get(pk=case.pk), at)
        pass_time(case, self.until)

    def _add_paper(self, case: PlantRequest) -> None:
        if case.required:
            paper = papers.water_right(self.license.pk)
            requests.attach_document(case, "water", paper, by=self.owner, at=self.begins_at)

    def _type(self, case: PlantRequest) -> None:
        """What the owner has typed and not sent: the number, and two of the pieces."""
        parts = {name: words for name, words in self._pieces(case).items() if name in ("inventory", "water")}
        typed = {"choice": {"plants": f"{PLANTS:,}"}} | parts
        save_parts(case, TYPED, typed, seen={}, by=self.owner, at=self.begins_at + timedelta(minutes=20))

    def _pieces(self, case: PlantRequest) -> TYPED_PIECES:
        """What is typed for each piece that is asked for."""
        months = [months_before(rules.month_of(local_day(self.begins_at)), n) for n in (3, 2, 1)]
        plants = self.license.mature_plants or 0
        typed = {
            "inventory": {"mature": str(plants - self.rng.randrange(90)), "harvested_g": "48200"},
            "water": {"quantity": "3 acre-feet", "allowed": "3.4 acre-feet", "source": "Permit RG-8812"},
            "harvested": {f"harvested_{month:%Y_%m}": str(plants // 3 + month.month) for month in months},
            "sales": {f"{kind}_{month:%Y_%m}": "52000" for month in months for kind in ("medical", "commercial")},
            "total_sales": {"sold_g": "312000", "period": "The last three months"},
            "social_equity": {
                "progress": "We hired two people from the village and trained four.",
                "people": "Two owners and nine workers, as they told us about themselves.", "places": "acequia",
            },
        }  # fmt: skip
        return {piece.key: typed[piece.key] for piece in case.required}

    def take(self, case: PlantRequest, at: datetime) -> PlantRequest:
        return requests.take_request(case, by=self.officer, at=at)

    def ask(self, case: PlantRequest, at: datetime) -> PlantRequest:
        return requests.ask_for_information(case, LACKS, by=self.officer, at=at)

    def complete(self, case: PlantRequest, at: datetime) -> PlantRequest:
        return requests.find_complete(case, by=self.officer, at=at)

    def approve(self, case: PlantRequest, at: datetime) -> PlantRequest:
        return requests.approve_request(case, granted=case.plants or 0, by=self.officer, at=at)

    def grant_part(self, case: PlantRequest, at: datetime) -> PlantRequest:
        return requests.approve_request(case, granted=STEP, reasons=IN_PART, by=self.officer, at=at)

    def deny(self, case: PlantRequest, at: datetime) -> PlantRequest:
        return requests.deny_request(case, DENIED, by=self.officer, at=at)

    def withdraw(self, case: PlantRequest, at: datetime) -> PlantRequest:
        return requests.withdraw_request(case, by=self.owner, at=at, reason="We sell the second field instead.")


Step = Callable[[Story, PlantRequest, datetime], PlantRequest]
TAKEN: tuple[Step, ...] = (Story.take,)
IN_REVIEW: tuple[Step, ...] = (Story.take, Story.complete)
STEPS: dict[str, tuple[Step, ...]] = {
    "sent": (),
    "taken": TAKEN,
    "incomplete": (Story.take, Story.ask),
    "in_review": IN_REVIEW,
    "approved": (*IN_REVIEW, Story.approve),
    "part": (*IN_REVIEW, Story.grant_part),
    "denied": (*IN_REVIEW, Story.deny),
    "withdrawn": (Story.withdraw,),
}
