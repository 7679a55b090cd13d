"""What a licensee sees and does: the card of a license, the form, refusals while it is typed, papers, nothing lost."""

import re
from datetime import timedelta

import pytest

from casefile.models import Document, Draft
from inspections.models import Inspection
from inventory_windows.models import Correction, WindowRequest
from tests import factories, world
from tests.inspections import plain
from tests.inventory_windows import told
from tests.inventory_windows.pages import form, said, url, words
from tests.inventory_windows.told import ASKED, HOUR, OPENS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]

LINE = {"item-0-kind": "seed", "item-0-strain": "Sandia Haze", "item-0-quantity": "40", "item-0-source": "Mesa Bank"}
WHY = {"purpose": "new", "message": "We want to grow a new strain."}


@pytest.fixture
def license(place):
    return place.license


@pytest.fixture
def at(client, tomas, time_machine):
    """Tomás signs in at an instant."""

    def come(when):
        time_machine.move_to(when, tick=False)
        client.force_login(tomas)
        return client

    return come


@pytest.fixture
def page(at):
    """On Tuesday, November 17, 2026, at 10 a.m."""
    return at(ASKED)


class TestMyWindows:
    def test_says_what_is_open_until_when(self, page, license, at):
        told.first(license, at=ASKED - timedelta(days=10))
        text = said(page.get(url("windows")))
        assert "Your window is open until Sunday, November 22, 2026" in text and "5 days left" in text

    def test_says_when_a_window_may_be_asked_for(self, page, license, dana, at):
        assert "You can ask for a window now." in said(page.get(url("windows")))
        told.shut(dana, license)
        at(OPENS + 30 * HOUR)
        assert "next window on Friday, February 19, 2027, at 9:00 a.m." in said(page.get(url("windows")))

    def test_shows_requests_that_wait_and_offers_to_go_on_with_a_draft(self, page, license):
        told.drafted(license)
        assert "Go on with your request" in said(page.get(url("windows")))
        told.requested(license)
        text = said(page.get(url("windows")))
        assert "W26-0001" in text and "Ask for a window" not in text

    def test_of_a_license_that_does_not_grow_are_none(self, client):
        owner = factories.representative(factories.license(type="retailer").licensee)
        client.force_login(owner)
        assert "You have no license to grow plants." in said(client.get(url("windows")))


