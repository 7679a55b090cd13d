"""What the licensees of the demonstration reported."""

from random import Random

import pytest
from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from casefile.calendar import local_day
from demonstration import courses, monthly
from demonstration.people import address_of, populate
from licensing import rules
from licensing.models import HeldReport, License, MonthlyReport
from licensing.queries.report_lists import counts, reporters
from licensing.queries.reports import months_standing, next_asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(marco):
    at = timezone.now()
    User.objects.clockwork()
    world = populate(Random(7), at=at - courses.PAST * 1.2, today=local_day(at), premises=60)
    monthly.tell(world, at, 7)
    return local_day(at)


def test_there_is_every_turn_to_look_at(told, marco):
    rows = MonthlyReport.objects.current()
    months = set(rows.values_list("month", flat=True))
    assert len(months) == monthly.MONTHS and rows.values("license").distinct().count() >= 25
    found = [counts(reporters(marco, month, {}), month) for month in sorted(months)]
    assert all(sum(it[state] for it in found) for state in ("sent", "late", "corrected", "missing"))
    assert HeldReport.objects.count() == 2
    over = [
        row for row in rows.select_related("license") if row.flowering_female > (row.license.mature_plants or 10**9)
    ]
    assert len(over) == 1


def test_the_numbers_fit_together(told):
    for row in MonthlyReport.objects.select_related("license"):
        facts = {"license_type": row.license.type, "issued_on": row.license.issued_on, "month": row.month}
        assert not rules.reporting.reasons_not_to_report(**facts, on=told)
        assert row.medical_plants <= row.flowering_female and row.stock_medical_g <= row.stock_g
        assert row.sent_on > rules.month_bounds(row.month)[1]


def test_both_who_sign_in_have_reports_and_one_is_asked_for_the_last_month(told):
    licenses = [
        License.objects.filter(licensee__representatives__user__email=address_of(name)).order_by("pk")[0]
        for name in ("Tomás Lucero", "Rosa Archuleta")
    ]
    months = months_standing(licenses, on=told)
    assert next_asked(months[licenses[0].pk]).month == rules.month_before(told)
    sent = MonthlyReport.objects.filter(license__in=licenses).values("license").annotate(Count("pk"))
    assert all(row["pk__count"] >= 7 for row in sent) and len(sent) == 2
