"""What the law leaves open: decided from a day on, never changed, read by the rules."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from accounts.models import Role
from casefile.models import Policy
from casefile.policies import POINTS, decide
from inspections.policies import RECEIPT_KINDS
from inspections.queries import receipt_kinds
from tests import factories

SINCE = date(2026, 12, 1)


@pytest.fixture
def admin(db):
    return factories.user(Role.ADMINISTRATOR)


def decided(admin, *value, since=SINCE, **facts):
    facts = {"source": "Counsel's letter", "verified": True} | facts
    return decide(RECEIPT_KINDS, value=value, since=since, by=admin, **facts)


class TestDecide:
    def test_it_counts_from_its_day_on(self, admin):
        default = receipt_kinds(SINCE)
        decided(admin, "by_hand")
        assert receipt_kinds(date(2026, 11, 30)) == default
        assert receipt_kinds(SINCE) == ("by_hand",)

    def test_a_new_version_takes_the_place_and_the_old_one_stays(self, admin):
        decided(admin, "by_hand")
        decided(admin, "acknowledged", "by_hand")
        assert receipt_kinds(SINCE) == ("acknowledged", "by_hand")
        assert Policy.objects.count() == 2

    def test_a_version_is_never_changed(self, admin):
        version = decided(admin, "by_hand")
        for change in (lambda: Policy.objects.update(verified=False), version.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_only_an_administrator_decides(self, dana, marco):
        for by in (dana, marco):
            with pytest.raises(PermissionDenied):
                decided(by, "by_hand")


class TestPages:
    def test_every_open_point_stands_there_with_its_note_for_counsel(self, client, dana):
        client.force_login(dana)
        page = client.get("/settings/policies/").content.decode()
        assert all(point.label in page for point in POINTS.values())
        assert "Verify with counsel" in page and "Decide<" not in page

    def test_an_administrator_puts_a_version_on_record(self, client, admin, time_machine):
        time_machine.move_to(factories.MORNING)
        client.force_login(admin)
        since = {"since_month": "11", "since_day": "17", "since_year": "2026"}
        form = {"value": ["by_hand"], "source": "Counsel, letter of today", "verified": "on"} | since
        assert client.post("/settings/policies/receipt_kinds/", form).status_code == 302
        assert Policy.objects.get().value == ["by_hand"]
        assert "Counsel has confirmed it" in client.get("/settings/policies/").content.decode()

    def test_the_past_is_not_decided_anew(self, client, admin, time_machine):
        time_machine.move_to(factories.MORNING)
        client.force_login(admin)
        since = {"since_month": "11", "since_day": "16", "since_year": "2026"}
        page = client.post("/settings/policies/receipt_kinds/", {"value": ["by_hand"], "source": "X"} | since)
        assert "on or after November 17, 2026" in page.content.decode() and not Policy.objects.exists()

    def test_no_such_point(self, client, admin):
        client.force_login(admin)
        assert client.get("/settings/policies/something/").status_code == 404
