"""What the office sees and does: flags with their facts, one page for each act, lists, figures."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest

from inspections.models import PlantCount
from inspections.rules import GrowthStage
from inventory_windows import rules
from inventory_windows.models import FirstWindow
from tests import factories
from tests.inspections.told import served
from tests.inventory_windows import told
from tests.inventory_windows.pages import day, form, press, said, url
from tests.inventory_windows.told import ASKED, HOUR, OPENS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]


@pytest.fixture
def at(client, dana, time_machine):
    """Dana signs in at an instant."""

    def come(when):
        time_machine.move_to(when, tick=False)
        client.force_login(dana)
        return client

    return come


@pytest.fixture
def desk(at):
    return at(ASKED + 2 * HOUR)


class TestFlags:
    def test_stand_on_the_page_with_their_facts(self, desk, dana):
        license = factories.license(issued_on=date(2026, 10, 1), level=1)
        place = factories.premises(license=license)
        notice = served(dana, premises=place)
        visited = factories.in_progress(dana, premises=factories.premises(license=license, number="X-1"))
        PlantCount.objects.create(inspection=visited, stage=GrowthStage.VEGETATIVE, count=0)
        factories.licensee(name="Enchanted Acre Farm")
        case = told.requested(license, items=[rules.Item("clone", "Piñon", 2500, "Enchanted Acre Farm")])
        text = said(desk.get(url("window", case.number)))
        for words in (
            "Young license, many plants", "47 days before the request", "2,500 plants asked for, 2,000 authorized",
            "2,000 the top of its level", f"Case {notice.file.number}", "counted 0 plants",
            "Named as a source: Enchanted Acre Farm.",
        ):  # fmt: skip
            assert words in text, words
        assert "Start an inspection" in text
        listed = said(desk.get(url("desk")))
        assert "Open notice or discipline" in listed and "Nothing on site at the last visit" in listed

    def test_repeated_at_the_limit(self, desk, dana, at):
        shut = told.shut(dana)
        free = shut.opening.blocked_until
        case = told.requested(shut.license, at=free + timedelta(days=3))
        at(free + timedelta(days=4))
        text = said(desk.get(url("window", case.number)))
        assert "Asks again at the limit" in text and "Asked 3 days after the three months were over." in text

    def test_none_is_said_too(self, desk):
        assert "Red flags None." in said(desk.get(url("window", told.requested().number)))


class TestActs:
    def test_from_a_new_request_to_a_confirmed_end(self, desk, dana, at):
        case = told.requested(at=ASKED)
        number = case.number
        press(desk, url("window_review", number))
        press(desk, url("window_documents", number), wanted="Send the invoice.")
        owner = told.owner_of(case.license)
        told.asking.send_documents(told.fresh(case), "None.", by=owner, at=ASKED + 3 * HOUR)
        press(desk, url("window_approve", number), **day("day", OPENS), clock="9:00 a.m.")
        press(desk, url("window_time", number), **day("day", OPENS), clock="10:30 AM")
        at(OPENS + 2 * HOUR)
        press(desk, url("window_opened", number), **day("day", OPENS), clock="10:31")
        case = told.fresh(case)
        assert (case.state, case.opening.opened_at) == ("open", OPENS + timedelta(minutes=91))
        ended = case.opening.closes_at
        assert "This window has not ended." in said(desk.get(url("window_shut", number)))
        at(ended + HOUR)
        assert "Ended, not confirmed" in said(desk.get(url("window", number)))
        press(desk, url("window_shut", number), **day("day", ended), clock="10:40 a.m.")
        text = said(desk.get(url("window", number)))
        assert "9 minutes after its end" in text and "It can only be read" in text

    def test_suggest_a_morning_that_a_working_day_follows(self, desk, dana, at):
        at(factories.at("2026-11-24 15:00"))  # Tuesday before Thanksgiving
        case = told.requested(at=factories.at("2026-11-24 10:00"))
        body = desk.get(url("window_approve", case.number)).content.decode()
        assert 'value="30"' in body and "9:00 a.m." in body, "Monday, November 30"

    def test_refuse_with_a_ground_and_words(self, desk, dana):
        case = told.in_review(dana)
        reply = press(desk, url("window_refuse", case.number), ground="papers", reason="")
        assert "Say why. The licensee will read it." in said(reply)
        press(desk, url("window_refuse", case.number), ground="papers", reason="The invoice is missing.")
        assert told.fresh(case).ground == "papers"

    @pytest.mark.parametrize(
        ("clock", "words"),
        [("noon", "Enter the time"), ("2:30 a.m.", "the clocks went forward"), ("", "Enter the time")],
    )
    def test_refuse_a_time_that_is_none(self, desk, dana, clock, words):
        case = told.in_review(dana)
        spring = factories.at("2027-03-14 09:00")
        assert words in said(press(desk, url("window_approve", case.number), **day("day", spring), clock=clock))

    def test_are_told_when_somebody_was_faster(self, desk, dana, marco):
        case = told.requested()
        typed = form(desk.get(url("window_review", case.number)))
        told.review.begin_review(case, by=marco, at=ASKED)
        reply = desk.post(url("window_review", case.number), typed)
        assert reply.status_code == 409 and "Someone else changed this case" in said(reply)

    def test_decide_a_correction(self, desk):
        case = told.correction()
        press(desk, url("correction_question", case.number), wanted="Which room?")
        assert "Which room?" in said(desk.get(url("correction", case.number)))
        press(desk, url("correction_approve", case.number), note="Room B.")
        assert told.fresh(case).state == "approved"
        refused = told.correction()
        press(desk, url("correction_refuse", refused.number), reason="They can do it alone.")
        assert told.fresh(refused).reason == "They can do it alone."

    def test_record_a_first_window_by_hand(self, desk):
        license = factories.license()
        assert "not a license number" in said(press(desk, url("first_window_find"), number="X"))
        assert "is not on record" in said(press(desk, url("first_window_find"), number="CCD-2020-9999"))
        found = press(desk, url("first_window_find"), number=f"{license.number}-001")
        assert found.headers["Location"] == url("first_window", license.number)
        reply = press(desk, url("first_window", license.number), **day("day", ASKED), clock="8:00 a.m.")
        case = FirstWindow.objects.get()
        assert reply.headers["Location"] == url("window", case.number)
        assert case.opening.opened_at == factories.at("2026-11-17 08:00")
        assert "has had its first window" in said(desk.get(url("first_window", license.number)))


class TestLists:
    @pytest.mark.parametrize(
        ("view", "make"),
        [
            ("review", lambda dana: told.requested()), ("documents", told.documents_asked), ("approved", told.approved),
            ("open", told.opened), ("shut", told.shut), ("done", told.refused),
            ("corrections", lambda dana: told.correction()),
        ],
    )  # fmt: skip
    def test_each_holds_what_it_says(self, desk, dana, at, view, make):
        case = make(dana)
        if view in ("open", "shut"):
            at(OPENS + (HOUR if view == "open" else 30 * HOUR))
        for name in ("review", "documents", "approved", "open", "shut", "done", "corrections", "corrections_done"):
            text = said(desk.get(url("desk"), {"view": name}))
            assert (case.number in text) is (name == view), name

    def test_do_not_show_drafts(self, desk):
        case = told.drafted()
        assert case.licensee.name not in said(desk.get(url("desk")))


class TestFigures:
    @pytest.fixture
    def boss(self, client, marco, dana, time_machine):
        shut = told.shut(dana, at=ASKED - timedelta(days=120))
        told.shut(dana, shut.license, at=shut.opening.blocked_until)
        told.refused(dana, at=ASKED - timedelta(days=5))
        told.requested(at=ASKED - timedelta(days=1))
        time_machine.move_to(ASKED, tick=False)
        client.force_login(marco)
        return client

    def test_say_what_a_year_was(self, boss):
        text = said(boss.get(url("figures")))
        assert "4 Requests" in text and "2 Opened" in text and "1 Refused" in text and "1 Licenses at the limit" in text
        assert "New strains or genetics 4" in text and "Papers are missing or do not fit 1" in text
        assert (
            "Seeds 80" in text and "Clones 24" in text and "Decided 3" in text and "Half of them within 2 hours" in text
        )

    def test_each_number_opens_its_list(self, boss):
        def rows(**facts) -> int:
            return boss.get(url("figures_list"), facts).content.decode().count('scope="row"')

        assert [rows(what=what) for what in ("sent", "opened", "refused")] == [4, 2, 1]
        assert [rows(**facts) for facts in ({"purpose": "new"}, {"ground": "papers"}, {"kind": "seed"})] == [4, 1, 2]
        assert rows(month="2026-11", what="sent") == 2 and rows(month="2026-07", what="opened") == 1
        assert rows(month="nonsense") == 4

    def test_the_list_is_a_file_too(self, boss):
        reply = boss.get(url("figures_file"), {"what": "opened"})
        lines = list(csv.reader(StringIO(b"".join(reply.streaming_content).decode().lstrip("\ufeff"))))
        assert lines[0][0] == "Number" and len(lines) == 3 and lines[1][5:8] == ["40", "12", "0"]

    def test_are_for_supervisors(self, desk):
        assert desk.get(url("figures")).status_code == 403


def test_a_planned_visit_is_no_fact_of_the_licensee(client, dana, place, tomas, time_machine):
    """Two worlds that differ in an inspection read the same for the licensee."""
    from django.db import transaction

    def read(visits: bool) -> list[str]:
        with transaction.atomic():
            if visits:
                factories.planned(dana, premises=place)
                factories.in_progress(dana, premises=factories.premises(license=place.license, number="X-2"))
            case = told.in_review(dana, place.license)
            client.force_login(tomas)
            pages = [said(client.get(where)) for where in (url("windows"), url("own_window", case.file.key))]
            transaction.set_rollback(True)
        return pages

    time_machine.move_to(ASKED, tick=False)
    assert read(False) == read(True)
