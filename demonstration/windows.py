"""Inventory windows of the demonstration: one in each state, told through the door, and corrections for BioTrack."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from accounts.models import User
from demonstration.people import World
from demonstration.time import pass_time
from inventory_windows import rules
from inventory_windows.actions import asking, corrections, openings, review
from inventory_windows.models import WindowRequest
from licensing.models import License
from licensing.rules import TYPES

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TO_REVIEW, TO_OPEN = 2 * HOUR, 46 * HOUR  # after the request was sent
ASKED = "Send the invoice of the seed bank. It has to show the strains and the number of seeds."
REFUSED = "The paper you sent is for other strains. Send a new request with the right one."
ITEMS = (
    (rules.SEED, "Sandia Haze", 60, "Mesa Seed Bank, Albuquerque"),
    (rules.CLONE, "Blue Piñon", 24, "Our mother plants"),
    (rules.TISSUE, "Zia Kush", 10, "Rio Grande Tissue Lab"),
)  # fmt: skip
WAYS = (  # how each request ends, and how many hours ago it began; the first two are of the firms that sign in
    ("documents_asked", 50), ("open", 51), ("draft", 5), ("requested", 9), ("in_review", 30), ("approved", 20),
    ("shut", 75), ("confirmed", 500), ("refused", 700), ("withdrawn", 300), ("confirmed", 1500),
)  # fmt: skip
WORDS = corrections.Words(
    "884213", "Move 12 plants from room A to room B, as of November 1.", "A worker chose the wrong room.",
    "Tomás Lucero", "505-555-0142",
)  # fmt: skip


def tell(world: World, at: datetime) -> None:
    """Every window up to the present."""
    farms = list(_farms(world))
    for (ends, hours), license in zip(WAYS, farms, strict=False):
        Story(world, license, at - hours * HOUR, at).tell(ends)
    new = [it for it in farms[len(WAYS) :] if rules.gets_first_window(it.type, at)]
    for days, license in zip((6, 40), new, strict=False):
        case = openings.open_first_window(license, at - days * DAY, by=User.objects.clockwork(), at=at - days * DAY)
        pass_time(case, at)
        openings.shut_window(case.file.opening, at=at)
    for decided, license in zip((True, False), farms, strict=False):
        _correct(world, license, at - 20 * HOUR, decided=decided)


def _farms(world: World) -> Iterator[License]:
    """Active licenses that grow, each once; of the firms that sign in first."""
    keys = list(dict.fromkeys(place.license_id for place in world.premises))
    rows = License.objects.select_related("licensee").in_bulk(keys)
    yield from (it for key in keys if TYPES[(it := rows[key]).type].cultivates and it.status == "active")


def _officer(world: World, license: License) -> User:
    return world.officer_of(next(it for it in world.premises if it.license_id == license.pk))


def _correct(world: World, license: License, at: datetime, *, decided: bool) -> None:
    owner = world.owners[license.licensee_id]
    case = corrections.begin_correction(license, by=owner, at=at)
    case = corrections.submit_correction(case, WORDS, by=owner, at=at)
    if decided:
        corrections.approve_correction(case, by=_officer(world, license), at=at + 4 * HOUR)


class Story:
    """One request, from the first draft as far as its end."""

    def __init__(self, world: World, license: License, begins_at: datetime, until: datetime) -> None:
        self.license, self.begins_at, self.until = license, begins_at, until
        self.owner, self.officer = world.owners[license.licensee_id], _officer(world, license)

    def tell(self, ends: str) -> None:
        """Do everything up to this end, with what the clockwork did in between."""
        case = asking.begin_request(self.license, by=self.owner, at=self.begins_at)
        if ends == "draft":
            return
        case = asking.submit_window_request(
            case, self._asked(), company=self.license.licensee.name, by=self.owner, at=self.begins_at
        )
        at = self.begins_at + TO_REVIEW
        if ends == "withdrawn":
            asking.withdraw_window_request(case, by=self.owner, at=at)
        elif ends != "requested":
            self._review(review.begin_review(case, by=self.officer, at=at), ends, at + HOUR)
        pass_time(case, self.until)

    def _asked(self) -> rules.Asked:
        items = [rules.Item(*it) for it in ITEMS[: 1 + self.license.pk % 3]]
        why, who = "We want to grow new strains next spring.", self.owner
        return rules.Asked(items, "new", why, who.name, who.phone, who.email)

    def _review(self, case: WindowRequest, ends: str, at: datetime) -> None:
        if ends == "documents_asked":
            review.ask_documents(case, ASKED, by=self.officer, at=at)
        elif ends == "refused":
            review.refuse_window(case, ground="papers", reason=REFUSED, by=self.officer, at=at)
        elif ends != "in_review":
            opens_at = self.begins_at + TO_OPEN
            self._open(review.approve_window(case, opens_at, by=self.officer, at=at), ends, opens_at)

    def _open(self, case: WindowRequest, ends: str, opens_at: datetime) -> None:
        if ends == "approved":
            return
        case = openings.confirm_opened(case, opens_at, by=self.officer, at=opens_at)
        if ends == "open" or case.closes_at is None:
            return
        pass_time(case, case.closes_at)
        openings.shut_window(case.file.opening, at=case.closes_at)
        if ends == "confirmed":
            openings.confirm_shut(case, case.closes_at + HOUR, by=self.officer, at=case.closes_at + HOUR)
