"""What the rules and the red flags want to know of a license and of a request."""

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import BooleanField, Q, Sum
from django.db.models.expressions import RawSQL

from casefile.calendar import local_day
from inspections.models import Inspection
from inspections.stages import NOTICE_STANDS, State
from inventory_windows import rules
from inventory_windows.models import WindowRequest
from inventory_windows.stages import PENDING
from licensing.models import License, Licensee
from licensing.rules import LEVELS

NUMBER = re.compile(r"CCD-\d{4}-\d{4,}(?:-\d{3,})?", re.IGNORECASE | re.ASCII)
MOST_VISITS = 40
MOST_NAMES = 5
SHORT = 5  # a licensee with a shorter name is found by its license number alone


def spans_of(license: License) -> list[rules.Span]:
    """Every time a window of this license was opened, oldest first."""
    return [row.span() for row in license.openings.order_by("opened_at")]


def pending_of(license: License) -> str:
    """The number of a request that was sent and waits or was approved; empty for none."""
    return license.windowrequests.filter(state__in=PENDING).values_list("number", flat=True).first() or ""


def licensees_named(source: str, *, but: Licensee) -> list[str]:
    """The licensees on record whom a source names, or whose license number stands in it; never the one who asks."""
    numbers = [found.upper()[:13] for found in NUMBER.findall(source)]
    named = RawSQL(
        "length(plain_name) >= %s AND position(plain_name in ccd_plain(%s)) > 0", [SHORT, source], BooleanField()
    )
    rows = Licensee.objects.exclude(pk=but.pk).filter(Q(licenses__number__in=numbers) | Q(named)).distinct()
    return list(rows.order_by("name").values_list("name", flat=True)[:MOST_NAMES])


def visits_to(*licenses: int) -> list[Inspection]:
    """The visits to the premises of licenses, the latest first, each with `plants`, None where nobody counted.

    For the office's eyes.
    """
    rows = Inspection.objects.filter(premises__license__in=licenses, visit_began_at__isnull=False)
    counted = rows.select_related("file", "premises").annotate(plants=Sum("plant_counts__count"))
    return list(counted.order_by("-visit_began_at")[: MOST_VISITS * len(licenses)])


def seen_of(case: WindowRequest, visits: Iterable[Inspection], spans: Iterable[rules.Span]) -> rules.Seen:
    """Everything the red flags look at."""
    visits, license, items = list(visits), case.license, list(case.items.all())
    counted = next((visit for visit in visits if plants_at(visit) is not None), None)
    assert case.sent_at is not None
    return rules.Seen(
        items=[rules.Item(it.kind, it.strain, it.quantity, it.source) for it in items],
        asked_at=case.sent_at,
        issued_on=license.issued_on,
        authorized=license.mature_plants,
        level_top=_top(license, local_day(case.sent_at)),
        open_cases=[words_of(visit) for visit in visits if is_open(visit)],
        last_visit_on=local_day(counted.visit_began_at) if counted and counted.visit_began_at else None,
        plants_on_site=plants_at(counted) if counted else None,
        spans=[span for span in spans if span.blocked_until > span.closes_at],
        sources=list(dict.fromkeys(name for it in items for name in it.licensees)),
    )


def _top(license: License, on: date) -> int | None:
    """The most plants of the designated level."""
    return next((level.last for level in LEVELS.on(on) if level.number == license.level), None)


def plants_at(visit: Inspection) -> int | None:
    """How many plants a visit counted."""
    return getattr(visit, "plants", None)


def is_open(case: Inspection) -> bool:
    """A notice stands and is not done, or the case was referred."""
    return case.state in NOTICE_STANDS and case.state != State.CLOSED


def words_of(case: Inspection) -> str:
    return f"Case {case.file.ref}, {case.premises.name}: {case.get_state_display().lower()}."


def flags_of(case: WindowRequest) -> list[rules.Flag]:
    """The red flags of a request as they stand now."""
    return rules.flags(seen_of(case, visits_to(case.license_id), spans_of(case.license)))
