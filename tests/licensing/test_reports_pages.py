"""The pages of monthly reports: a licensee's form on its way, the month at the office, files, held rows."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casefile.models import new_key
from licensing.actions.reports import draft_of, send_report
from licensing.models import HeldReport, MonthlyReport, ReportImport
from licensing.views.mine.base import POINTS
from tests import factories
from tests.inspections import plain
from tests.licensing import report_files
from tests.licensing.test_reports import AUGUST, NOTHING, numbers

pytestmark = pytest.mark.django_db
NOW = factories.at("2026-09-10 10:00")
TYPED = report_files.NUMBERS | {"notes": ""}


@pytest.fixture(autouse=True)
def _september(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def mesa(place):
    return place.license


@pytest.fixture
def as_tomas(client, tomas) -> Client:
    client.force_login(tomas)
    return client


@pytest.fixture
def as_dana(dana) -> Client:
    client = Client()
    client.force_login(dana)
    return client


def at(license, page: str = "2026-08/") -> str:
    return f"/my-licenses/{license.number}/reports/{page}"


def text(answer) -> str:
    """What stands on the page, as one line."""
    main = re.search(r"<main.*?>(.*)</main>", answer.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[1])).split())


def hidden(answer, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())[1]


def typed_in(client, license, **facts: str):
    """The form filled in and taken on to the page before the last."""
    page = client.get(at(license, "2026-08/?change=1"))
    return client.post(at(license), TYPED | facts | {"seen": hidden(page, "seen"), "save": "check"})


def sent_off(client, license, **facts: str):
    """The last look, and the form of it sent."""
    page = client.get(at(license, "2026-08/check/"))
    body = {name: hidden(page, name) for name in ("once", "seen", "revision")} | facts
    return body, client.post(at(license, "2026-08/check/"), body)


class TestOnItsWay:
    def test_a_report_is_typed_checked_and_sent(self, as_tomas, mesa):
        assert "Send your January 2026 report by" in text(as_tomas.get(at(mesa, "")))
        answer = typed_in(as_tomas, mesa, produced_g="90,000.5 g", notes="A good month.")
        assert answer["Location"] == at(mesa, "2026-08/check/")
        look = text(as_tomas.get(answer["Location"]))
        assert "90,000.5 g" in look and "A good month." in look and "Flowering female plants 1,500" in look
        _, answer = sent_off(as_tomas, mesa)
        assert answer["Location"] == at(mesa)
        assert "We got your August 2026 report" in text(as_tomas.get(at(mesa)))
        report = MonthlyReport.objects.get()
        assert (report.numbers["produced_g"], report.notes) == (
            numbers(produced_g="90000.5")["produced_g"],
            "A good month.",
        )

    def test_the_same_form_twice_is_one_report(self, as_tomas, mesa):
        typed_in(as_tomas, mesa)
        body, first = sent_off(as_tomas, mesa)
        second = as_tomas.post(at(mesa, "2026-08/check/"), body)
        assert (first.status_code, second.status_code, second["Location"]) == (302, 302, first["Location"])
        assert MonthlyReport.objects.count() == 1

    def test_wrong_numbers_come_back_as_they_were_typed(self, as_tomas, mesa):
        answer = typed_in(as_tomas, mesa, sold_g="lots", seedling="", notes="Keep me")
        page = answer.content.decode()
        assert answer.status_code == 200 and "<title>Error:" in page
        assert "is not a number such as 1,234.5" in text(
            answer
        ) and "Seedlings: enter a number, 0 if there were none." in text(answer)
        assert 'value="lots"' in page and "Keep me" in page and 'value="1500"' in page
        assert draft_of(mesa, AUGUST).typed["sold_g"] == "lots"

    def test_sales_that_do_not_add_up_are_said_at_the_total(self, as_tomas, mesa):
        answer = typed_in(as_tomas, mesa, sold_g="80,001")
        assert "Medical and commercial sales together are 80,000 g." in text(answer)

    def test_later_means_saved(self, as_tomas, mesa):
        answer = as_tomas.post(at(mesa), {"germination": "7", "save": "later"}, follow=True)
        assert "Saved. You can come back at any time." in text(answer)
        assert 'value="7"' in as_tomas.get(at(mesa)).content.decode()
        assert "You have started it." in text(as_tomas.get(at(mesa, "")))

    def test_saving_while_typing_says_what_is_wrong_so_far(self, as_tomas, mesa):
        answer = as_tomas.post(at(mesa, "2026-08/save/"), {"germination": "7", "sold_g": "1,2", "seen": ""})
        assert answer.json()["checks"] == {"sold_g": "“1,2” is not a number such as 1,234.5."}
        answer = as_tomas.post(at(mesa, "2026-08/save/"), TYPED | {"flowering_female": "2,001"})
        assert answer.json()["checks"] == {} and "more than the 2,000" in answer.json()["doubts"][0]
        assert draft_of(mesa, AUGUST).typed["flowering_female"] == "2,001"

    def test_doubts_are_shown_and_keep_nobody_from_sending(self, as_tomas, mesa):
        typed_in(as_tomas, mesa, flowering_female="2,001")
        assert "2,001 mature plants are more than the 2,000" in text(as_tomas.get(at(mesa, "2026-08/check/")))
        sent_off(as_tomas, mesa)
        assert MonthlyReport.objects.get().flowering_female == 2001

    def test_the_words_of_a_colleague_are_shown_beside_ones_own(self, as_tomas, mesa):
        page = as_tomas.get(at(mesa))
        ana = Client()
        ana.force_login(factories.representative(mesa.licensee, "manager", name="Ana"))
        ana.post(at(mesa), {"germination": "7", "seen": hidden(ana.get(at(mesa)), "seen")})
        answer = as_tomas.post(at(mesa), {"germination": "8", "seen": hidden(page, "seen")})
        assert answer.status_code == 409
        assert "Ana changed these numbers" in text(answer) and 'value="8"' in answer.content.decode()
        answer = as_tomas.post(at(mesa), {"germination": "8", "seen": hidden(answer, "seen")})
        assert answer.status_code == 302 and draft_of(mesa, AUGUST).typed["germination"] == "8"

    def test_numbers_that_changed_meanwhile_are_read_again(self, as_tomas, mesa):
        typed_in(as_tomas, mesa)
        page = as_tomas.get(at(mesa, "2026-08/check/"))
        typed_in(as_tomas, mesa, stock_g="6000")
        body = {name: hidden(page, name) for name in ("once", "seen", "revision")}
        answer = as_tomas.post(at(mesa, "2026-08/check/"), body)
        assert "Someone changed these numbers" in text(answer) and not MonthlyReport.objects.exists()

    def test_of_a_shop_asks_for_no_plants(self, as_tomas, mesa):
        shop = factories.license(type="retailer", licensee=mesa.licensee, mature_plants=None)
        page = text(as_tomas.get(at(shop)))
        assert "What you sold" in page and "Your plants" not in page and "Harvest" not in page
        typed_in(as_tomas, shop)
        sent_off(as_tomas, shop)
        assert MonthlyReport.objects.get(license=shop).flowering_female == 0

    def test_of_a_month_that_runs_has_reasons_and_no_form(self, as_tomas, mesa):
        for month, words in (("2026-09", "has not ended yet"), ("2025-12", "issued on Monday, January 5, 2026")):
            page = as_tomas.get(at(mesa, f"{month}/"))
            assert words in text(page) and "germination" not in page.content.decode()
            answer = as_tomas.post(at(mesa, f"{month}/"), TYPED | {"save": "check"})
            assert answer.status_code == 409 and 'value="1500"' in answer.content.decode()
        assert not MonthlyReport.objects.exists()

    @pytest.mark.parametrize("month", ["2026-13", "1999-01", "2026-8", "x", "20260-1"])
    def test_of_no_month_is_no_page(self, month, as_tomas, mesa):
        assert as_tomas.get(at(mesa, f"{month}/")).status_code == 404


class TestACorrection:
    @pytest.fixture
    def sent(self, mesa, tomas) -> MonthlyReport:
        return send_report(mesa, AUGUST, numbers(), by=tomas, at=NOW)

    def test_shows_both_numbers_asks_why_and_keeps_both(self, as_tomas, mesa, sent):
        assert "Change this report" in text(as_tomas.get(at(mesa)))
        typed_in(as_tomas, mesa, stock_g="31,000")
        look = text(as_tomas.get(at(mesa, "2026-08/check/")))
        assert "Stock 30,000 g 31,000 g Changed" in look and "Total sales 80,000 g 80,000 g None" in look
        _, answer = sent_off(as_tomas, mesa)
        assert "Say why you change it." in text(answer) and MonthlyReport.objects.count() == 1
        _, answer = sent_off(as_tomas, mesa, reason="We found a box.")
        page = text(as_tomas.get(answer["Location"]))
        assert "We found a box." in page and "Stock: 30,000 g before, 31,000 g now" in page
        assert [it.stock_g for it in MonthlyReport.objects.order_by("revision")] == [30000, 31000]

    def test_of_nothing_is_refused_with_the_reason_kept(self, as_tomas, mesa, sent):
        typed_in(as_tomas, mesa)
        _, answer = sent_off(as_tomas, mesa, reason="No idea.")
        assert "Nothing here differs" in text(answer) and "No idea." in answer.content.decode()


class TestWhoReads:
    def test_a_viewer_reads_and_does_not_send(self, mesa):
        viewer = Client()
        viewer.force_login(factories.representative(mesa.licensee, "viewer"))
        page = text(viewer.get(at(mesa)))
        assert "You can read this page, but not send a report." in page and "Check your numbers" not in page
        assert viewer.post(at(mesa), TYPED).status_code == 404
        assert viewer.get(at(mesa, "2026-08/check/")).status_code == 404

    def test_several_licenses_are_seen_with_what_each_wants(self, as_tomas, mesa):
        other = factories.license(licensee=mesa.licensee, issued_on=date(2026, 9, 2))
        page = text(as_tomas.get(at(mesa, "")))
        assert other.number in page and "Nothing to send now" in page
        assert mesa.number in text(as_tomas.get(at(other, "")))

    def test_plain_words_and_few_queries(self, as_tomas, mesa, tomas):
        send_report(mesa, date(2026, 7, 1), numbers(), by=tomas, at=NOW)
        send_report(mesa, date(2026, 7, 1), numbers(stock_g=6000), by=tomas, at=NOW, reason="Counted again.")
        as_tomas.get("/profile/")
        typed_in(as_tomas, mesa, flowering_female="2,001")
        for page in ("", "2026-08/", "2026-08/check/", "2026-07/", "2026-07/?change=1", "2026-09/"):
            with CaptureQueriesContext(connection) as asked:
                body = as_tomas.get(at(mesa, page)).content.decode()
            assert len(asked) <= 12, (page, len(asked))
            words = plain.without_tags(re.sub(r'<main id="main".*?>', "<main>", body))
            assert plain.grade(words) <= 6, (page, plain.grade(words))
            longest = plain.longest(words)
            assert len(plain.words_in(longest)) <= 20 or longest in POINTS, (page, longest)


class TestTheOffice:
    def desk(self, client, query: str = "") -> str:
        return text(client.get(f"/reports/{query}"))

    @pytest.fixture
    def months(self, mesa, tomas) -> None:
        """August: one in time and corrected, one late, one not sent, one that owes none."""
        send_report(mesa, AUGUST, numbers(), by=tomas, at=NOW)
        send_report(mesa, AUGUST, numbers(stock_g=6000), by=tomas, at=NOW, reason="Counted again.")
        late = factories.premises(license=factories.license(number="CCD-2026-7001", type="retailer"), county="Mora")
        facts = {"sent_at": NOW, "sent_by": tomas, "sent_on": date(2026, 9, 16), "source": "import"}
        MonthlyReport.objects.create(license=late.license, month=AUGUST, **NOTHING, **facts)
        factories.license(number="CCD-2026-7002")
        factories.license(number="CCD-2026-7003", type="courier")

    def test_sees_who_sent_late_or_not_at_all(self, as_dana, mesa, months):
        page = self.desk(as_dana, "?month=2026-08")
        assert "Monthly reports: August 2026" in page and "Licenses for August 2026: 3." in page
        for tile in ("1 Not sent", "1 Sent late", "1 Corrected", "2 Sent"):
            assert tile in page
        assert "CCD-2026-7003" not in page

    def test_is_ordered_by_its_heads(self, as_dana, mesa, months):
        html = as_dana.get("/reports/?month=2026-08&sort=-number").content.decode()
        found = re.findall(r'class="fac" href="[^"]*">([\w-]+)<', html)
        assert found == sorted(found, reverse=True) and len(found) == 3
        assert (
            'aria-sort="descending"' in html and "month=2026-08" in re.findall(r'href="([^"]*sort=licensee)', html)[0]
        )

    @pytest.mark.parametrize(
        ("query", "numbers"),
        [
            ("state=missing", ["7002"]), ("state=late", ["7001"]), ("state=corrected", ["mesa"]),
            ("state=sent", ["7001", "mesa"]), ("county=Mora", ["7001"]), ("type=retailer", ["7001"]),
            ("type=retailer&state=missing", []), ("state=nonsense", ["7001", "7002", "mesa"]),
        ],
    )  # fmt: skip
    def test_narrows_the_list_in_the_address(self, query, numbers, as_dana, mesa, months):
        page = self.desk(as_dana, f"?month=2026-08&{query}")
        found = {"7001": "CCD-2026-7001", "7002": "CCD-2026-7002", "mesa": mesa.number}
        assert [name for name, number in found.items() if number in page] == sorted(numbers)

    @pytest.mark.parametrize("month", ["", "nonsense", "2026-09", "2027-01", "1999-01", "9999-12"])
    def test_begins_with_the_last_month_that_ended(self, month, as_dana):
        assert "August 2026" in self.desk(as_dana, f"?month={month}")

    def test_before_the_day_nothing_is_missing(self, as_dana, mesa):
        page = self.desk(as_dana)
        assert "1 Not sent yet" in page and "Due" in page and "Missing" not in page

    def test_goes_on_by_number_in_twelve_queries(self, as_dana):
        firm = factories.licensee()
        for n in range(30):
            factories.license(number=f"CCD-2026-{6000 + n}", licensee=firm)
        as_dana.get("/profile/")
        with CaptureQueriesContext(connection) as asked:
            first = as_dana.get("/reports/?month=2026-08")
        assert len(asked) <= 12 and not any("OFFSET" in query["sql"] for query in asked)
        following = unescape(re.search(r'href="([^"]+)" rel="next"', first.content.decode())[1])
        page = text(as_dana.get(following))
        assert "CCD-2026-6025" in page and "CCD-2026-6024" not in page and "month=2026-08" in following

    def test_reads_one_license_with_every_correction_and_doubt(self, as_dana, mesa, months, tomas):
        send_report(mesa, date(2026, 7, 1), numbers(flowering_female=2500), by=tomas, at=NOW)
        page = text(as_dana.get(f"/licenses/{mesa.number}/reports/"))
        assert "Counted again." in page and "Stock: 30,000 g before, 6,000 g after" in page
        assert "2,500 mature plants are more than the 2,000" in page
        assert "No report came. It was due by" in page


class TestFiles:
    def upload(self, client, content: str, month: str = "2026-08"):
        file = SimpleUploadedFile("august.csv", content.encode(), "text/csv")
        return client.post("/reports/import/", {"file": file, "month": month, "once": new_key()}, follow=True)

    def test_a_file_is_taken_in_and_its_held_rows_settled(self, as_dana, dana, mesa):
        rows = [report_files.row(mesa.number), report_files.row("CCD-2020-0001"), report_files.row("CCD-2020-0002")]
        page = text(self.upload(as_dana, report_files.text(*rows)))
        assert "This is what became of its rows." in page and "august.csv August 2026" in page
        run = ReportImport.objects.get()
        assert (run.by, run.rows, run.created, run.held) == (dana, 3, 1, 2)
        assert "License not on record" in text(as_dana.get("/reports/held/"))
        wrong, foreign = HeldReport.objects.order_by("line")
        here = f"/reports/held/{wrong.key}/"
        assert "CCD-2020-0001 is not on record." in text(as_dana.get(here))
        other = factories.license()
        cells = report_files.row(other.number) | {"how": "A slip of the pen.", "once": new_key()}
        refused = as_dana.post(f"{here}correct/", cells | {"sold_g": "1"})
        assert "has to be the same" in text(refused) and "A slip of the pen." in refused.content.decode()
        page = text(as_dana.post(f"{here}correct/", cells | {"once": new_key()}, follow=True))
        assert "The row is settled." in page and "Set right" in page
        assert MonthlyReport.objects.filter(license=other, sent_by=dana).exists()
        there = f"/reports/held/{foreign.key}/set-aside/"
        as_dana.post(there, {"note": "Another state.", "once": new_key()})
        assert "No row waits" in text(as_dana.get("/reports/held/"))
        assert "Another state." in text(as_dana.get(f"/reports/held/{foreign.key}/"))

    @pytest.mark.parametrize(
        ("content", "month", "words"),
        [
            ("%PDF-1.7", "2026-08", "This is a PDF, not a CSV file"),
            ("a,b\n1,2\n", "2026-08", "This is not a file of monthly reports"),
            (report_files.text(report_files.row("x")), "2026-09", "has not ended yet"),
            (report_files.text(report_files.row("x")), "soon", "is not a month such as 2026-08"),
        ],
    )
    def test_a_file_that_is_none_says_why(self, content, month, words, as_dana):
        assert words in text(self.upload(as_dana, content, month))
        assert not ReportImport.objects.exists()
