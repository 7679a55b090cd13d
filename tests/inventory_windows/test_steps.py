"""Requests, first windows and corrections as machines: a table of states by steps, and what each step brings."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casefile.actions import Refused, Stale, refusals
from casefile.models import CaseFile, Delivery, Event, Notice
from inventory_windows import rules
from inventory_windows.actions import asking, corrections, openings, review
from inventory_windows.models import Correction, FirstWindow, WindowRequest
from inventory_windows.stages import CorrectionState, FirstState, RequestState
from tests import factories, invariants
from tests.factories import at
from tests.inventory_windows import told
from tests.inventory_windows.told import ASKED, HOUR, OPENS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]

MOVES = {  # states down, steps across: where each step leads
    "draft": {"submit_window_request": "requested", "withdraw_window_request": "withdrawn"},
    "requested": {
        "begin_review": "in_review", "ask_documents": "documents_asked", "approve_window": "approved",
        "refuse_window": "refused", "withdraw_window_request": "withdrawn", "reassign_window_request": None,
    },
    "documents_asked": {
        "send_documents": "in_review", "refuse_window": "refused", "withdraw_window_request": "withdrawn",
        "reassign_window_request": None,
    },
    "in_review": {
        "ask_documents": "documents_asked", "approve_window": "approved", "refuse_window": "refused",
        "withdraw_window_request": "withdrawn", "reassign_window_request": None,
    },
    "approved": {
        "reschedule_window": "approved", "refuse_window": "refused", "withdraw_window_request": "withdrawn",
        "confirm_opened": "open", "reassign_window_request": None,
    },
    "open": {"shut_window": "shut", "reassign_window_request": None},
    "shut": {"confirm_shut": None, "reassign_window_request": None},
    "refused": {},
    "withdrawn": {},
}  # fmt: skip
FIRST = {"ready": {"open_first_window": "open"}, "open": {"shut_first_window": "shut"}, "shut": {"confirm_shut": None}}
CORRECTIONS = {
    "draft": {"submit_correction": "requested", "withdraw_correction": "withdrawn"},
    "requested": {
        "ask_about_correction": "asked", "approve_correction": "approved", "refuse_correction": "refused",
        "withdraw_correction": "withdrawn", "reassign_correction": None,
    },
    "asked": {
        "answer_correction": "requested", "approve_correction": "approved", "refuse_correction": "refused",
        "withdraw_correction": "withdrawn", "reassign_correction": None,
    },
    "approved": {}, "refused": {}, "withdrawn": {},
}  # fmt: skip


@pytest.mark.parametrize(
    ("model", "table", "states"),
    [
        (WindowRequest, MOVES, RequestState),
        (FirstWindow, FIRST, FirstState),
        (Correction, CORRECTIONS, CorrectionState),
    ],
)
def test_the_machine_is_this_table(model, table, states):
    found: dict = {state: {} for state in states.values}
    for move in model._meta.get_field("state").get_all_transitions(model):
        found[move.source][move.name] = move.target
    assert found == table


def letters(case) -> list[str]:
    rows = Notice.objects.filter(file=case.file).order_by("pk")
    return [row.letter.removeprefix("inventory_windows.") for row in rows]


def clocks(case) -> dict[str, str]:
    """Every clock of a case with how it ended; a running one with nothing."""
    return {row.clock.removeprefix("inventory_windows."): row.end for row in case.file.deadlines.order_by("pk")}


class TestARequest:
    def test_is_sent_with_its_lines_and_gets_a_number(self):
        case = told.requested()
        assert (case.state, case.number) == ("requested", "W26-0001")
        assert [str(item) for item in case.items.all()] == ["40 seeds, Sandia Haze", "12 clones, Blue Piñon"]
        assert letters(case) == ["received"] and clocks(case) == {"review_goal": ""}
        assert not case.file.drafts.exists()

    def test_can_not_be_sent_twice(self):
        case = told.requested()
        with pytest.raises(Refused, match="Not possible while this case is: new"):
            asking.submit_window_request(case, told.asked(), company="X", by=told.owner_of(case.license), at=ASKED)
        assert case.items.count() == 2

    @pytest.mark.parametrize(
        ("kind", "words"), [("flower", "dried flower"), ("correction", "BioTrack support"), ("transfer", "manifest")]
    )
    def test_for_anything_else_is_refused_and_stays_a_draft(self, kind, words):
        case = told.drafted()
        asked = told.asked(items=(rules.Item(kind, "Haze", 1, "Mesa"),))
        with pytest.raises(Refused, match=words):
            asking.submit_window_request(case, asked, company="X", by=told.owner_of(case.license), at=ASKED)
        assert told.fresh(case).state == "draft" and not letters(case)

    def test_waits_for_the_one_before(self):
        case = told.requested()
        with pytest.raises(Refused, match="We have your request W26-0001"):
            told.drafted(case.license)

    def test_is_not_blocked_by_one_that_was_refused_or_taken_back(self, dana):
        refused = told.refused(dana)
        again = told.requested(refused.license, at=ASKED + 5 * HOUR)
        asking.withdraw_window_request(again, by=told.owner_of(again.license), at=ASKED + 6 * HOUR)
        assert told.requested(refused.license, at=ASKED + 7 * HOUR).number == "W26-0003"

    def test_is_blocked_by_an_opening_until_three_months_are_over(self, dana):
        shut = told.shut(dana)
        free = at("2027-02-19 09:00")
        told.drafted(shut.license, at=free)
        with pytest.raises(Refused, match="February 19, 2027, at 9:00 a.m."):
            told.requested(shut.license, at=free - timedelta(minutes=1))
        assert told.requested(shut.license, at=free).state == "requested"

    def test_of_somebody_else_is_forbidden(self, stranger):
        case = told.drafted()
        for act in (
            lambda: asking.submit_window_request(case, told.asked(), company="", by=stranger, at=ASKED),
            lambda: asking.begin_request(case.license, by=stranger, at=ASKED),
            lambda: asking.withdraw_window_request(case, by=stranger, at=ASKED),
        ):
            with pytest.raises(PermissionDenied):
                act()

    def test_names_the_licensees_in_its_sources(self):
        other = factories.license(licensee=factories.licensee(name="Enchanted Acre Farm"), number="CCD-2024-0777")
        items = [
            rules.Item("clone", "A", 1, "Clones from enchanted ACRE farm"), rules.Item("seed", "B", 1, "see ccd-2024-0777-001"),
            rules.Item("seed", "C", 1, "our own"),
        ]  # fmt: skip
        case = told.requested(items=items)
        assert [item.licensees for item in case.items.all()] == [[other.licensee.name]] * 2 + [[]]


class TestReview:
    def test_documents_are_asked_for_and_sent(self, dana):
        case = told.documents_asked(dana)
        assert case.officer == dana and clocks(case) == {"review_goal": "met"}
        assert "Send the invoice." in Notice.objects.get(letter="inventory_windows.documents_asked").text
        owner = told.owner_of(case.license)
        with pytest.raises(Refused, match="Add a photo or a paper"):
            asking.send_documents(case, " ", by=owner, at=ASKED + 4 * HOUR)
        case = asking.send_documents(case, "There is none.", by=owner, at=ASKED + 4 * HOUR)
        assert case.state == "in_review" and case.question.answer == "There is none."
        assert letters(case) == ["received", "documents_asked", "documents_received"]
        assert case.file.deadlines.running().get().clock == "inventory_windows.review_goal"

    def test_what_is_asked_for_is_said(self, dana):
        with pytest.raises(Refused, match="Say what you need"):
            review.ask_documents(told.requested(), " ", by=dana, at=ASKED)

    def test_is_approved_for_a_time_ahead(self, dana):
        case = told.in_review(dana)
        with pytest.raises(Refused, match="This time is over"):
            review.approve_window(case, ASKED, by=dana, at=ASKED + HOUR)
        case = review.approve_window(case, OPENS, by=dana, at=ASKED + HOUR)
        assert (case.state, case.opens_at, case.flags) == ("approved", OPENS, [])
        assert clocks(case) == {"review_goal": "met", "open_goal": ""}
        assert "Thursday, November 19, 2026, at about 9:00 a.m." in Notice.objects.latest("pk").text

    def test_may_get_another_time(self, dana):
        case = told.approved(dana)
        case = review.reschedule_window(case, OPENS + 24 * HOUR, by=dana, at=ASKED + 3 * HOUR)
        assert case.opens_at == OPENS + 24 * HOUR and letters(case)[-1] == "approved"
        assert case.file.deadlines.running().get().due_at == OPENS + 25 * HOUR

    def test_is_refused_with_a_reason_that_the_licensee_reads(self, dana):
        case = told.in_review(dana)
        with pytest.raises(Refused, match="The licensee will read it"):
            review.refuse_window(case, ground="papers", reason="", by=dana, at=ASKED)
        case = told.refused(dana)
        assert "The invoice is missing." in Notice.objects.latest("pk").text
        assert clocks(case) == {"review_goal": "cancelled"}

    def test_of_a_license_that_was_suspended_since_is_not_approved(self, dana):
        case = told.in_review(dana)
        type(case.license).objects.filter(pk=case.license_id).update(status="suspended")
        with pytest.raises(Refused, match="Only an active license"):
            review.approve_window(case, OPENS, by=dana, at=ASKED + HOUR)

    def test_is_told_when_somebody_was_faster(self, dana, marco):
        case = told.requested()
        review.begin_review(case, by=marco, at=ASKED)
        with pytest.raises(Stale):
            review.begin_review(case, by=dana, at=ASKED, version=case.version)

    def test_keeps_the_flags_as_they_were_seen(self, dana):
        case = told.approved(dana, items=(rules.Item("clone", "A", 2500, "Own"),))
        assert [flag["key"] for flag in case.flags] == ["above_authorized"]


class TestAnOpening:
    def test_runs_24_hours_from_the_confirmed_minute(self, dana):
        case = told.approved(dana)
        case = openings.confirm_opened(case, OPENS + timedelta(minutes=3, seconds=20), by=dana, at=OPENS + HOUR)
        opening = case.opening
        assert opening.opened_at == OPENS + timedelta(minutes=3)
        assert opening.closes_at - opening.opened_at == timedelta(seconds=86_400)
        assert opening.blocked_until == at("2027-02-19 09:03")
        row = case.file.deadlines.running().get()
        assert (row.clock, row.due_at) == ("inventory_windows.open_end", opening.closes_at)
        assert "until Friday, November 20, 2026, at 9:03 a.m." in " ".join(Notice.objects.latest("pk").text.split())

    @pytest.mark.parametrize(("opened", "words"), [(ASKED, "approved on"), (OPENS + 9 * HOUR, "in the future")])
    def test_is_confirmed_after_its_approval_and_not_ahead(self, dana, opened, words):
        case = told.approved(dana)
        with pytest.raises(Refused, match=words):
            openings.confirm_opened(case, opened, by=dana, at=OPENS)
        assert told.fresh(case).state == "approved"

    def test_ends_on_record_when_it_ended_and_asks_for_a_confirmation(self, dana):
        case = told.shut(dana)
        closes_at = case.opening.closes_at
        assert (case.state, case.opening.shut_at) == ("shut", closes_at)
        assert Event.objects.get(file=case.file, step="shut_window").at == closes_at
        assert letters(case)[-2:] == ["shut", "to_shut"] and clocks(case)["shut_goal"] == ""
        assert Notice.objects.get(letter="inventory_windows.to_shut").deliveries.get().email == dana.email
        case = openings.confirm_shut(case, closes_at + HOUR, by=dana, at=closes_at + HOUR)
        assert clocks(case)["shut_goal"] == "met" and told.fresh(case).opening.confirmed_by == dana
        with pytest.raises(Refused, match="already confirmed"):
            openings.confirm_shut(case, closes_at + HOUR, by=dana, at=closes_at + 2 * HOUR)

    def test_is_confirmed_late_and_says_so(self, dana):
        case = told.shut(dana)
        ended = case.opening.closes_at
        case = openings.confirm_shut(case, ended + HOUR, by=dana, at=ended + 3 * HOUR)
        assert clocks(case)["shut_goal"] == "late"

    def test_is_not_confirmed_as_shut_before_its_end(self, dana):
        case = told.opened(dana)
        with pytest.raises(Refused, match="was open until"):
            openings.confirm_shut(case, OPENS + HOUR, by=dana, at=OPENS + 2 * HOUR)

    def test_is_shut_first_where_the_clockwork_sleeps(self, dana):
        case = told.opened(dana)
        ended = case.opening.closes_at
        case = openings.confirm_shut(case, ended + HOUR, by=dana, at=ended + HOUR)
        steps = list(case.file.events.order_by("pk").values_list("step", flat=True))
        assert steps[-2:] == ["shut_window", "confirm_shut"] and told.fresh(case).state == "shut"


class TestTheFirstWindow:
    def test_opens_with_the_license_for_15_days(self):
        case = told.first()
        assert (case.state, case.number) == ("open", "W26-0001")
        assert case.opening.closes_at == ASKED + timedelta(days=15) == case.opening.blocked_until
        assert letters(case) == ["first_opened"] and clocks(case) == {"first_end": ""}

    def test_is_given_once_and_not_to_every_type(self):
        case = told.first()
        with pytest.raises(Refused, match="has had its first window"):
            told.first(case.license)
        with pytest.raises(Refused, match="gets no first window"):
            told.first(factories.license(type="retailer"))

    def test_comes_with_the_approval_of_a_license(self):
        kinds = ["producer", "producer_microbusiness", "vertically_integrated"]
        made = [factories.license(type=kind) for kind in kinds]
        for license in made:
            openings.license_approved(license=license, at=ASKED)
            openings.license_approved(license=license, at=ASKED)
        assert [license.firstwindows.count() for license in made] == [1, 1, 0]

    def test_of_a_holder_who_named_nobody_is_on_record_all_the_same(self):
        license = factories.license()
        license.licensee.contacts.all().delete()
        case = told.first(license)
        assert case.state == "open" and not Delivery.objects.exists()
        invariants.assert_kept()

    def test_comes_in_the_transaction_that_approves_it(self, dana):
        from licensing.actions.terms import approve_license
        from licensing.models import LicenseTerm

        license = factories.license(
            type="producer_microbusiness", status="applied", issued_on=None, expires_on=None, mature_plants=None
        )
        term = LicenseTerm.objects.create(file=CaseFile.objects.create(opened_at=ASKED), license=license)
        said = {"issued_on": ASKED.date(), "biotrack_account": "highmesa", "biotrack_email": "bt@example.test"}
        approve_license(term, by=dana, at=ASKED, **said)
        case = FirstWindow.objects.get(license=license)
        assert case.opening.opened_at == ASKED
        assert "Your BioTrack account: highmesa" in Notice.objects.get(letter="inventory_windows.first_opened").text

    def test_stands_in_the_way_of_another_while_it_is_open(self):
        case = told.first()
        told.drafted(case.license)
        with pytest.raises(Refused, match="A window is open until"):
            told.requested(case.license, at=ASKED + HOUR)
        assert told.requested(case.license, at=case.opening.closes_at).state == "requested"

    def test_is_counted_as_the_division_decides(self, marco):
        from casefile.models import Policy

        Policy.objects.create(
            name="first_window_days", since=ASKED.date(), value=["business_day"], source="X", by=marco
        )
        case = told.first(at=at("2026-11-20 10:00"))  # day 15 is Saturday, December 5
        assert case.opening.closes_at == at("2026-12-08 00:00")


class TestACorrection:
    def test_is_approved_with_a_number_for_biotrack(self, dana):
        case = told.correction()
        assert (case.state, case.number) == ("requested", "B26-0001")
        case = corrections.approve_correction(case, note="Only room B.", by=dana, at=ASKED + HOUR)
        letter = Notice.objects.latest("pk")
        assert "B26-0001" in letter.subject and "Only room B." in letter.text and "884213" in letter.page
        assert clocks(case) == {"correction_goal": "met"}

    def test_is_asked_about_and_answered(self, dana):
        case = corrections.ask_about_correction(told.correction(), "Which room?", by=dana, at=ASKED)
        case = corrections.answer_correction(case, "Room B.", by=told.owner_of(case.license), at=ASKED + HOUR)
        assert case.state == "requested" and case.question.answer == "Room B."
        case = corrections.refuse_correction(case, reason="BioTrack can do it alone.", by=dana, at=ASKED + 2 * HOUR)
        assert letters(case) == ["correction_received", "correction_asked", "correction_refused"]

    def test_is_asked_for_once_for_each_ticket(self):
        case = told.correction()
        with pytest.raises(Refused, match="already asked about this ticket"):
            told.correction(case.license)
        corrections.withdraw_correction(case, by=told.owner_of(case.license), at=ASKED)
        assert corrections.begin_correction(case.license, by=told.owner_of(case.license), at=ASKED).state == "draft"

    def test_says_what_is_missing(self):
        with pytest.raises(Refused, match="number of your BioTrack ticket"):
            told.correction(words=corrections.Words("", "a", "b"))


def test_a_step_from_the_wrong_state_says_so(dana):
    assert refusals(told.requested(), "confirm_opened") == ["Not possible while this case is: new."]
