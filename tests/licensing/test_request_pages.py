"""The office's pages of requests: the desk, one request, checking it, deciding it with its letter before one's eyes."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from casefile.models import Notice
from licensing.models import MonthlyReport, PlantRequest
from licensing.stages import RequestState as State
from tests import factories
from tests.factories import at
from tests.inspections.told import form
from tests.licensing import asked
from tests.licensing.asked import fresh, grower

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]

NOW = at("2026-06-15 09:00")


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def browser(client: Client, dana) -> Client:
    client.force_login(dana)
    return client


def url(name: str, case: PlantRequest) -> str:
    return reverse(f"licensing:{name}", args=[case.file.ref])


def words(page) -> str:
    return " ".join(page.content.decode().split())


def reported(license, month: str, **facts) -> None:
    numbers = {"produced_g": 1_000, "sold_g": 900, "sold_commercial_g": 900, "flowering_female": 2_000} | facts
    MonthlyReport.objects.create(
        license=license, month=date.fromisoformat(f"{month}-01"), source="online", sent_at=NOW,
        sent_by=asked.owner_of(license), **{name: Decimal(value) if name.endswith("_g") else value for name, value in numbers.items()},
    )  # fmt: skip


class TestDesk:
    def test_shows_what_waits_soonest_due_first(self, browser, dana):
        later, sooner = asked.in_review(dana), asked.sent()
        asked.approved(dana)
        page = browser.get(reverse("licensing:requests"))
        assert [row.case for row in page.context["rows"]] == [sooner, later]
        assert [row.step.label for row in page.context["rows"]] == ["Take the request", "Decide"]
        assert "Overdue since Mon, Jun 8" in words(page) and "Due Mon, Aug 31" in words(page)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?state=denied", ["denied"]), ("?state=all", ["sent", "denied"]), ("?kind=decrease", []),
            ("?officer=none", ["sent"]), ("?county=Torrance", ["sent"]), ("?q=nothing", []), ("?q=26-0002", ["sent"]),
        ],
    )  # fmt: skip
    def test_is_narrowed_by_its_address(self, browser, dana, query, found):
        denied, sent = asked.denied(dana), asked.sent()
        factories.premises(license=sent.license, county="Torrance")
        page = browser.get(reverse("licensing:requests") + query)
        names = {denied: "denied", sent: "sent"}
        assert sorted(names[row.case] for row in page.context["rows"]) == sorted(found)

    def test_a_step_of_another_officer_is_no_link(self, browser):
        asked.in_review(factories.user())
        (row,) = browser.get(reverse("licensing:requests")).context["rows"]
        assert row.step_url == "" and row.step.label == "Decide"


class TestOverview:
    def test_says_what_to_do_next_and_weighs_each_factor(self, browser, dana):
        license = grower()
        for month, sold in (("2026-03", 900), ("2026-04", 799), ("2026-05", 800)):
            reported(license, month, sold_g=sold, sold_commercial_g=sold)
        case = asked.in_review(dana, license)
        page = browser.get(url("request", case))
        assert "Your next step" in words(page) and "Decide by Monday, August 31, 2026" in words(page)
        rows = {row["factor"].key: row["factor"] for row in page.context["factors"]}
        assert {key: str(it.finding) for key, it in rows.items()} == {
            "medical_sales": "not_applicable", "sold_share": "not_met", "enforcement": "met", "shortage": "judge",
            "water": "not_met", "completeness": "met", "over_count": "met",
        }  # fmt: skip
        assert "April 2026: 79.9 percent, 799 g of 1,000 g." in rows["sold_share"].facts
        for said in (
            "16.8.8.10(B)(2) NMAC",
            "Not met",
            "For a person to judge",
            "3,000 of at most 20,000 mature plants",
        ):
            assert said in words(page)

    def test_a_decided_request_shows_the_factors_as_they_were(self, browser, dana):
        license = grower()
        reported(license, "2026-05", sold_g=1, sold_commercial_g=1)
        case = asked.denied(dana, license)
        MonthlyReport.objects.update(replaced_at=NOW)
        page = browser.get(url("request", case))
        assert page.context["kept"] and "As they stood when it was decided." in words(page)
        assert "May 2026: 0.1 percent, 1 g of 1,000 g." in words(page)

    def test_a_draft_is_nobodys_business(self, browser):
        assert browser.get(url("request", asked.begun())).status_code == 404

    def test_the_record_has_letters_history_counts_and_other_requests(self, browser, dana):
        first = asked.approved(dana)
        second = asked.sent(first.license, "decrease", when=NOW)
        page = words(browser.get(url("request_record", second)))
        for said in ("We got your request", "Request sent by the licensee", "4,000 mature plants", first.file.number):
            assert said in page

    def test_papers_are_read_with_what_was_typed_and_what_was_asked(self, browser, dana):
        page = words(browser.get(url("request_papers", asked.incomplete(dana))))
        assert "3 acre-feet a year" in page and "You asked for:" in page and "16.8.8.10(A)(2) NMAC" in page


class TestChecking:
    def test_what_lacks_is_asked_for_in_one_letter(self, browser, dana):
        case = asked.taken(dana)
        page = browser.get(url("request_check", case))
        marks = {f"{it.key}-mark": "here" for it in case.required}
        sent = form(page) | marks | {"water-mark": "lacks", "water-words": "The paper is for another well."}
        assert browser.post(url("request_check", case), sent).status_code == 302
        assert fresh(case).state == State.INCOMPLETE
        letter = Notice.objects.get(file=case.file, letter="licensing.information_wanted")
        assert "Right to the water: The paper is for another well." in letter.text

    def test_nothing_lacks_and_the_time_to_decide_runs(self, browser, dana):
        case = asked.taken(dana)
        page = browser.get(url("request_check", case))
        assert page.context["form"]["complete_on"].value() == asked.SENT.date()
        sent = form(page) | {f"{it.key}-mark": "here" for it in case.required}
        reply = browser.post(url("request_check", case), sent, follow=True)
        assert fresh(case).state == State.IN_REVIEW and "Decide by Monday, August 31, 2026." in words(reply)

    def test_every_piece_is_marked_and_what_lacks_is_said(self, browser, dana):
        case = asked.taken(dana)
        sent = form(browser.get(url("request_check", case))) | {"water-mark": "lacks"}
        page = browser.post(url("request_check", case), sent)
        assert "Say whether it is there." in words(page) and "Say what is missing. The licensee reads it." in words(
            page
        )
        assert fresh(case).state == State.SUBMITTED

    def test_marks_are_kept_until_they_are_sent(self, browser, dana):
        case = asked.taken(dana)
        sent = form(browser.get(url("request_check", case))) | {"water-mark": "lacks", "water-words": "Half"}
        browser.post(url("request_check", case) + "?save=1", sent)
        page = words(browser.get(url("request_check", case)))
        assert "Half</textarea>" in page and fresh(case).state == State.SUBMITTED

    def test_what_is_kept_takes_the_place_of_words_from_before_a_sign_out(self, browser, dana):
        case = asked.in_review(dana)
        here = url("request_decide", case)
        sent = form(browser.get(here)) | {"reasons": "Half"}
        session = browser.session
        session["kept"] = {here: {"author": dana.pk, "words": urlencode(sent | {"reasons": "Older"})}}
        session.save()
        assert "Older</textarea>" in words(browser.get(here))
        browser.post(f"{here}?save=1", sent)
        page = words(browser.get(here))
        assert "Half</textarea>" in page and "Older" not in page


class TestDeciding:
    def test_the_letter_is_read_before_it_goes(self, browser, dana):
        case = asked.in_review(dana)
        page = browser.get(url("request_decide", case))
        assert page.context["form"]["granted"].value() == 1_000
        sent = form(page) | {"granted": "500", "reasons": "The water is enough for 500."}
        check = browser.post(url("request_decide", case), sent)
        assert "You can grow 500 more plants." in words(check) and "The water is enough for 500." in words(check)
        assert fresh(case).state == State.IN_REVIEW and fresh(case).license.mature_plants == 3_000
        done = browser.post(url("request_decide", case), form(check) | sent | {"confirm": "yes"}, follow=True)
        assert "the license is changed" in words(done)
        assert (fresh(case).state, fresh(case).license.mature_plants) == (State.APPROVED, 3_500)

    def test_what_does_not_fit_is_said_with_its_rule(self, browser, dana):
        case = asked.in_review(dana)
        sent = form(browser.get(url("request_decide", case))) | {"granted": "700", "reasons": "So."}
        assert "Plants are added in steps of 500" in words(browser.post(url("request_decide", case), sent))

    def test_a_level_with_a_count_inside_it(self, browser, dana):
        case = asked.in_review(dana, kind="designation")
        page = browser.get(url("request_decide", case))
        assert "Level 2: 2,001 to 6,000 mature plants" in words(page)
        sent = form(page) | {"level": "2", "granted": "2,500", "reasons": "So much water.", "confirm": "yes"}
        browser.post(url("request_decide", case), sent)
        assert (fresh(case).license.level, fresh(case).license.mature_plants) == (2, 2_500)

    def test_a_denial_names_the_factors_that_were_not_met(self, browser, dana):
        license = grower()
        for month in ("2026-03", "2026-04", "2026-05"):
            reported(license, month, sold_g=500, sold_commercial_g=500, flowering_female=3_100)
        case = asked.in_review(dana, license)
        sent = form(browser.get(url("request_deny", case))) | {"reasons": "Too much is left unsold."}
        check = words(browser.post(url("request_deny", case), sent))
        for said in ("Too much is left unsold.", "50.0 percent", "100 above 3,000", "right to a hearing"):
            assert said in check
        browser.post(url("request_deny", case), sent | {"confirm": "yes"})
        assert fresh(case).state == State.DENIED

    def test_what_lacks_information_is_denied_after_its_day(self, browser, dana, time_machine):
        case = asked.incomplete(dana)
        assert "has until Monday, July 6, 2026" in words(browser.get(url("request_deny", case)))
        time_machine.move_to(at("2026-07-07 09:00"))
        browser.force_login(dana)
        page = browser.get(url("request", case))
        assert page.context["step"].label == "Nothing came: call, then decide" and page.context["step_url"]
        sent = form(browser.get(url("request_deny", case))) | {"reasons": "Nothing came.", "confirm": "yes"}
        browser.post(url("request_deny", case), sent)
        assert fresh(case).state == State.DENIED

    def test_a_supervisor_gives_it_to_another(self, client, dana, marco):
        case, other = asked.taken(dana), factories.user(name="Lena Sena")
        client.force_login(marco)
        sent = form(client.get(url("request_assign", case))) | {"officer": other.pk, "reason": "Leave."}
        assert "Lena Sena has the request now." in words(client.post(url("request_assign", case), sent, follow=True))
        assert fresh(case).officer == other

    def test_it_is_taken_with_one_press(self, browser, dana):
        case = asked.sent()
        browser.post(url("request_take", case), form(browser.get(url("request_take", case))))
        assert fresh(case).officer == dana
