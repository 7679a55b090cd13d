"""The record of who read the plans, and what stands out in it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from schedules.actions.reads import note_read
from schedules.models import PlanRead
from schedules.queries.reads import unusual_reads
from schedules.rules.reads import unusual_count
from tests import factories
from tests.factories import at

MONTH = date(2026, 12, 1)
NOW = at("2026-11-20 07:00")


@pytest.mark.parametrize(
    ("pages", "before", "is_unusual"),
    [(24, [], False), (25, [], True), (26, [9], False), (27, [9, 9], True), (24, [1], False), (300, [100], True),
     (299, [100], False), (30, [0, 0, 5], True)],
)  # fmt: skip
def test_many_is_three_times_the_usual_and_at_least_25(pages, before, is_unusual):
    assert bool(unusual_count(pages, before)) == is_unusual


@pytest.mark.django_db
class TestReads:
    def reads(self, person, many, day, **facts):
        PlanRead.objects.bulk_create(
            PlanRead(by=person, month=MONTH, page="schedules:plan", at=day + timedelta(minutes=n), **facts)
            for n in range(many)
        )

    def test_the_week_is_told_in_sentences(self, dana, marco):
        ana = factories.user("auditor", name="Ana Auditor")
        for n in range(1, 20):
            self.reads(marco, 10, at("2026-11-18 09:00") - timedelta(days=n))
        self.reads(marco, 29, at("2026-11-18 09:00"))
        assert unusual_reads(NOW) == []
        self.reads(ana, 40, at("2026-11-17 09:00"))
        note_read(dana, month=MONTH, page="schedules:mine", of=marco, at=at("2026-11-19 09:00"))
        assert unusual_reads(NOW) == [
            "Ana Auditor opened many pages of plans on Tue, Nov 17: 40 pages on the first day.",
            "Dana Ortiz read the month of Marco Baca.",
        ]
        assert unusual_reads(NOW + timedelta(days=14)) == []

    def test_the_page_marks_them_and_is_narrowed(self, dana, marco, client):
        self.reads(factories.user("auditor", name="Ana Auditor"), 26, at("2026-11-17 09:00"))
        note_read(dana, month=date(2026, 11, 17), page="schedules:mine", of=dana, at=NOW)
        client.force_login(marco)
        rows = client.get(reverse("schedules:reads")).context["rows"]
        assert (rows[0]["text"], rows[0]["cells"][3]["text"]) == ("Dana Ortiz", "No")
        assert rows[1]["cells"][3]["text"] == "26 pages on the first day" and len(rows) == 25
        own = client.get(reverse("schedules:reads"), {"by": dana.pk}).context["rows"]
        assert [row["cells"][2]["text"] for row in own] == ["Their own month"]
        assert client.get(reverse("schedules:reads"), {"by": "x", "month": "2026-99"}).status_code == 200

    def test_nothing_of_it_is_changed(self, dana):
        note_read(dana, month=MONTH, page="schedules:mine", at=NOW)
        for change in (lambda: PlanRead.objects.update(by=dana), lambda: PlanRead.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
