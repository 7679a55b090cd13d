"""What a licensee and a stranger ask for, in order. The addresses come from the URLconf, so a new page is asked too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from accounts.permissions import TABLE, Reach
from accounts.rights import OPEN, SIGNED_IN
from tests.addresses import Addresses
from tests.secrecy.plans import MONTH_WITH_MUCH, VISIT_KEY
from tests.test_rights import PAGES, Page
from tests.world import OURS, World

LEAVES = ("account_logout", "account_reset_password_from_key")  # end the session, or turn on what a link carries
OF_PLANS = ("schedules:", "reports:")
UNKNOWN = "accounts:invitation"  # a key of an invitation is for one person; the script has none
SEARCHES = {  # lists that a licensee reads, with the words, states and orders in which a plan could stand
    "/notices/": ("state=planned", "state=cancelled", "q=inspection", "page=2", "sort=planned_on", "sort=-next"),
    "/notices/record/": ("q=planned", "sort=-planned_on", "before=2026-12-01", "after=2026-10-01", "page=0"),
    "/my-licenses/": ("q=canary-visit", "sort=next_on", "year=2026"),
    "/my-windows/": ("q=planned", "sort=-day", "state=published"),
    "/help/": ("q=inspection", "q=planned+visit", "q=canary-visit", "lang=es"),
    "/help/ask/": ("q=when+is+the+next+visit",),
    "/plant-limits/": ("plants=500", "canopy=x"),
    "/premises/": ("q=canary-visit", "sort=-next_on"),
}  # fmt: skip
OF_PLACE = ("q=planned", "state=planned", "sort=-planned_on", "page=2", "next=2026-12-01")
ERRORS = ("/there/is/nothing/here/", "/notices/aaaaaaaaaaaaaaaa/", "/documents/aaaaaaaaaaaaaaaa/", "/robots.txt",
          "/sitemap.xml", "/%00/", "/notices/aaaaaaaaaaaaaaaa/calendar.ics")  # fmt: skip
ANYTHING = {"int": "1", "slug": "plan", "path": "plan", "uuid": "00000000-0000-0000-0000-000000000000"}


@dataclass(frozen=True)
class Ask:
    """One request: who, how, where, with what."""

    who: str
    method: str
    url: str
    data: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        return f"{self.who} {self.method} {self.url}"


class Script:
    """All requests: those that read and may come in any order, and those that are sent, in theirs."""

    def __init__(self, house: World) -> None:
        self.house, self.addresses = house, Addresses(house)
        self.pages = [page for page in PAGES if page.name not in LEAVES and page.name != UNKNOWN]
        self.reads = list(dict.fromkeys([*self._own(), *self._searches(), *self._errors(), *self._closed()]))
        self.acts = list(dict.fromkeys([*self._empty(), *self._filled()]))

    # What is open

    def _own(self) -> Iterator[Ask]:
        for page in self.pages:
            if is_open(page, "GET"):
                yield Ask("owner", "GET", self._url(page))
            if page.rows("GET") == OPEN:
                yield Ask("anonymous", "GET", self._url(page))
        letters = self.house.cases["cap_due"].file.notices.values_list("key", flat=True)
        yield from (Ask("viewer", "GET", f"/letters/{key}/{part}") for key in letters for part in ("", "pdf/"))

    def _searches(self) -> Iterator[Ask]:
        place, firm = self.house.premises, self.house.firm
        lists = SEARCHES | {f"/premises/{place.number}/": OF_PLACE, f"/licensees/{firm.key}/": OF_PLACE}
        for path, queries in lists.items():
            yield from (Ask("owner", "GET", f"{path}?{query}") for query in queries)

    # What is closed or absent

    def _errors(self) -> Iterator[Ask]:
        case = self.house.cases["planned"]
        hidden = (f"/notices/{case.file.key}/", f"/notices/{case.file.key}/calendar.ics", f"/cases/{case.file.key}/")
        for url in (*ERRORS, *hidden):
            yield from (Ask(who, "GET", url) for who in ("owner", "anonymous"))
        notice = self.house.cases["cap_due"].file.key
        yield from (Ask("stranger", "GET", f"/notices/{notice}/{part}") for part in ("", "plan/", "calendar.ics"))

    def _closed(self) -> Iterator[Ask]:
        """The office's pages: all of the schedule and of the reports, of the others one in ten."""
        ours = [page for page in self.pages if not page.name.startswith("admin:")]
        closed = [page for page in ours if not is_open(page, "GET") and page.rows("GET") != OPEN]
        of_plans = [page for page in closed if page.name.startswith(OF_PLANS)]
        for page in (*of_plans, *closed[::10]):
            yield Ask("owner", "GET", self._url(page))
        for page in of_plans:
            yield Ask("owner", "POST", self._url(page))
            yield Ask("anonymous", "GET", self._url(page))
        yield Ask("owner", "GET", "/admin/")

    def _url(self, page: Page) -> str:
        """Where a page is. Of the schedule: an address that is there in some worlds and not in others."""
        if page.name.startswith(OF_PLANS):
            return reverse(page.name, kwargs=anything(page.route))
        return next(self.addresses.of(page))

    # What is sent

    def _empty(self) -> Iterator[Ask]:
        """Every form of the licensee with nothing in it: its errors, or an act that asks for nothing."""
        for page in self.pages:
            if is_open(page, "POST") and takes_posts(page):
                yield Ask("owner", "POST", self._url(page), {"once": f"empty {page.name}"})

    def _filled(self) -> Iterator[Ask]:
        notice, firm = f"/notices/{self.house.cases['cap_due'].file.key}/", f"/licensees/{self.house.firm.key}/"
        typed = {"v1-how": "Labels", "v1-who": "Luz", "v1-by_on_0": "12", "v1-by_on_1": "1", "v1-by_on_2": "2026"}
        person = {"name": "Luz Sena", "email": "luz@example.test"}
        asked = {"subject": "Next visit", "text": "When do you come?", "name": "Ana Sol", "email": "ana@example.test"}
        yield Ask("owner", "POST", f"{notice}acknowledge/", {"once": "script-1", "confirm": "on"})
        yield Ask("owner", "POST", f"{notice}plan/save/", typed)
        yield Ask("owner", "POST", f"{firm}contacts/add/", {"once": "script-2", "receives_notices": "on", **person})
        yield Ask("owner", "POST", f"{firm}people/add/", {"once": "script-3", "standing": "viewer", **person})
        yield Ask("owner", "POST", "/help/ask/", {"once": "script-4", **asked})
        yield Ask("anonymous", "POST", "/help/ask/", {"once": "script-5", **asked})
        yield Ask("anonymous", "POST", "/sign-in/", {"login": "nobody@example.test", "password": "not the right one"})
        yield Ask("anonymous", "POST", "/password/link/", {"email": "nobody@example.test"})
        yield Ask("owner", "POST", "/profile/", {"name": "Tomás Lucero", "phone": "505-555-0101"})
        pages = ("/notices/", "/notices/record/", f"{notice}calendar.ics", f"{firm}contacts/", "/help/questions/")
        yield from (Ask("manager", "GET", page) for page in pages)


def is_open(page: Page, method: str) -> bool:
    """Whether the owner of a licensee may use this page at all."""
    row = page.rows(method)
    if page.name.startswith("admin:"):
        return False
    if row in (OPEN, SIGNED_IN):
        return True
    cells = TABLE.get(row, {})
    return any(cells.get(standing) == Reach.OWN for standing in (OURS if page.lists else ("owner",)))


def takes_posts(page: Page) -> bool:
    """Whether a form is sent there; the rest answers 405 before it looks at anything."""
    view = getattr(page.callback, "view_class", None)
    return view is None or hasattr(view, "post")


def anything(route: str) -> dict[str, Any]:
    """Arguments for any address of the schedule: the month, the plan or the visit that many worlds have."""
    found = re.findall(r"<(?:(\w+):)?(\w+)>", route)
    known = {
        "ref": f"{MONTH_WITH_MUCH:%Y-%m}-4",
        "month": f"{MONTH_WITH_MUCH:%Y-%m}",
        "draft": f"{MONTH_WITH_MUCH:%Y-%m}-5",
    }
    return {name: known.get(name) or ANYTHING.get(kind, VISIT_KEY) for kind, name in found}
