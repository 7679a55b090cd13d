"""Licenses as their holder sees them: what each may ask for and from when, what waits, which reports are due."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Sum

from casefile.models import Deadline
from licensing import rules
from licensing.models import License, PlantRequest
from licensing.queries.plants import COUNTING
from licensing.queries.reports import Month, months_standing, next_asked
from licensing.queries.requests import Chance, asked, chance_after, that_count
from licensing.stages import OPEN, RequestState

MONTHS_OF_REPORTS = 6


@dataclass(frozen=True)
class Holding:
    """One license on a day, with what the law wants to know before its holder asks for more."""

    license: License
    on: date
    counts: Chance
    total: int  # mature plants on all licenses of the licensee
    open_requests: Sequence[PlantRequest] = ()
    months: Sequence[Month] = ()

    @property
    def pending(self) -> PlantRequest | None:
        """The request that was sent and waits for its decision; another can not be sent before that."""
        return next((it for it in self.open_requests if it.state != RequestState.DRAFT), None)

    @property
    def report(self) -> Month | None:
        """The report that has to be sent first."""
        return next_asked(self.months)

    @property
    def missing_reports(self) -> int:
        return sum(month.is_missing for month in self.months)

    @property
    def count_level(self) -> rules.Level | None:
        """The level in which the authorized count lies."""
        return rules.level_of(self.license.mature_plants or 0, on=self.on)

    @property
    def has_levels(self) -> bool:
        return rules.has_levels(self.license.type)

    @property
    def may_get_a_level(self) -> bool:
        """A level is designated once."""
        status = self.license.status
        reasons = rules.decision.reasons_not_to_ask_designation(level=self.license.level, status=status)
        return self.has_levels and not reasons

    def asks(self, plants: int) -> rules.IncreaseAsked:
        """What the law wants to know of an increase by `plants`."""
        return asked(self.license, plants, on=self.on, counts=self.counts, total=self.total)

    @property
    def largest(self) -> int:
        """How many more plants may be asked for today."""
        return rules.largest_increase(self.asks(0))

    def again(self, *, after_this: bool = False) -> date | None:
        """The first day on which more plants may be asked for; with `after_this`, once a request of today is sent."""
        at_renewal = after_this and self.counts.at_renewal
        if self.license.issued_on is None and self.license.expires_on is None:
            return None
        return rules.next_chance(
            issued_on=self.license.issued_on,
            expires_on=self.license.expires_on,
            on=self.on,
            other_requests_this_year=self.counts.others + (after_this and not at_renewal),
            renewal_requests=self.counts.renewals + at_renewal,
        )


def holdings(licenses: Sequence[License], *, on: date, reports: bool = False) -> list[Holding]:
    """Licenses as their holder sees them, `reports` too where wanted; as many queries for several as for one."""
    rows = PlantRequest.objects.filter(license__in=licenses)
    running = Prefetch("file__deadlines", Deadline.objects.running())
    waiting = by_license(rows.filter(state__in=OPEN).with_license().prefetch_related(running).order_by("-pk"))
    counted = by_license(rows.filter(**that_count(on)))
    totals = totals_of(licenses)
    months = months_standing(licenses, on=on, n=MONTHS_OF_REPORTS) if reports else {}
    return [
        Holding(
            license, on, chance_after(license, counted[license.pk], on), totals.get(license.licensee_id, 0),
            waiting[license.pk], months.get(license.pk, ()),
        )
        for license in licenses
    ]  # fmt: skip


def by_license(requests: Iterable[PlantRequest]) -> Mapping[int, list[PlantRequest]]:
    """The requests of each license."""
    found: dict[int, list[PlantRequest]] = defaultdict(list)
    for request in requests:
        found[request.license_id].append(request)
    return found


def totals_of(licenses: Iterable[License]) -> dict[int, int]:
    """By licensee, the mature plants of all its licenses that count for the cap of 16.8.8.9(F) NMAC."""
    holders = {license.licensee_id for license in licenses}
    rows = License.objects.filter(licensee__in=holders, status__in=COUNTING).order_by().values_list("licensee")
    return {holder: total or 0 for holder, total in rows.annotate(Sum("mature_plants"))}
