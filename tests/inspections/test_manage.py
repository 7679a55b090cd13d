"""What is decided about a case as a whole: each act once, by those who may, with no word lost."""

import pytest
from django.urls import reverse

from accounts.models import Role
from casefile.models import Notice
from inspections.actions import discipline
from inspections.clocks import CAP_DUE, CORRECTIONS_DUE
from inspections.stages import State
from tests import factories
from tests.factories import at
from tests.inspections import states

NOW = at("2026-11-19 10:00")

pytestmark = pytest.mark.usefixtures("holidays")


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def team(client, marco):
    client.force_login(marco)
    return client


def page(name, case):
    return reverse(f"inspections:{name}", kwargs={"ref": case.file.ref})


def post(client, address, **typed):
    shown = client.get(address).context
    return client.post(address, {"once": shown["once"], "version": shown["version"], **typed})


def day(text):
    year, month, day = text.split("-")
    return {"due_on_month": month, "due_on_day": day, "due_on_year": year}


def errors_of(response):
    return " ".join(error for errors in response.context["form"].errors.values() for error in errors)


class TestReassign:
    def test_gives_the_case_to_another_officer(self, team, dana):
        luis = factories.user(name="Luis Maestas")
        case = states.waiting_for_plan(dana)
        answer = post(team, page("case_reassign", case), officer=luis.pk, reason="Dana is on leave.")
        assert states.fresh(case).officer == luis
        assert "Luis Maestas has the case now." in team.get(answer.url).content.decode()
        assert case.file.events.first().reason == "Dana is on leave."

    def test_says_how_much_each_one_has(self, team, dana):
        luis = factories.user(name="Luis Maestas")
        for _ in range(3):
            factories.planned(luis)
        case = factories.planned(dana)
        words = team.get(page("case_reassign", case)).content.decode()
        assert "Luis Maestas, 3 open" in words
        assert "Dana Ortiz, " not in words

    def test_an_officer_asks_a_supervisor(self, client, dana):
        client.force_login(dana)
        assert client.get(page("case_reassign", factories.planned(dana))).status_code == 403

    def test_who_has_gone_can_not_take_it(self, team, dana):
        gone = factories.user(name="Gone", is_active=False)
        case = factories.planned(dana)
        post(team, page("case_reassign", case), officer=gone.pk)
        assert states.fresh(case).officer == dana


class TestExtend:
    def test_moves_the_running_clock_and_tells_the_licensee(self, team, dana):
        case = states.waiting_for_plan(dana)
        post(team, page("case_extend", case), clock=CAP_DUE.key, reason="A flood.", **day("2026-12-01"))
        row = states.fresh(case).running(CAP_DUE)
        assert (str(row.due_on), row.reason) == ("2026-12-01", "A flood.")
        assert Notice.objects.filter(file=case.file, letter="inspections.date_moved").count() == 1

    def test_shows_which_clocks_run(self, team, dana):
        words = team.get(page("case_extend", states.waiting_for_plan(dana))).content.decode()
        assert "Corrective action plan, due Tuesday, November 24, 2026" in words
        assert "Proof that all violations are fixed, due Thursday, December 17, 2026" in words

    @pytest.mark.parametrize(
        ("on", "reason", "wrong"),
        [
            ("2026-11-24", "A flood.", "The new day must be later than Tuesday, November 24, 2026."),
            ("2026-11-20", "A flood.", "The new day must be later"),
            ("2026-12-01", "", "Say why the deadline is extended."),
            ("2026-12-41", "A flood.", "Enter a day from 1 to 31."),
        ],
    )
    def test_never_earlier_and_never_without_a_reason(self, team, dana, on, reason, wrong):
        case = states.waiting_for_plan(dana)
        answer = post(team, page("case_extend", case), clock=CAP_DUE.key, reason=reason, **day(on))
        assert wrong in errors_of(answer)
        assert str(states.fresh(case).running(CAP_DUE).due_on) == "2026-11-24"

    def test_says_so_when_no_clock_runs(self, team, dana):
        words = team.get(page("case_extend", states.served(dana))).content.decode()
        assert "No clock of the licensee runs now." in words

    def test_of_a_case_that_moved_keeps_the_words(self, team, dana, marco):
        case = states.waiting_for_plan(dana)
        address = page("case_extend", case)
        shown = team.get(address).context
        discipline.reassign_case(case, officer=factories.user(), reason="", by=marco, at=NOW)
        typed = {"clock": CORRECTIONS_DUE.key, "reason": "A long story.", **day("2026-12-24")}
        answer = team.post(address, {"once": shown["once"], "version": shown["version"], **typed})
        words = answer.content.decode()
        assert answer.status_code == 409
        assert "Reassigned, by Marco Baca" in words and "A long story." in words
        assert str(states.fresh(case).running(CORRECTIONS_DUE).due_on) == "2026-12-17"


class TestCancel:
    def test_ends_an_inspection_with_its_reason(self, client, dana):
        client.force_login(dana)
        case = factories.planned(dana)
        post(client, page("case_cancel", case), reason="The shop has closed.")
        assert states.fresh(case).state == State.CANCELLED
        assert case.file.events.first().reason == "The shop has closed."

    def test_wants_a_reason(self, client, dana):
        client.force_login(dana)
        case = factories.planned(dana)
        assert "Say why the inspection is cancelled." in errors_of(post(client, page("case_cancel", case)))

    def test_is_not_possible_once_the_notice_is_out(self, team, dana):
        case = states.served(dana)
        assert (
            "Not possible while this case is: waiting for plan." in team.get(page("case_cancel", case)).content.decode()
        )
        team.post(page("case_cancel", case), {"once": "k", "reason": "x"})
        assert states.fresh(case).state == State.CAP_DUE


class TestNote:
    def test_twice_the_same_form_is_one_note(self, team, dana):
        case = factories.planned(dana)
        for _ in range(3):
            team.post(page("case_notes", case), {"once": "same", "text": "Called."})
        assert case.file.events.filter(step="add_note").count() == 1

    def test_the_same_key_with_other_words_is_refused(self, team, dana):
        case = factories.planned(dana)
        team.post(page("case_notes", case), {"once": "same", "text": "Called."})
        answer = team.post(page("case_notes", case), {"once": "same", "text": "Called again."})
        assert "already sent with other answers" in errors_of(answer)
        assert "Called again." in answer.content.decode()

    def test_an_empty_one_is_none(self, team, dana):
        case = factories.planned(dana)
        assert "Write the note first." in errors_of(post(team, page("case_notes", case), text="  "))

    @pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 403), (Role.ADMINISTRATOR, 403), (Role.OFFICER, 302)])
    def test_is_written_by_officers_and_supervisors(self, client, dana, role, status):
        client.force_login(factories.user(role))
        case = factories.planned(dana)
        assert client.post(page("case_notes", case), {"once": "k", "text": "x"}).status_code == status
