"""The table of rights as it is asked: how far each reach goes, and who has none."""

import pytest

from accounts.models import Role, User
from accounts.permissions import ASSIGNED, allows, ever_allows, row
from tests import factories


class TestRow:
    def test_a_column_that_does_not_exist_is_a_mistake(self):
        with pytest.raises(ValueError, match="inspector"):
            row(inspector=ASSIGNED)


class TestAllows:
    def test_an_action_without_a_row_is_a_bug_and_says_so(self, dana):
        with pytest.raises(KeyError):
            allows(dana, "inspections.burn_papers")

    def test_an_officer_reaches_own_cases_a_supervisor_all(self, dana, marco):
        case, other = factories.planned(dana), factories.planned()
        step = "inspections.begin_visit"
        assert [allows(who, step, it) for who in (dana, marco) for it in (case, other)] == [True, False, True, True]

    def test_a_right_over_a_thing_wants_the_thing(self, dana, tomas):
        assert not allows(dana, "inspections.begin_visit")
        assert not allows(tomas, "inspections.submit_cap")

    def test_a_standing_reaches_as_far_as_its_column(self, place, tomas, stranger):
        viewer = factories.representative(place.licensee, "viewer")
        asked = [
            (who, right) for who in (tomas, viewer, stranger) for right in ("licensing.see", "licensing.change_people")
        ]
        assert [allows(who, right, place.licensee) for who, right in asked] == [True, True, True, False, False, False]

    def test_who_was_let_go_has_no_right_and_the_clockwork_keeps_its_own(self, dana):
        case = factories.planned(dana)
        dana.deactivate()
        assert not allows(dana, "inspections.see_work")
        assert allows(User.objects.clockwork(), "inspections.record_receipt", case)
        assert not allows(User.objects.clockwork(), "inspections.close_out", case)


class TestEverAllows:
    def test_it_is_for_menus(self, dana, tomas):
        assert ever_allows(dana, "inspections.begin_visit") and ever_allows(tomas, "inspections.submit_cap")
        assert not ever_allows(dana, "inspections.submit_cap") and not ever_allows(tomas, "inspections.see_work")

    def test_never_for_who_was_let_go(self, db):
        gone = factories.user(Role.SUPERVISOR)
        gone.deactivate()
        assert not ever_allows(gone, "inspections.see_work")
