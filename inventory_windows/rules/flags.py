"""Red flags of a request: facts that a person should see before they decide. None of them decides anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casefile.calendar import local_day, long_day, short_day
from casefile.law import cites
from inventory_windows.rules.openings import Span
from inventory_windows.rules.requests import CLONE, SEED, TISSUE, Item
from inventory_windows.rules.values import AT_THE_LIMIT_DAYS, GROWTH_CYCLE_DAYS, KINDS, MANY_PLANTS

SOURCE = "red flags after the press on inventory laundering; the Division's own list, a person decides"


@dataclass(frozen=True)
class Flag:
    """One thing to look at, with the facts it rests on."""

    key: str
    title: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """What is known when a request is looked at."""

    items: Sequence[Item]
    asked_at: datetime
    issued_on: date | None = None
    authorized: int | None = None
    level_top: int | None = None  # the most plants of the designated level
    open_cases: Sequence[str] = ()  # number and state of each notice or referral that is open
    last_visit_on: date | None = None
    plants_on_site: int | None = None  # counted at the last visit; None where nobody counted
    spans: Sequence[Span] = ()  # openings that were asked for, oldest first
    sources: Sequence[str] = ()  # licensees on record that a source names

    @property
    def plants(self) -> int:
        """Clones and plant tissue; seeds are counted apart."""
        return sum(item.quantity for item in self.items if item.kind in (CLONE, TISSUE))

    @property
    def total(self) -> int:
        """Everything that would be entered."""
        return sum(item.quantity for item in self.items)


@cites(SOURCE)
def other_kind(seen: Seen) -> Flag | None:
    """Something is asked for that a window is not for."""
    found = sorted({item.kind for item in seen.items} - set(KINDS.on(local_day(seen.asked_at))))
    return Flag("other_kind", "Not seeds, clones or genetics", tuple(found)) if found else None


@cites(SOURCE)
def young_license(seen: Seen) -> Flag | None:
    """A license younger than a growth cycle asks for many plants."""
    if seen.issued_on is None:
        return None
    day = local_day(seen.asked_at)
    age, cycle, many = (day - seen.issued_on).days, GROWTH_CYCLE_DAYS.on(day), MANY_PLANTS.on(day)
    if age >= cycle or seen.total < many:
        return None
    facts = (
        f"Issued on {long_day(seen.issued_on)}, {age} days before the request. A growth cycle is {cycle} days.",
        f"Asks for {seen.total:,} in all. From {many:,} on we look twice.",
    )
    return Flag("young_license", "Young license, many plants", facts)


@cites(SOURCE)
def above_authorized(seen: Seen) -> Flag | None:
    """More plants are asked for than the license has authorized, or than its level holds."""
    limits = {"authorized mature plants": seen.authorized, "the top of its level": seen.level_top}
    over = [
        f"{seen.plants:,} plants asked for, {limit:,} {what}."
        for what, limit in limits.items()
        if limit is not None and seen.plants > limit
    ]
    if not over:
        return None
    note = "Immature plants have no limit, so this alone is no ground to refuse."
    return Flag("above_authorized", "More plants than the license allows to flower", (*over, note))


@cites(SOURCE)
def open_case(seen: Seen) -> Flag | None:
    """A notice of violation or a referral is open."""
    return Flag("open_case", "Open notice or discipline", tuple(seen.open_cases)) if seen.open_cases else None


@cites(SOURCE)
def nothing_on_site(seen: Seen) -> Flag | None:
    """The last visit counted plants and found none."""
    if seen.plants_on_site != 0 or seen.last_visit_on is None:
        return None
    fact = f"The visit of {long_day(seen.last_visit_on)} counted 0 plants."
    return Flag("nothing_on_site", "Nothing on site at the last visit", (fact,))


@cites(SOURCE)
def at_the_limit(seen: Seen) -> Flag | None:
    """Another request comes within days after the three months are over."""
    before = [span for span in seen.spans if span.opened_at < seen.asked_at]
    if not before:
        return None
    free_at = max(span.blocked_until for span in before)
    soon = timedelta(days=AT_THE_LIMIT_DAYS.on(local_day(seen.asked_at)))
    if not timedelta(0) <= seen.asked_at - free_at <= soon:
        return None
    opened = ", ".join(short_day(local_day(span.opened_at)) for span in before)
    facts = (
        f"Asked {(seen.asked_at - free_at).days} days after the three months were over.",
        f"Windows opened before: {len(before)} ({opened}).",
    )
    return Flag("at_the_limit", "Asks again at the limit", facts)


@cites(SOURCE)
def other_licensee(seen: Seen) -> Flag | None:
    """A source names another licensee, whose plants come with a manifest and a source code."""
    if not seen.sources:
        return None
    facts = (
        *(f"Named as a source: {name}." for name in seen.sources),
        "A transfer needs a manifest and a source code.",
    )
    return Flag("other_licensee", "Another licensee is the source", facts)


ALL = (other_kind, young_license, above_authorized, open_case, nothing_on_site, at_the_limit, other_licensee)


def flags(seen: Seen) -> list[Flag]:
    """Every red flag that stands, in a fixed order."""
    return [flag for look in ALL if (flag := look(seen)) is not None]


def quantities(items: Sequence[Item]) -> dict[str, int]:
    """How many of each kind."""
    return {kind: sum(item.quantity for item in items if item.kind == kind) for kind in (SEED, CLONE, TISSUE)}
