"""Off the friendly path: the referral, and each outcome with its letter."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from casefile.actions import Refused
from inspections.actions import discipline, notice
from inspections.models import Inspection, Penalty
from inspections.stages import State
from licensing.models import License
from tests import factories
from tests.factories import at
from tests.inspections import told
from tests.inspections.told import form, fresh

NOW = at("2026-11-18 10:00")

pytestmark = pytest.mark.usefixtures("holidays")


@pytest.fixture
def clock(monkeypatch):
    def move(instant):
        monkeypatch.setattr("django.utils.timezone.now", lambda: instant)

    move(NOW)
    return move


@pytest.fixture
def desk(client, marco, clock):
    """A browser in which the supervisor is signed in."""
    client.force_login(marco)
    return client


@pytest.fixture
def case(dana, marco) -> Inspection:
    return fresh(told.referred(dana, marco))


def url(name: str, case: Inspection) -> str:
    return reverse(f"inspections:{name}", kwargs={"ref": case.file.ref})


def license_of(case: Inspection) -> License:
    return License.objects.get(premises=case.premises)


def day(name: str, month: int, number: int, year: int = 2026) -> dict[str, str]:
    return {f"{name}_month": str(month), f"{name}_day": str(number), f"{name}_year": str(year)}


REASON = {"reason": "The plan never came, and a second visit found the same."}
OUTCOMES = {
    "outcome_penalty": {"v1-count": "1", "v1-amount": "2,500", "v2-count": "1", "v2-amount": "", "v3-count": "1"}
    | REASON,
    "outcome_suspension": day("starts_on", 12, 1) | day("ends_on", 12, 31) | REASON,
    "outcome_revocation": REASON,
    "outcome_return": day("due_on", 12, 30) | REASON,
    "outcome_dismiss": REASON,
}
AFTER = {
    "outcome_penalty": (State.CLOSED, "penalty", "inspections.penalty", "active"),
    "outcome_suspension": (State.CLOSED, "suspension", "inspections.suspension", "suspended"),
    "outcome_revocation": (State.CLOSED, "revocation", "inspections.revocation", "revoked"),
    "outcome_return": (State.CORRECTIONS_DUE, "", "inspections.returned_to_corrections", "active"),
    "outcome_dismiss": (State.CLOSED, "dismissed", "inspections.dismissal", "active"),
}


def check(desk, case, name, **changed):
    """Fill in an outcome and come to its check page."""
    page = desk.get(url(name, case))
    return desk.post(url(name, case), form(page, **(OUTCOMES[name] | changed)))


def confirm(desk, case, name, checked, **changed):
    said = dict(checked.context["said"])
    return desk.post(url(name, case), form(checked, **(said | {"confirm": "yes"} | changed)))


class TestRefer:
    def test_says_what_ran_out_and_asks_why(self, desk, dana, marco, clock):
        case = told.received(dana)
        clock(at("2026-12-20 10:00"))
        desk.force_login(marco)
        page = desk.get(url("refer", case))
        shown = page.content.decode()
        assert "A clock has run out" in shown and "Corrective action plan, was due Tuesday, November 24" in shown
        assert "Say why." in desk.post(url("refer", case), form(page)).content.decode()
        desk.post(url("refer", case), form(page, reason="No plan came."))
        case = fresh(case)
        assert case.state == State.DISCIPLINE
        assert not case.file.deadlines.running().exists()
        assert case.file.events.first().reason == "No plan came."
        assert case.file.notices.first().letter == "inspections.referral"

    def test_not_while_the_notice_is_held(self, desk, dana, marco):
        case = told.served(dana, when=NOW)
        assert "still held" in desk.get(url("refer", case)).content.decode()
        with pytest.raises(Refused, match="still held"):
            discipline.refer_for_discipline(case, reason="Now.", by=marco, at=NOW + timedelta(minutes=4))

    def test_not_after_two_years(self, dana, marco):
        case = told.received(dana)
        with pytest.raises(Refused, match="two years after discovery"):
            discipline.refer_for_discipline(case, reason="Late.", by=marco, at=at("2028-11-18 09:00"))

    @pytest.mark.parametrize("tell", [told.received, told.with_plan, told.in_corrections, told.with_proof])
    def test_from_every_state_after_the_notice(self, dana, marco, tell):
        case = discipline.refer_for_discipline(tell(dana), reason="Grave.", by=marco, at=NOW)
        assert case.state == State.DISCIPLINE

    def test_officers_can_not_refer(self, client, dana, clock):
        client.force_login(dana)
        assert client.get(url("refer", told.received(dana))).status_code == 403


class TestChoose:
    def test_offers_the_five_ways(self, desk, case):
        page = desk.get(url("outcome", case)).content.decode()
        assert all(url(name, case) in page for name in OUTCOMES)


class TestOutcomes:
    @pytest.mark.parametrize("name", OUTCOMES)
    def test_the_check_page_shows_the_letter_and_does_nothing(self, desk, case, name):
        checked = check(desk, case, name)
        assert checked.status_code == 200
        assert "The email" in checked.content.decode() and REASON["reason"] in checked.content.decode()
        assert fresh(case).version == case.version
        assert case.file.notices.count() == 2 and license_of(case).status == "active"
        assert not Penalty.objects.exists()

    @pytest.mark.parametrize("name", OUTCOMES)
    def test_what_was_checked_is_what_happens(self, desk, case, name):
        state, outcome, letter, license = AFTER[name]
        checked = check(desk, case, name)
        done = confirm(desk, case, name, checked)
        assert done.url == url("case", case)
        case = fresh(case)
        assert (case.state, case.outcome) == (state, outcome)
        assert license_of(case).status == license
        sent = case.file.notices.get(letter=letter)
        assert sent.subject == checked.context["shown"].subject
        line = case.file.events.first()
        assert line.reason == REASON["reason"] and line.by.name == "Marco Baca"

    @pytest.mark.parametrize("name", OUTCOMES)
    def test_change_brings_every_word_back(self, desk, case, name):
        checked = check(desk, case, name)
        said = dict(checked.context["said"])
        again = desk.post(url(name, case), form(checked, **said, change="yes")).content.decode()
        assert REASON["reason"] in again and "Check the letter" in again

    @pytest.mark.parametrize("name", OUTCOMES)
    def test_without_a_reason_nothing_is_checked(self, desk, case, name):
        answer = check(desk, case, name, reason=" ")
        assert "Say why" in answer.content.decode() and fresh(case).version == case.version

    @pytest.mark.parametrize("name", OUTCOMES)
    def test_officers_and_licensees_do_not_decide(self, client, dana, marco, tomas, place, clock, name):
        case = told.referred(dana, marco, premises=place)
        for person, status in {dana: 403, factories.user(Role.AUDITOR): 403, tomas: 404}.items():
            client.force_login(person)
            assert client.get(url(name, case)).status_code == status

    def test_a_colleague_decided_first_keeps_the_words(self, desk, case, marco):
        checked = check(desk, case, "outcome_revocation")
        discipline.dismiss_case(case, reason="Mistake.", by=marco, at=NOW)
        answer = confirm(desk, case, "outcome_revocation", checked)
        assert answer.status_code == 409
        assert REASON["reason"] in answer.content.decode() and "Case dismissed" in answer.content.decode()
        assert license_of(case).status == "active"

    def test_the_same_confirmation_twice_acts_once(self, desk, case):
        checked = check(desk, case, "outcome_penalty")
        first, second = (confirm(desk, case, "outcome_penalty", checked) for _ in range(2))
        assert first.url == second.url
        assert Penalty.objects.count() == 1


class TestPenalty:
    def test_shows_the_calculation_before_it_is_sent(self, desk, dana, marco):
        case = fresh(told.referred(dana, marco))
        case.violations.filter(number=1).update(count=118)
        typed = {"v1-count": "118", "v1-amount": "$100", "v2-amount": "10000"}
        shown = check(desk, case, "outcome_penalty", **typed).content.decode()
        assert "Violation 1: 118 × $100 = $11,800" in shown
        assert "Violation 2: 1 × $10,000 = $10,000" in shown
        assert "Total: $21,800" in shown and "current school fund" in shown

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"v1-amount": "10001"}, "Violation 1: The amount is at most $10,000"),
            ({"v1-amount": "0"}, "Violation 1: The amount must be more than $0."),
            ({"v1-count": "2"}, "Violation 1: The visit counted 1, so the penalty cannot count 2."),
            ({"v1-count": "0"}, "Violation 1: The count must be 1 or more."),
            ({"v1-amount": "many"}, "Violation 1: Enter the amount in whole dollars"),
            ({"v1-amount": "-5"}, "Violation 1: Enter the amount in whole dollars"),
            ({"v1-amount": ""}, "Enter an amount for at least one violation."),
        ],
    )
    def test_stays_within_the_law_and_keeps_the_words(self, desk, case, typed, words):
        answer = check(desk, case, "outcome_penalty", **typed).content.decode()
        assert words in answer and REASON["reason"] in answer
        assert not Penalty.objects.exists()

    def test_the_action_itself_holds_the_limits(self, case, marco):
        for penalties in ({1: (2, 100)}, {1: (1, 10_001)}, {9: (1, 100)}, {}):
            with pytest.raises(Refused):
                discipline.impose_penalty(case, penalties, reason="Because.", by=marco, at=NOW)
        with pytest.raises(Refused, match="Say why"):
            discipline.impose_penalty(case, {1: (1, 100)}, reason=" ", by=marco, at=NOW)
        assert not Penalty.objects.exists()

    def test_the_letter_counts_the_same(self, desk, case):
        confirm(desk, case, "outcome_penalty", check(desk, case, "outcome_penalty"))
        letter = case.file.notices.get(letter="inspections.penalty")
        assert "$2,500" in letter.text


class TestSuspension:
    def test_ends_on_or_after_its_first_day(self, desk, case):
        answer = check(desk, case, "outcome_suspension", **day("ends_on", 11, 30)).content.decode()
        assert "The last day must be on or after the first day." in answer

    def test_the_letter_names_both_days(self, desk, case):
        confirm(desk, case, "outcome_suspension", check(desk, case, "outcome_suspension"))
        text = case.file.notices.get(letter="inspections.suspension").text
        assert "December 1, 2026" in text and "December 31, 2026" in text


class TestReturn:
    def test_the_licensee_can_send_proof_until_that_day(self, desk, case):
        confirm(desk, case, "outcome_return", check(desk, case, "outcome_return"))
        assert str(case.file.deadlines.running().get().due_on) == "2026-12-30"
        assert told.send_proof(fresh(case), [1, 2, 3], at=NOW).state == State.CORRECTIONS_IN_REVIEW

    def test_not_on_a_day_that_has_passed(self, desk, case):
        answer = check(desk, case, "outcome_return", **day("due_on", 11, 18)).content.decode()
        assert "must be after today" in answer and REASON["reason"] in answer

    def test_proof_that_waits_goes_back_to_review(self, dana, marco):
        case = told.with_proof(dana)
        case = discipline.refer_for_discipline(case, reason="Grave.", by=marco, at=NOW)
        later = at("2027-01-20 09:00").date()
        case = discipline.return_to_corrections(case, due_on=later, reason="Proof is here.", by=marco, at=NOW)
        assert case.state == State.CORRECTIONS_IN_REVIEW


class TestGrave:
    def test_a_notice_without_a_plan_can_be_received_and_decided(self, desk, dana, marco):
        case = notice.serve_nolv(
            factories.with_findings(dana), by=marco, at=told.SERVED, skip_plan=True, reason="Diversion."
        )
        noon = at("2026-11-17 14:00")
        notice.record_receipt(case, kind="by_hand", received_at=noon, proof="Taken.", by=dana, at=noon)
        assert not fresh(case).file.deadlines.running().exists()
        confirm(desk, case, "outcome_revocation", check(desk, fresh(case), "outcome_revocation"))
        assert license_of(case).status == "revoked"


class TestQueries:
    @pytest.mark.parametrize("page", ["refer", "outcome", *OUTCOMES])
    @pytest.mark.parametrize("findings", [3, 30])
    def test_few_and_flat(self, desk, dana, marco, django_assert_max_num_queries, page, findings):
        tell = told.received if page == "refer" else lambda officer, **facts: told.referred(officer, marco, **facts)
        case = tell(dana, findings=findings)
        desk.get("/work/")
        with django_assert_max_num_queries(12):
            assert desk.get(url(page, case)).status_code == 200