class TestTheForm:
    def test_knows_who_asks(self, page, license):
        body = page.get(url("ask", license.number)).content.decode()
        for value in (license.licensee.name, "Tomás Lucero", "tomas@example.test"):
            assert f'value="{value}"' in body

    def test_keeps_every_word_and_sends_nothing(self, page, license):
        typed = form(page.get(url("ask", license.number)), **LINE, message="Half a sen", save="later")
        assert page.post(url("ask", license.number), typed).status_code == 302
        case = WindowRequest.objects.get()
        assert case.state == "draft" and not case.file.notices.exists()
        body = page.get(url("ask", license.number)).content.decode()
        assert "Half a sen" in body and 'value="Mesa Bank"' in body

    def test_is_not_begun_by_a_look(self, page, license):
        page.get(url("ask", license.number))
        page.post(url("ask", license.number), form(page.get(url("ask", license.number)), save="later"))
        assert not WindowRequest.objects.exists()

    @pytest.mark.parametrize(
        ("kind", "text"),
        [("flower", "only for seeds, clones, and plant tissue"), ("correction", "Call BioTrack support"),
         ("transfer", "manifest and a source code")],
    )  # fmt: skip
    def test_refuses_what_a_window_is_not_for_at_the_press_of_check(self, page, license, kind, text):
        typed = form(page.get(url("ask", license.number)), **LINE | {"item-0-kind": kind} | WHY, save="check")
        reply = page.post(url("ask", license.number), typed)
        assert reply.status_code == 200 and text in said(reply) and "Sandia Haze" in reply.content.decode()

    def test_refuses_it_while_it_is_typed(self, page, license):
        reply = page.get(url("ask_answer", license.number), {"lines": "2", "item-1-kind": "flower"})
        answer = reply.json()
        assert answer["tone"] == "warning" and answer["reasons"][0]["cites"] == "CCD Compliance FAQs"
        assert page.get(url("ask_answer", license.number), LINE).json()["tone"] == "success"
        assert page.get(url("ask_answer", license.number)).json() == {}

    def test_says_what_is_missing_beside_its_fields(self, page, license):
        typed = form(page.get(url("ask", license.number)), **LINE | {"item-0-quantity": "many"}, save="check")
        text = said(page.post(url("ask", license.number), typed))
        assert "Line 1: Enter a whole number, for example 40." in text and "Choose why you need it." in text

    def test_can_not_be_filled_in_while_a_window_is_open_or_too_soon(self, page, license, dana, at):
        told.opened(dana, license)
        at(OPENS + HOUR)
        text = said(page.get(url("ask", license.number)))
        assert "You can not ask for a window now." in text and "A window is open until" in text
        at(OPENS + 48 * HOUR)
        reply = page.post(url("ask", license.number), LINE | {"save": "later"})
        assert reply.status_code == 409 and "You can ask again on Friday, February 19, 2027" in said(reply)

    def test_gets_another_line(self, page, license):
        typed = form(page.get(url("ask", license.number)), **LINE, save="line")
        body = page.post(url("ask", license.number), typed).content.decode()
        assert 'name="item-3-kind"' in body and 'value="Sandia Haze"' in body

    def test_does_not_write_over_what_a_colleague_typed(self, page, client, license):
        typed = form(page.get(url("ask", license.number)), **LINE, save="later")
        case = told.drafted(license)
        manager = factories.representative(license.licensee, "manager", name="Luz Sena")
        told.asking.keep_words(case, {"message": "Hers"}, seen="", right="begin_request", by=manager, at=ASKED)
        reply = page.post(url("ask", license.number), typed)
        assert reply.status_code == 409 and "Luz Sena changed this" in said(reply) and "Hers" in said(reply)
        assert "Sandia Haze" in reply.content.decode()

    def test_is_saved_by_the_script(self, page, license):
        typed = form(page.get(url("ask", license.number)), **LINE)
        assert page.post(url("ask_save", license.number), typed).status_code == 204
        assert Draft.objects.get().typed["words"]["typed"]["item-0-strain"] == "Sandia Haze"
        told.requested(license)
        assert page.post(url("ask_save", license.number), typed).status_code == 409

    def test_takes_papers_in_and_out(self, page, license):
        typed = form(page.get(url("ask", license.number)), save="add")
        page.post(url("ask", license.number), typed | {"files": world.picture()})
        paper = WindowRequest.objects.get().file.papers.get()
        body = page.get(url("ask", license.number))
        assert "photo.jpg" in said(body)
        page.post(url("ask", license.number), form(body, remove=paper.document.key))
        assert not WindowRequest.objects.get().file.papers.exists() and Document.objects.count() == 1

    def test_says_which_file_it_did_not_take(self, page, license):
        from django.core.files.uploadedfile import SimpleUploadedFile

        typed = form(page.get(url("ask", license.number)), save="add")
        reply = page.post(url("ask", license.number), typed | {"files": SimpleUploadedFile("a.txt", b"text")})
        assert "1 file was not saved" in said(reply) and "a.txt" in said(reply)


def ready(page, license) -> None:
    """Everything is typed and checked."""
    typed = form(page.get(url("ask", license.number)), **LINE, **WHY, phone="505-555-0142", save="check")
    assert page.post(url("ask", license.number), typed).headers["Location"] == url("ask_check", license.number)


class TestSending:
    def test_shows_all_answers_and_sends_them_once(self, page, license):
        ready(page, license)
        check = page.get(url("ask_check", license.number))
        assert "40 seeds : Sandia Haze" in said(check) or "40 seeds" in said(check)
        typed = form(check)
        replies = [page.post(url("ask_check", license.number), typed) for _ in range(2)]
        case = WindowRequest.objects.get()
        assert {reply.headers["Location"] for reply in replies} == {url("own_window", case.file.key)}
        assert (case.state, case.number, case.company) == ("requested", "W26-0001", license.licensee.name)
        assert "We got your request" in said(page.get(url("own_window", case.file.key)))

    def test_of_words_that_were_changed_meanwhile_asks_to_read_again(self, page, license):
        ready(page, license)
        typed = form(page.get(url("ask_check", license.number)))
        page.post(url("ask", license.number), form(page.get(url("ask", license.number)), message="Other words."))
        reply = page.post(url("ask_check", license.number), typed)
        assert "Someone changed these answers" in said(reply) and WindowRequest.objects.get().state == "draft"

    def test_without_a_draft_leads_back(self, page, license):
        assert page.get(url("ask_check", license.number)).headers["Location"] == url("ask", license.number)


