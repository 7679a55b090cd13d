"""The notice: its draft, its preview, its sending, its receipt."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role, User
from casefile.actions import Refused
from casefile.models import Delivery, Draft, Notice
from casefile.views.shown import as_shown
from inspections.actions import notice
from inspections.forms.notice import read_clock
from inspections.models import Inspection, Receipt, Way
from inspections.stages import State
from tests import factories
from tests.factories import at
from tests.inspections import told
from tests.inspections.told import form, fresh

NOW = at("2026-11-18 10:00")
FETCH = {"X-Requested-With": "fetch"}

pytestmark = pytest.mark.usefixtures("holidays")


@pytest.fixture
def clock(monkeypatch):
    """Stops the clock of the views; `clock(instant)` moves it."""

    def move(instant):
        monkeypatch.setattr("django.utils.timezone.now", lambda: instant)

    move(NOW)
    return move


@pytest.fixture
def office(client, dana, clock):
    client.force_login(dana)
    return client


def url(name: str, case: Inspection) -> str:
    return reverse(f"inspections:{name}", kwargs={"ref": case.file.ref})


def words(case: Inspection, **changed: str) -> dict[str, str]:
    """Every field of the draft as it stands."""
    typed = {}
    for violation in case.violations.all():
        typed[f"v{violation.number}-words"] = violation.notice_words
        typed[f"v{violation.number}-proof_wanted"] = violation.proof_wanted
    return typed | changed


class TestDraft:
    def test_lists_the_findings_in_order_with_words_and_people(self, office, dana):
        case = factories.with_findings(dana)
        page = office.get(url("notice_draft", case)).content.decode()
        places = [page.index(f"{n}. Finding {n}") for n in (1, 2, 3)]
        assert places == sorted(places)
        assert "Seen 2." in page and "What would count as proof" in page
        assert case.licensee.contacts.get().email in page

    def test_keeps_the_words_and_leads_to_the_preview(self, office, dana):
        case = factories.with_findings(dana)
        page = office.get(url("notice_draft", case))
        typed = words(case, **{"v2-words": "12 of 20 jars.", "v2-proof_wanted": "One photo of a label."})
        answer = office.post(url("notice_draft", case), form(page, **typed))
        assert answer.url == url("notice_preview", case)
        second = case.violations.get(number=2)
        assert (second.words, second.proof_wanted) == ("12 of 20 jars.", "One photo of a label.")
        assert case.file.events.filter(step="draft_nolv").get().facts == {"violations": [2]}

    def test_unchanged_words_write_no_line_and_raise_no_version(self, office, dana):
        case = factories.with_findings(dana)
        page = office.get(url("notice_draft", case))
        office.post(url("notice_draft", case), form(page, **words(case)))
        assert fresh(case).version == case.version
        assert not case.file.events.filter(step="draft_nolv").exists()

    def test_saves_by_script_as_it_was_typed_and_shows_it_again(self, office, dana):
        case = factories.with_findings(dana)
        typed = words(case, **{"v1-words": "  half a sen", "v3-words": ""})
        answer = office.post(url("notice_draft", case) + "?save=1", typed, headers=FETCH)
        assert answer.status_code == 204
        assert Draft.objects.get(file=case.file, name="nolv").typed["v1-words"] == "  half a sen"
        page = office.get(url("notice_draft", case))
        assert "half a sen" in page.content.decode()
        assert case.violations.get(number=1).words == ""

    def test_saves_by_button_without_javascript(self, office, dana):
        case = factories.with_findings(dana)
        answer = office.post(url("notice_draft", case), words(case) | {"save": "draft"}, follow=True)
        assert "Nothing was sent" in answer.content.decode()
        assert Draft.objects.filter(file=case.file, name="nolv").exists()

    def test_sent_words_drop_the_draft(self, office, dana):
        case = factories.with_findings(dana)
        office.post(url("notice_draft", case) + "?save=1", words(case), headers=FETCH)
        page = office.get(url("notice_draft", case))
        office.post(url("notice_draft", case), form(page, **words(case, **{"v1-words": "New."})))
        assert not Draft.objects.filter(file=case.file, name="nolv").exists()

    def test_an_empty_text_is_an_error_that_names_the_violation_and_keeps_the_rest(self, office, dana):
        case = factories.with_findings(dana)
        page = office.get(url("notice_draft", case))
        typed = words(case, **{"v2-words": " ", "v1-words": "Kept words."})
        answer = office.post(url("notice_draft", case), form(page, **typed)).content.decode()
        assert "Violation 2: Say what we found." in answer
        assert "Kept words." in answer and "<title>Error:" in answer

    def test_a_colleague_was_faster_keeps_the_words_and_says_who(self, office, dana, marco):
        case = factories.with_findings(dana)
        page = office.get(url("notice_draft", case))
        notice.draft_nolv(case, {1: "Marco's words."}, {}, by=marco, at=NOW)
        answer = office.post(url("notice_draft", case), form(page, **words(case, **{"v1-words": "Dana's words."})))
        assert answer.status_code == 409
        shown = answer.content.decode()
        assert "Dana&#x27;s words." in shown and "by Marco Baca" in shown
        assert case.violations.get(number=1).words == "Marco's words."

    def test_after_sending_nothing_is_saved_and_the_words_stay(self, office, dana):
        case = told.served(dana, when=NOW)
        typed = words(case, **{"v1-words": "Too late."})
        assert office.post(url("notice_draft", case) + "?save=1", typed, headers=FETCH).status_code == 409
        page = office.get(url("notice_draft", case))
        assert "no longer a draft" in page.content.decode()
        answer = office.post(url("notice_draft", case), form(page, **typed)).content.decode()
        assert "Too late." in answer and "no longer a draft" in answer

    def test_offers_the_findings_to_be_opened_again(self, office, dana):
        case = factories.with_findings(dana)
        assert url("inspection_reopen", case) in office.get(url("notice_draft", case)).content.decode()


class TestPreview:
    def test_shows_mail_letter_dates_and_people(self, office, dana):
        case = factories.with_findings(dana)
        page = office.get(url("notice_preview", case)).content.decode()
        assert "The email" in page and "The letter, attached as a PDF" in page
        assert "Wednesday, November 25, 2026" in page  # Presidents' Day is the Friday after Thanksgiving: later
        assert "Day 1 is Thursday, November 19" in page
        assert case.licensee.contacts.get().email in page

    def test_equals_what_is_sent(self, office, dana):
        case = factories.with_findings(dana)
        shown = office.get(url("notice_preview", case)).context["shown"]
        sent = notice.serve_nolv(case, by=dana, at=NOW).last_nolv()
        assert sent is not None
        assert shown.subject == sent.subject
        assert (shown.mail, shown.page) == (as_shown(sent).mail, as_shown(sent).page)

    def test_keeps_nothing(self, office, dana):
        case = factories.with_findings(dana)
        office.get(url("notice_preview", case))
        assert not Notice.objects.filter(file=case.file).exists()
        assert fresh(case).nolv_served_at is None

    def test_warns_of_typed_words_that_are_not_in_it(self, office, dana):
        case = factories.with_findings(dana)
        office.post(url("notice_draft", case) + "?save=1", words(case), headers=FETCH)
        assert "not in this letter yet" in office.get(url("notice_preview", case)).content.decode()

    def test_without_a_recipient_it_can_not_be_sent(self, office, dana):
        case = factories.with_findings(dana)
        case.licensee.contacts.update(receives_notices=False)
        page = office.get(url("notice_preview", case)).content.decode()
        assert "Nobody can receive the notice" in page
        assert url("notice_send", case) not in page

    def test_one_main_heading_and_no_level_skipped(self, office, dana):
        case = factories.with_findings(dana)
        page = office.get(url("notice_preview", case)).content.decode()
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


class TestSend:
    def test_four_clicks_from_the_finished_visit(self, office, dana):
        """Draft, preview, send, confirm."""
        case = factories.with_findings(dana)
        draft = office.get(url("notice_draft", case))
        preview = office.post(url("notice_draft", case), form(draft, **words(case)), follow=True)
        assert url("notice_send", case) in preview.content.decode()
        confirm = office.get(url("notice_send", case))
        assert "You can stop it for 5 minutes. After that it can not be undone." in confirm.content.decode()
        assert "the plan will be due on Wednesday, November 25, 2026" in confirm.content.decode()
        done = office.post(url("notice_send", case), form(confirm), follow=True)
        assert fresh(case).state == State.CAP_DUE
        assert "You can stop it until 10:05 a.m." in done.content.decode()
        assert case.file.notices.get().deliveries.get().state == Delivery.State.HELD

    def test_the_same_form_twice_sends_once(self, office, dana):
        case = factories.with_findings(dana)
        sent = form(office.get(url("notice_send", case)))
        first, second = (office.post(url("notice_send", case), sent) for _ in range(2))
        assert first.url == second.url
        assert case.file.notices.count() == 1

    def test_a_grave_case_skips_the_plan_with_a_reason(self, client, dana, marco, clock):
        client.force_login(marco)
        case = factories.with_findings(dana)
        assert "without_plan=1" in client.get(url("notice_preview", case)).content.decode()
        address = url("notice_send", case) + "?without_plan=1"
        page = client.get(address)
        refused = client.post(address, form(page, without_plan="1"))
        assert "Say why." in refused.content.decode()
        client.post(address, form(page, without_plan="1", reason="Diversion to minors."))
        assert fresh(case).state == State.DISCIPLINE
        assert case.file.events.first().reason == "Diversion to minors."

    def test_an_officer_can_not_skip_the_plan(self, office, dana):
        case = factories.with_findings(dana)
        assert "without_plan=1" not in office.get(url("notice_preview", case)).content.decode()
        address = url("notice_send", case)
        page = office.get(address)
        assert office.get(address + "?without_plan=1").status_code == 403
        assert office.post(address, form(page, without_plan="1", reason="Grave.")).status_code == 403
        assert fresh(case).state == State.FINDINGS_RECORDED


class TestStop:
    def test_within_five_minutes_the_draft_is_open_again(self, office, dana, clock):
        case = told.served(dana, when=NOW)
        clock(NOW + timedelta(minutes=4, seconds=59))
        page = office.get(url("notice_stop", case))
        office.post(url("notice_stop", case), form(page))
        case = fresh(case)
        assert (case.state, case.nolv_served_at) == (State.FINDINGS_RECORDED, None)
        assert case.file.notices.get().deliveries.get().state == Delivery.State.STOPPED

    def test_after_five_minutes_no_more(self, office, dana, clock):
        case = told.served(dana, when=NOW)
        page = office.get(url("notice_stop", case))
        clock(NOW + timedelta(minutes=5))
        assert "has left" in office.post(url("notice_stop", case), form(page)).content.decode()
        assert fresh(case).state == State.CAP_DUE

    def test_not_once_the_licensee_has_it(self, dana):
        case = told.served(dana, when=NOW)
        soon = NOW + timedelta(minutes=1)
        notice.record_receipt(case, kind=Way.BY_HAND, received_at=soon, proof="Taken.", by=dana, at=soon)
        with pytest.raises(Refused, match="already has the notice"):
            notice.stop_nolv(case, by=dana, at=soon)

    def test_stopped_and_sent_again_makes_a_second_letter(self, dana):
        case = told.served(dana, when=NOW)
        notice.stop_nolv(case, by=dana, at=NOW)
        notice.serve_nolv(case, by=dana, at=NOW + timedelta(minutes=2))
        states = [row.state for row in Delivery.objects.filter(notice__file=case.file).order_by("pk")]
        assert states == [Delivery.State.STOPPED, Delivery.State.HELD]


class TestRescind:
    def test_needs_a_reason_and_tells_the_licensee(self, client, dana, marco, clock):
        client.force_login(marco)
        case = told.received(dana)
        page = client.get(url("notice_rescind", case))
        assert "Say why." in client.post(url("notice_rescind", case), form(page)).content.decode()
        client.post(url("notice_rescind", case), form(page, reason="It named the wrong premises."))
        case = fresh(case)
        assert case.state == State.FINDINGS_RECORDED
        assert not case.file.deadlines.running().filter(clock="inspections.cap_due").exists()
        letter = case.file.notices.get(letter="inspections.rescinded")
        assert "wrong premises" in letter.text

    def test_not_while_it_is_held(self, dana, marco):
        case = told.served(dana, when=NOW)
        with pytest.raises(Refused, match="Stop it instead"):
            notice.rescind_nolv(case, reason="Wrong.", by=marco, at=NOW + timedelta(minutes=4))


def receipt(**changed: str) -> dict[str, str]:
    typed = {
        "kind": Way.BY_HAND.value, "day_month": "11", "day_day": "17", "day_year": "2026", "clock": "2:30 p.m.",
        "proof": "Tomás Lucero took it.",
    }  # fmt: skip
    return typed | changed


class TestReceipt:
    @pytest.fixture(autouse=True)
    def later(self, clock):
        clock(at("2026-11-19 10:00"))

    def test_starts_both_clocks_from_local_day_and_time(self, office, dana):
        case = told.served(dana)
        page = office.get(url("receipt_record", case))
        office.post(url("receipt_record", case), form(page, **receipt()))
        case = fresh(case)
        assert case.received_at == at("2026-11-17 14:30")
        due = {row.clock: str(row.due_on) for row in case.file.deadlines.running()}
        assert due == {"inspections.cap_due": "2026-11-24", "inspections.corrections_due": "2026-12-17"}

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"clock": "25:10"}, "Enter the time as 2:30 p.m."),
            ({"clock": "11:59 a.m."}, "before it was served"),
            ({"day_day": "20"}, "in the future"),
            ({"proof": ""}, "Say who took it"),
            ({"kind": "pigeon"}, "pigeon is not one of the available choices"),
            ({"day_month": "3", "day_day": "8", "clock": "2:30"}, "does not exist"),
        ],
    )
    def test_refuses_what_can_not_be_and_keeps_the_words(self, office, dana, typed, words):
        case = told.served(dana)
        page = office.get(url("receipt_record", case))
        answer = office.post(url("receipt_record", case), form(page, **receipt(**typed))).content.decode()
        assert words in answer
        assert fresh(case).received_at is None
        if "proof" not in typed:
            assert "Tomás Lucero took it." in answer

    @pytest.mark.parametrize(
        ("text", "time"),
        [("2:30 p.m.", "14:30"), ("2 pm", "14:00"), ("14:30", "14:30"), ("12 a.m.", "00:00"), ("1430", "14:30")],
    )
    def test_reads_times_as_people_write_them(self, text, time):
        assert f"{read_clock(text):%H:%M}" == time

    def test_an_earlier_receipt_asks_before_it_moves_the_dates(self, office, dana):
        case = told.served(dana)
        noon = at("2026-11-18 12:00")
        notice.record_receipt(case, kind=Way.CERTIFIED_MAIL, received_at=noon, proof="7000 1", by=dana, at=noon)
        page = office.get(url("receipt_record", case))
        asked = office.post(url("receipt_record", case), form(page, **receipt()))
        shown = asked.content.decode()
        assert "from Wed, Nov 25 to Tue, Nov 24" in shown and "from Fri, Dec 18 to Thu, Dec 17" in shown
        assert fresh(case).received_at == noon
        office.post(url("receipt_record", case), form(asked, **receipt(dates="move")))
        assert fresh(case).received_at == at("2026-11-17 14:30")
        assert str(case.file.deadlines.running().get(clock="inspections.cap_due").due_on) == "2026-11-24"

    def test_an_earlier_receipt_can_leave_the_dates_as_they_are(self, office, dana):
        case = told.served(dana)
        noon = at("2026-11-18 12:00")
        notice.record_receipt(case, kind=Way.CERTIFIED_MAIL, received_at=noon, proof="7000 1", by=dana, at=noon)
        page = office.get(url("receipt_record", case))
        office.post(url("receipt_record", case), form(page, **receipt(dates="keep")))
        assert fresh(case).received_at == noon
        assert case.receipts.count() == 2
        assert office.get(url("receipt_record", case)).content.decode().count("The clocks run from it") == 1

    def test_a_later_receipt_only_goes_on_record(self, office, dana):
        case = told.received(dana)
        page = office.get(url("receipt_record", case))
        office.post(url("receipt_record", case), form(page, **receipt(day_day="18")))
        assert fresh(case).received_at == case.received_at
        assert case.file.deadlines.running().count() == 2

    def test_the_clockwork_never_moves_a_date_earlier(self, dana):
        case = told.served(dana)
        noon = at("2026-11-18 12:00")
        notice.record_receipt(case, kind=Way.BY_HAND, received_at=noon, proof="Taken.", by=dana, at=noon)
        notice.record_receipt(
            case, kind=Way.MAIL_ACCEPTED, received_at=at("2026-11-17 13:00"), proof="250 ok", by=User.objects.clockwork(),
            at=noon,
        )  # fmt: skip
        assert fresh(case).received_at == noon
        assert Receipt.objects.filter(inspection=case).count() == 2

    def test_after_the_plan_came_a_receipt_goes_on_record_and_moves_nothing(self, dana):
        case = told.with_plan(dana)
        before = list(case.file.deadlines.values_list("clock", "due_at", "end"))
        when = case.received_at - timedelta(minutes=30)
        notice.record_receipt(case, kind=Way.CERTIFIED_MAIL, received_at=when, proof="7000 1", by=dana, at=NOW)
        assert list(case.file.deadlines.values_list("clock", "due_at", "end")) == before
        assert fresh(case).received_at == case.received_at

    def test_before_the_notice_is_sent_there_is_nothing_to_record(self, office, dana):
        case = factories.with_findings(dana)
        assert "There is no notice out" in office.get(url("receipt_record", case)).content.decode()


class TestRedirect:
    @pytest.fixture
    def bounced(self, dana) -> Inspection:
        case = told.served(dana)
        case.last_nolv().deliveries.update(state=Delivery.State.BOUNCED, detail="550 no such user", next_at=None)
        return case

    def test_shows_what_came_back_and_every_other_way(self, office, bounced):
        bounced.licensee.contacts.create(name="Luz Sena", email="luz@example.test", phone="505-555-0177")
        page = office.get(url("notice_redirect", bounced)).content.decode()
        assert "The notice came back" in page and "550 no such user" in page
        assert "Luz Sena, luz@example.test" in page and "tel:505-555-0177" in page
        assert url("receipt_record", bounced) in page

    def test_sends_the_same_letter_to_a_second_contact(self, office, bounced):
        page = office.get(url("notice_redirect", bounced))
        office.post(url("notice_redirect", bounced), form(page, name="Luz Sena", email="luz@example.test"))
        letter = bounced.file.notices.get(letter="inspections.nolv")
        assert letter.deliveries.filter(email="luz@example.test").exists()
        assert bounced.file.events.first().facts == {"to": "luz@example.test"}

    def test_not_twice_to_the_same_person(self, office, bounced):
        page = office.get(url("notice_redirect", bounced))
        email = bounced.licensee.contacts.get().email
        answer = office.post(url("notice_redirect", bounced), form(page, name="Tomás", email=email.upper()))
        assert "already went to" in answer.content.decode()

    def test_not_while_it_is_held(self, office, dana, clock):
        case = told.served(dana, when=NOW)
        page = office.get(url("notice_redirect", case))
        assert "still held" in page.content.decode()
        answer = office.post(url("notice_redirect", case), form(page, name="Luz", email="luz@example.test"))
        assert "still held" in answer.content.decode() and "luz@example.test" in answer.content.decode()


PAGES = [
    "notice_draft",
    "notice_preview",
    "notice_send",
    "notice_stop",
    "notice_rescind",
    "receipt_record",
    "notice_redirect",
]
SUPERVISORS_ONLY = {"notice_rescind"}


class TestWhoMay:
    @pytest.mark.parametrize("page", PAGES)
    def test_the_assigned_officer_and_supervisors(self, client, dana, marco, tomas, place, clock, page):
        case = factories.with_findings(dana, premises=place) if page in PAGES[:3] else told.served(dana, premises=place)
        expected = {
            dana: 403 if page in SUPERVISORS_ONLY else 200,
            marco: 200,
            factories.user(Role.OFFICER): 403,
            factories.user(Role.AUDITOR): 403,
            tomas: 404,
        }
        for person, status in expected.items():
            client.force_login(person)
            assert client.get(url(page, case)).status_code == status, person


class TestForm:
    @pytest.mark.parametrize("page", ["notice_send", "notice_stop"])
    def test_its_button_stands_inside_the_one_form_that_posts(self, office, dana, page):
        case = factories.with_findings(dana) if page == "notice_send" else told.served(dana, when=NOW)
        main = office.get(url(page, case)).content.decode().partition("<main")[2]
        assert main.count("<form") == main.count("</form>") == 1
        assert main.index("<form") < main.index('type="submit"') < main.index("</form>")


class TestQueries:
    @pytest.mark.parametrize("page", PAGES[:3])
    @pytest.mark.parametrize("findings", [3, 30])
    def test_few_and_flat_before_sending(self, office, dana, django_assert_max_num_queries, page, findings):
        case = factories.with_findings(dana, findings=findings)
        for violation in case.violations.all():
            told.evidence(violation, dana, NOW, of="finding")
        office.get("/work/")  # writes the session, once in a tenth of its length
        with django_assert_max_num_queries(12):
            assert office.get(url(page, case)).status_code == 200

    @pytest.mark.parametrize("page", PAGES[3:4] + PAGES[5:])
    def test_few_after_sending(self, office, dana, django_assert_max_num_queries, page):
        case = told.received(dana, findings=30)
        office.get("/work/")
        with django_assert_max_num_queries(12):
            assert office.get(url(page, case)).status_code == 200
