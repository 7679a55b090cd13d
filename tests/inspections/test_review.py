"""Reviews of the plan and of the proof, and the close-out."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from casefile.actions import Refused, act, refusals
from casefile.models import Document, Draft
from inspections import clocks
from inspections.actions import correction
from inspections.actions.correction import Verdict
from inspections.models import Decision, Evidence, Inspection
from inspections.stages import State
from tests import factories
from tests.factories import at
from tests.inspections import told
from tests.inspections.told import accept, form, fresh

NOW = at("2026-11-18 10:00")
FETCH = {"X-Requested-With": "fetch"}

pytestmark = pytest.mark.usefixtures("holidays")


@pytest.fixture
def office(client, dana, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client.force_login(dana)
    return client


def url(name: str, case: Inspection) -> str:
    return reverse(f"inspections:{name}", kwargs={"ref": case.file.ref})


def decide(*returned: int, of: int = 3, remark: str = "Say who checks it.") -> dict[str, str]:
    """Every part accepted but the returned ones."""
    typed = {f"v{n}-decision": "accepted" for n in range(1, of + 1)}
    return typed | {f"v{n}-decision": "returned" for n in returned} | {f"v{n}-remark": remark for n in returned}


class TestPlan:
    def test_finding_and_plan_stand_side_by_side(self, office, dana):
        page = office.get(url("plan_review", told.with_plan(dana))).content.decode()
        assert page.index("Seen 2.") < page.index("Fix 2.") < page.index("Finding 3")
        assert "Tuesday, December 1, 2026" in page and "Luz Sena" in page

    def test_accept_all_of_five_takes_three_clicks(self, office, dana):
        """Open, accept all, finish."""
        case = told.with_plan(dana, findings=5)
        page = office.get(url("plan_review", case))
        assert "Accept all 5" in page.content.decode()
        marked = office.post(url("plan_review", case), {"save": "accept_all"}, follow=True)
        assert [part.initial["decision"] for part in marked.context["form"].parts] == ["accepted"] * 5
        assert fresh(case).state == State.CAP_IN_REVIEW
        office.post(url("plan_review", case), form(marked, **decide(of=5)))
        case = fresh(case)
        assert case.state == State.CORRECTIONS_DUE
        assert [letter.letter for letter in case.file.notices.all()][0] == "inspections.cap_accepted"
        assert not Draft.objects.filter(file=case.file, name="cap_review").exists()

    def test_one_letter_says_what_is_missing_in_all_returned_parts(self, office, dana):
        case = told.with_plan(dana)
        page = office.get(url("plan_review", case))
        office.post(url("plan_review", case), form(page, **decide(2, 3)))
        case = fresh(case)
        assert case.state == State.CAP_DUE
        letter = case.file.notices.get(letter="inspections.cap_returned")
        assert letter.text.count("Say who checks it.") == 2
        assert case.running(clocks.CAP_RESEND_DUE) is not None

    def test_accepted_parts_stay_accepted_and_stand_aside_in_the_next_round(self, office, dana):
        case = told.with_plan(dana)
        correction.review_cap(case, accept([1, 3]) | {2: Verdict(Decision.RETURNED, "Who?")}, by=dana, at=NOW)
        told.send_plan(fresh(case), at=NOW + timedelta(minutes=1))
        page = office.get(url("plan_review", case))
        assert [part.violation.number for part in page.context["form"].parts] == [2]
        shown = page.content.decode()
        assert "Accepted before" in shown and "You asked:</b> Who?" in shown
        office.post(url("plan_review", case), form(page, **{"v2-decision": "accepted"}))
        assert fresh(case).state == State.CORRECTIONS_DUE

    def test_a_verdict_on_an_accepted_part_changes_nothing(self, dana):
        case = told.with_plan(dana)
        correction.review_cap(case, accept([1, 3]) | {2: Verdict(Decision.RETURNED, "Who?")}, by=dana, at=NOW)
        told.send_plan(fresh(case), at=NOW + timedelta(minutes=1))
        verdicts = {1: Verdict(Decision.RETURNED, "Changed my mind."), 2: Verdict(Decision.ACCEPTED)}
        assert correction.review_cap(case, verdicts, by=dana, at=NOW).state == State.CORRECTIONS_DUE
        assert case.violations.get(number=1).plan.decision == Decision.ACCEPTED

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            (decide() | {"v2-decision": ""}, "Violation 2: Accept it, or say what is missing."),
            (decide(2, remark=" "), "Violation 2: Say what is missing."),
            (decide() | {"v2-decision": "reinspect"}, "Violation 2: Select a valid choice."),
        ],
    )
    def test_what_is_open_is_said_and_every_word_stays(self, office, dana, typed, words):
        case = told.with_plan(dana)
        page = office.get(url("plan_review", case))
        typed = typed | {"v3-remark": "Words that must not be lost."}
        answer = office.post(url("plan_review", case), form(page, **typed)).content.decode()
        assert words in answer and "Words that must not be lost." in answer
        assert fresh(case).state == State.CAP_IN_REVIEW

    def test_a_half_review_is_kept_as_typed(self, office, dana):
        case = told.with_plan(dana)
        typed = {"v1-decision": "returned", "v1-remark": "half a wo"}
        assert office.post(url("plan_review", case) + "?save=1", typed, headers=FETCH).status_code == 204
        assert "half a wo" in office.get(url("plan_review", case)).content.decode()
        assert fresh(case).version == case.version

    def test_nul_signs_do_not_break_a_draft(self, office, dana):
        case = told.with_plan(dana)
        answer = office.post(url("plan_review", case) + "?save=1", {"v1-remark": "a\0b"}, headers=FETCH)
        assert answer.status_code == 204
        assert Draft.objects.get(file=case.file).typed == {"v1-remark": "ab"}

    def test_a_colleague_finished_first_shows_who_and_keeps_the_words(self, office, dana, marco):
        case = told.with_plan(dana)
        page = office.get(url("plan_review", case))
        correction.review_cap(case, accept([1, 2, 3]), by=marco, at=NOW)
        answer = office.post(
            url("plan_review", case), form(page, **decide(2, remark="Dana's remark.") | {"v1-remark": ""})
        )
        assert answer.status_code == 409
        shown = answer.content.decode()
        assert "by Marco Baca" in shown
        assert "Not possible while" in shown
        assert "Dana&#x27;s remark." in shown


class TestProof:
    def test_before_and_after_stand_side_by_side_as_viewing_copies(self, office, dana):
        case = told.in_corrections(dana)
        first = case.violations.get(number=1)
        before = told.evidence(first, dana, NOW, of="finding").document
        case = told.send_proof(case, [1], at=case.received_at + 3 * told.LATER)
        after = first.evidence.get(of="correction").document
        page = office.get(url("proof_review", case)).content.decode()
        assert page.index(f"/documents/{before.key}/?view=1") < page.index(f"/documents/{after.key}/?view=1")
        assert "Photo 1 of the finding in violation 1" in page and "Photo 1 of the fix in violation 1" in page
        assert "IMG_0001" not in page

    def test_a_pdf_stands_with_its_facts(self, office, dana):
        case = told.in_corrections(dana)
        owner = told.owner_of(case)
        sheet = Document.objects.create(
            file=case.file,
            name="log.pdf",
            media_type="application/pdf",
            size=88_000,
            sha256="0" * 64,
            received_at=NOW,
            by=owner,
        )
        Evidence.objects.create(violation=case.violations.get(number=1), of="correction", document=sheet)
        correction.send_evidence(case, {1: "See the log."}, by=owner, at=NOW)
        page = office.get(url("proof_review", case)).content.decode()
        assert "log.pdf" in page and "(PDF, 85.9\xa0KB)" in page and "See the log." in page

    def test_some_now_the_others_later(self, office, dana):
        case = told.with_proof(dana)
        page = office.get(url("proof_review", case))
        office.post(url("proof_review", case), form(page, **{"v1-decision": "accepted"}))
        case = fresh(case)
        assert case.state == State.CORRECTIONS_IN_REVIEW
        assert [v.number for v in case.violations.all() if v.verified_at] == [1]
        again = office.get(url("proof_review", case))
        assert [part.violation.number for part in again.context["form"].parts] == [2, 3]
        assert "1. Finding 1: Fixed" in again.content.decode()

    def test_one_sent_back_leaves_the_others_open_for_review(self, office, dana):
        case = told.with_proof(dana)
        page = office.get(url("proof_review", case))
        office.post(
            url("proof_review", case), form(page, **{"v1-decision": "returned", "v1-remark": "One more photo."})
        )
        case = fresh(case)
        assert case.state == State.CORRECTIONS_IN_REVIEW
        assert "One more photo." in case.file.notices.get(letter="inspections.proof_returned").text
        again = office.get(url("proof_review", case))
        assert [part.violation.number for part in again.context["form"].parts] == [2, 3]

    def test_deciding_the_rest_moves_no_date(self, dana):
        case = told.with_proof(dana)
        case = correction.review_evidence(case, {1: Verdict(Decision.RETURNED, "More.")}, by=dana, at=NOW)
        due = case.file.deadlines.running().get(clock="inspections.proof_resend_due").due_at
        case = correction.review_evidence(case, accept([2, 3]), by=dana, at=NOW + timedelta(days=3))
        assert case.state == State.CORRECTIONS_DUE
        assert case.file.deadlines.running().get(clock="inspections.proof_resend_due").due_at == due

    def test_a_re_inspection_plans_one_follow_up_that_the_licensee_does_not_see(
        self, client, office, dana, place, tomas
    ):
        case = told.with_proof(dana, premises=place)
        page = office.get(url("proof_review", case))
        typed = {"v1-decision": "reinspect", "v1-remark": "Count the plants.", "v2-decision": "accepted"}
        office.post(url("proof_review", case), form(page, **typed))
        follow_up = Inspection.objects.get(follows=case)
        assert (follow_up.kind, follow_up.state) == ("follow_up", State.PLANNED)
        assert list(Inspection.objects.visible_to(tomas)) == [case]
        assert "Count the plants" not in "".join(case.file.notices.values_list("text", flat=True))
        again = office.get(url("proof_review", case)).content.decode()
        assert "To be seen again" in again and "Count the plants." in again

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({}, "Decide at least one violation."),
            ({"v1-decision": "returned"}, "Violation 1: Say what is missing."),
            ({"v1-decision": "reinspect"}, "Violation 1: Say why we must see it again."),
        ],
    )
    def test_what_is_open_is_said(self, office, dana, typed, words):
        case = told.with_proof(dana)
        page = office.get(url("proof_review", case))
        assert words in office.post(url("proof_review", case), form(page, **typed)).content.decode()

    def test_proof_that_was_decided_is_not_decided_again(self, dana):
        case = told.with_proof(dana)
        correction.review_evidence(case, accept([1]), by=dana, at=NOW)
        with pytest.raises(Refused, match="already reviewed"):
            correction.review_evidence(case, {1: Verdict(Decision.RETURNED, "No.")}, by=dana, at=NOW)

    def test_a_plan_is_never_shown_as_a_fix(self, office, dana):
        case = told.with_proof(dana, numbers=[1])
        page = office.get(url("proof_review", case)).content.decode()
        assert "2. Finding 2: No proof yet" in page
        assert "2. Finding 2: Fixed" not in page


class TestCloseOut:
    def test_three_clicks_and_a_letter_with_each_proof(self, office, dana):
        """Open, read, send."""
        case = told.all_fixed(dana)
        page = office.get(url("close_out", case))
        shown = page.content.decode()
        assert shown.count("<b>Fixed</b>") == 3 and "The letter, attached as a PDF" in shown
        office.post(url("close_out", case), form(page))
        case = fresh(case)
        assert (case.state, case.outcome) == (State.CLOSED, "corrected")
        letter = case.file.notices.get(letter="inspections.close_out")
        assert all(f"Finding {n}" in letter.page for n in (1, 2, 3))
        assert not case.file.deadlines.running().exists()

    def test_says_what_is_missing_and_offers_no_button(self, office, dana):
        case = told.with_proof(dana)
        shown = office.get(url("close_out", case)).content.decode()
        assert "the proof of its correction is not verified" in shown and "Send close-out letter" not in shown

    def test_the_letter_shown_is_the_letter_sent(self, office, dana):
        case = told.all_fixed(dana)
        page = office.get(url("close_out", case))
        office.post(url("close_out", case), form(page))
        assert page.context["shown"].subject == case.file.notices.get(letter="inspections.close_out").subject


class TestClosed:
    STEPS = sorted({t.name for t in Inspection._meta.get_field("state").get_all_transitions(Inspection)})

    @pytest.fixture
    def closed(self, dana) -> Inspection:
        case = told.all_fixed(dana)
        return fresh(act(case, "close_out", by=dana, at=NOW))

    @pytest.mark.parametrize("step", STEPS)
    def test_every_step_is_refused(self, closed, step):
        assert refusals(closed, step) == ["Not possible while this case is: closed."]

    @pytest.mark.parametrize(
        "page",
        [
            "notice_draft",
            "notice_preview",
            "notice_send",
            "notice_stop",
            "notice_rescind",
            "receipt_record",
            "notice_redirect",
            "plan_review",
            "proof_review",
            "close_out",
            "refer",
            "outcome",
            "outcome_penalty",
            "outcome_suspension",
            "outcome_revocation",
            "outcome_return",
            "outcome_dismiss",
        ],
    )
    def test_every_page_says_so_and_acts_on_nothing(self, client, monkeypatch, marco, closed, page):
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
        client.force_login(marco)
        shown = client.get(url(page, closed))
        assert shown.status_code == 200
        refused = ("not possible now", "can not be sent yet")
        assert any(words in shown.content.decode() for words in refused)
        before = closed.file.events.count()
        client.post(
            url(page, closed), {"once": "x" * 16, "version": closed.version, "reason": "Words.", "confirm": "yes"}
        )
        assert closed.file.events.count() == before


PAGES = {"plan_review": told.with_plan, "proof_review": told.with_proof, "close_out": told.all_fixed}


class TestWhoMay:
    @pytest.mark.parametrize("page", PAGES)
    def test_the_assigned_officer_and_supervisors(self, client, dana, marco, tomas, place, page):
        case = PAGES[page](dana, premises=place)
        expected = {
            dana: 200,
            marco: 200,
            factories.user(Role.OFFICER): 403,
            factories.user(Role.AUDITOR): 403,
            tomas: 404,
        }
        for person, status in expected.items():
            client.force_login(person)
            assert client.get(url(page, case)).status_code == status, person


class TestQueries:
    @pytest.mark.parametrize("findings", [3, 30])
    @pytest.mark.parametrize("page", PAGES)
    def test_few_and_flat(self, office, dana, django_assert_max_num_queries, page, findings):
        facts = {"numbers": range(1, findings + 1)} if page == "proof_review" else {}
        case = PAGES[page](dana, findings=findings, **facts)
        for violation in case.violations.all():
            told.evidence(violation, dana, NOW, of="finding")
        office.get("/work/")
        with django_assert_max_num_queries(12):
            assert office.get(url(page, case)).status_code == 200


class TestSignedOut:
    def test_words_sent_after_the_session_ended_come_back_in_their_places(self, client, office, dana):
        case = told.with_plan(dana)
        page = office.get(url("plan_review", case))
        said = form(page, author=page.context["author"], **decide(2, remark="Words typed for an hour."))
        client.cookies.clear()
        answer = client.post(url("plan_review", case), said)
        assert answer.status_code == 302 and fresh(case).state == State.CAP_IN_REVIEW
        client.login(username=dana.email, password="correct horse battery")
        again = client.get(url("plan_review", case))
        assert "Words typed for an hour." in again.content.decode()
        assert again.context["form"].parts[1]["decision"].value() == "returned"