class TestARequest:
    def test_asks_for_papers_and_takes_them(self, page, license, dana, at):
        case = told.documents_asked(dana, license)
        at(ASKED + 5 * HOUR)
        text = said(page.get(url("own_window", case.file.key)))
        assert "Your request: send papers" in text and "Send the invoice." in text
        where = url("own_documents", case.file.key)
        assert page.post(where, form(page.get(where), save="add") | {"files": world.picture()}).status_code == 200
        reply = page.post(where, form(page.get(where), answer="Here it is.", save="send"))
        assert reply.headers["Location"] == url("own_window", case.file.key)
        case = told.fresh(case)
        assert case.state == "in_review" and case.file.papers.get().question == case.question
        text = said(page.get(url("own_window", case.file.key)))
        assert "photo.jpg" in text and "Here it is." in text

    def test_shows_its_window_and_its_end(self, page, license, dana, at):
        case = told.opened(dana, license)
        at(OPENS + HOUR)
        text = said(page.get(url("own_window", case.file.key)))
        assert "Open until Friday, November 20, 2026" in text and "23 hours left, until 9:00 a.m." in text
        at(OPENS + 24 * HOUR)
        text = said(page.get(url("own_window", case.file.key)))
        assert "Your window is shut" in text, "although the clockwork has not noticed yet"

    def test_is_taken_back(self, page, license):
        case = told.requested(license)
        where = url("own_withdraw", case.file.key)
        assert page.post(where, form(page.get(where))).headers["Location"] == url("windows")
        assert told.fresh(case).state == "withdrawn"

    def test_is_read_by_a_viewer_who_is_told_who_can_act(self, client, license, tomas, dana):
        case = told.documents_asked(dana, license)
        client.force_login(factories.representative(license.licensee, "viewer"))
        text = said(client.get(url("own_window", case.file.key)))
        assert "You can read this page, but not ask for anything." in text and "Tomás Lucero" in text

    def test_says_nothing_of_flags_or_visits(self, page, license, dana, place):
        factories.in_progress(dana, premises=place)
        case = told.refused(dana, license)
        text = said(page.get(url("own_window", case.file.key))) + said(page.get(url("windows")))
        assert Inspection.objects.exists() and not re.search(
            r"flag|inspect|visit|Papers are missing", text, re.IGNORECASE
        )


class TestACorrection:
    def test_is_written_sent_asked_about_and_answered(self, page, license, dana, at):
        where = url("correction_ask", license.number)
        text = said(page.get(where))
        assert "from $200" in text and "That fee is theirs, not ours." in text
        wrong = page.post(where, form(page.get(where), save="check"))
        assert "Enter the number of your BioTrack ticket." in said(wrong)
        typed = {"ticket": "884213", "what": "Move 12 plants.", "why": "A slip.", "phone": "505-555-0142"}
        assert page.post(where, form(page.get(where), **typed, save="check")).status_code == 302
        check = url("correction_ask_check", license.number)
        page.post(check, form(page.get(check)))
        case = Correction.objects.get()
        assert (case.state, case.ticket) == ("requested", "884213")
        told.corrections.ask_about_correction(case, "Which room?", by=dana, at=ASKED)
        answer = url("own_correction_answer", case.file.key)
        page.post(answer, form(page.get(answer), answer="Room B.", save="send"))
        told.corrections.approve_correction(told.fresh(case), by=dana, at=ASKED)
        text = said(page.get(url("own_correction", case.file.key)))
        assert "The number of the approval is B26-0001." in text and "Room B." in text


class TestSecrecy:
    def test_of_other_licensees_nothing_is_there(self, page, dana):
        case, correction = told.requested(), told.correction()
        for where in (
            url("own_window", case.file.key), url("ask", case.license.number), url("own_correction", correction.file.key),
            url("window", case.number), url("desk"), url("figures"),
        ):  # fmt: skip
            assert page.get(where).status_code == 404


def test_every_page_reads_at_grade_six(page, license, dana, at):
    asked, shut = told.documents_asked(dana, license), told.shut(dana, factories.license(licensee=license.licensee))
    correction = told.correction(license)
    at(OPENS + 30 * HOUR)
    other = factories.license(licensee=license.licensee)
    pages = [
        url("windows"), url("ask", other.number), url("ask", shut.license.number), url("own_window", asked.file.key),
        url("own_documents", asked.file.key), url("own_window", shut.file.key), url("correction_ask", other.number),
        url("own_correction", correction.file.key), url("own_withdraw", asked.file.key),
    ]  # fmt: skip
    for where in pages:
        text = words(page.get(where))
        assert plain.grade(text) <= 6, (where, plain.grade(text))
        assert len(plain.words_in(plain.longest(text))) <= 20, (where, plain.longest(text))
