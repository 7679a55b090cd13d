"""The pages of findings and measures: what a supervisor does there, what others see, lists and files."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client

from accounts.models import Role, User
from licensing.models import ShortageFinding, ShortageMeasure
from tests import factories
from tests.licensing.shortages import EXCLUSION, FEE, NOW, QUOTA, SET_ASIDE, exhausted, found, ordered, report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(marco) -> Client:
    return signed_in(marco)


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(value, part)) for part in ("month", "day", "year")}


FINDING = {"is_shortage": "yes", "statewide": "on", "evidence": "Waits.", **day("period_from", date(2026, 5, 1))}
ORDER = {"percent": "10", "words": "Shelves are empty.", **day("starts_on", date(2026, 12, 1))}


def order_url(finding, kind) -> str:
    return f"{finding.get_absolute_url()}order/{kind}/"


class TestFinding:
    def test_is_recorded_once_however_often_it_is_sent(self, desk):
        for _ in range(2):
            reply = desk.post("/shortage/findings/new/", FINDING | {"once": "one"})
        finding = ShortageFinding.objects.get()
        assert reply["Location"] == finding.get_absolute_url()
        assert finding.period_to == date(2026, 10, 31)
        assert "Throughout the state" in desk.get(reply["Location"]).text

    @pytest.mark.parametrize(
        ("facts", "says"),
        [
            ({"statewide": ""}, "name the areas"), ({"evidence": ""}, "Say what shows it"),
            (day("period_from", date(2026, 5, 18)), "Find after it has ended"), ({"is_shortage": ""}, "Say whether"),
        ],
    )  # fmt: skip
    def test_says_what_is_missing_and_keeps_the_words(self, desk, facts, says):
        reply = desk.post("/shortage/findings/new/", FINDING | facts)
        assert reply.status_code == 200 and says in reply.text and not ShortageFinding.objects.exists()
        assert ("Waits." in reply.text) is ("evidence" not in facts)

    def test_is_withdrawn_with_a_reason(self, desk, marco):
        finding = found(marco)
        url = f"{finding.get_absolute_url()}withdraw/"
        assert desk.post(url, {"reason": ""}).status_code == 200
        assert desk.post(url, {"reason": "Wrong numbers."}).status_code == 302
        page = desk.get(finding.get_absolute_url()).text
        assert "withdrawn" in page and "Wrong numbers." in page

    def test_can_not_be_withdrawn_under_a_measure_and_the_page_says_so(self, desk, marco):
        measure = ordered(marco)
        page = desk.get(f"{measure.finding.get_absolute_url()}withdraw/").text
        assert "End this measure first" in page and "<textarea" not in page


class TestOrder:
    def test_each_kind_says_what_stands_against_it(self, desk, marco):
        finding = found(marco)
        page = desk.get(f"{finding.get_absolute_url()}order/").text
        assert "exhausted and recorded" in page
        assert [f"order/{kind}/" in page for kind in (SET_ASIDE, FEE, EXCLUSION, QUOTA)] == [True, True, False, True]
        exhausted(marco, finding=finding)
        assert f"order/{EXCLUSION}/" in desk.get(f"{finding.get_absolute_url()}order/").text

    def test_is_looked_at_before_it_is_given(self, desk, marco):
        finding, _shop = found(marco), factories.license(type="retailer")
        look = desk.post(order_url(finding, SET_ASIDE), ORDER)
        assert re.search(r"1 license\s", look.text)
        assert "From December 1, 2026 you must keep at least 10 percent of your stock" in look.text
        assert not ShortageMeasure.objects.exists()
        changed = desk.post(order_url(finding, SET_ASIDE), ORDER | {"change": "yes"})
        assert "Shelves are empty." in changed.text and not ShortageMeasure.objects.exists()
        given = desk.post(order_url(finding, SET_ASIDE), ORDER | {"confirm": "yes"})
        measure = ShortageMeasure.objects.get()
        assert given["Location"] == measure.get_absolute_url()
        assert (measure.starts_on, measure.percent, measure.ends_on) == (date(2026, 12, 1), 10, None)

    @pytest.mark.parametrize(
        ("kind", "facts", "says"),
        [
            (SET_ASIDE, {"percent": "9"}, "The rule sets 10 percent"), (QUOTA, {"percent": "25.01"}, "at most 25 percent"),
            (FEE, {"fee": "2"}, "One of the two"), (EXCLUSION, {}, "exhausted and recorded"),
            (SET_ASIDE, day("starts_on", date(2026, 11, 16)), "before the day it is ordered"),
            (SET_ASIDE, {"words": ""}, "Write the order"),
        ],
    )  # fmt: skip
    def test_is_refused_with_the_reason(self, desk, marco, kind, facts, says):
        reply = desk.post(order_url(found(marco), kind), ORDER | facts | {"confirm": "yes"})
        assert reply.status_code == 200 and says in reply.text
        assert not ShortageMeasure.objects.exists()

    def test_a_quota_of_a_quarter_with_more_tracking_is_ordered(self, desk, marco):
        facts = ORDER | {"percent": "25", "tracking": "Tag each plant.", "confirm": "yes"}
        assert desk.post(order_url(found(marco), QUOTA), facts).status_code == 302
        assert "Tag each plant." in desk.get(ShortageMeasure.objects.get().get_absolute_url()).text

    def test_an_unknown_kind_is_absent(self, desk, marco):
        assert desk.get(order_url(found(marco), "tax")).status_code == 404


class TestMeasure:
    def test_from_a_lower_fee_to_an_exclusion_and_its_end(self, desk, marco):
        """The way the rule wants it, through the pages."""
        finding, confirm = found(marco), {"confirm": "yes"}
        start = day("starts_on", date(2026, 11, 17))
        fee = desk.post(order_url(finding, FEE), {**start, "percent": "50", "words": "More plants."} | confirm)[
            "Location"
        ]
        said = {**day("exhausted_on", date(2026, 11, 17)), "reason": "Nobody grew more."}
        assert desk.post(f"{fee}exhausted/", said).status_code == 302
        assert "It is on record as exhausted" in desk.get(f"{fee}exhausted/").text
        reply = desk.post(order_url(finding, EXCLUSION), {**start, "words": "Nothing else helped."} | confirm)
        exclusion = reply["Location"]
        early = {**day("last_day", date(2027, 5, 15)), "reason": "Enough."}
        assert "at least 6 months" in desk.post(f"{exclusion}end/", early).text
        assert desk.post(f"{exclusion}end/", early | day("last_day", date(2027, 5, 16))).status_code == 302
        assert "May 16, 2027" in desk.get(exclusion).text

    def test_one_that_has_not_begun_is_called_off(self, desk, marco):
        measure = ordered(marco, starts_on=date(2026, 12, 1))
        url = f"{measure.get_absolute_url()}end/"
        assert "Enter the last day." in desk.post(url, {"reason": "No need."}).text
        assert desk.post(url, {"reason": "No need.", "call_off": "on"}).status_code == 302
        assert "called off" in desk.get(measure.get_absolute_url()).text
        assert "called off" in desk.get("/shortage/").text.lower()

    def test_one_that_has_begun_is_not_called_off(self, desk, marco):
        assert "call_off" not in desk.get(f"{ordered(marco).get_absolute_url()}end/").text


@pytest.fixture
def shops(marco) -> ShortageMeasure:
    """Thirty shops under a set-aside; in October two reported."""
    at = factories.at("2026-09-15 09:00")
    measure = ordered(marco, at=at, finding=found(marco, at=at, period_from=date(2026, 3, 1)))
    for n in range(30):
        shop = factories.license(type="retailer", number=f"CCD-2025-{n:04}", issued_on=date(2025, 1, 5))
        if n < 2:
            report(shop, date(2026, 10, 1), marco, stock_g=1000, stock_medical_g=(100, 99)[n])
    factories.premises(license=shop, county="Mora")
    return measure


class TestWhoMetIt:
    def names(self, page) -> list[str]:
        return re.findall(r'<a class="fac" href="/licenses/[^"]*">([^<]*)</a>', page.text)

    def test_is_a_list_by_number_in_pages(self, desk, shops):
        first = desk.get(shops.get_absolute_url())
        assert "It binds 30 licenses now." in first.text
        after = re.search(r'href="([^"]*after=[^"]*)" rel="next"', first.text)
        second = desk.get(after[1].replace("&amp;", "&"))
        assert self.names(first) + self.names(second) == [f"CCD-2025-{n:04}" for n in range(30)]

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("standing=met", 1), ("standing=not_met", 1), ("standing=missing", 25), ("q=CCD-2025-0007", 1),
            ("county=Mora", 1), ("type=producer", 0), ("month=2026-10&standing=met", 1), ("month=1999-01", 25),
        ],
    )  # fmt: skip
    def test_is_narrowed_by_filters(self, desk, shops, query, count):
        assert len(self.names(desk.get(f"{shops.get_absolute_url()}?{query}"))) == count

    def test_says_for_each_month_how_many(self, desk, shops):
        page = desk.get(shops.get_absolute_url()).text
        row = re.search(r"October 2026</a>(.*?)</tr>", page, re.DOTALL)[1]
        assert re.findall(r"<td[^>]*>\s*(\d+)", row) == ["1", "1", "28"]

    def test_leaves_as_a_file_with_the_same_filters(self, desk, shops):
        reply = desk.get(f"{shops.get_absolute_url()}licenses.csv?standing=missing")
        lines = list(csv.reader(io.StringIO(reply.getvalue().decode("utf-8-sig"))))
        assert len(lines) == 29 and lines[1][:2] == ["2026-10", "CCD-2025-0002"] and lines[1][4] == "No report"
        one = desk.get(f"{shops.get_absolute_url()}licenses.csv?standing=not_met").getvalue().decode("utf-8-sig")
        assert one.splitlines()[1].endswith("Retailer,Not met,10.00,99.000,1000.000,g")

    def test_of_a_measure_that_reports_do_not_tell_of_is_a_plain_list(self, desk, marco):
        measure = ordered(marco, FEE)
        farm = factories.license(type="producer")
        page = desk.get(measure.get_absolute_url())
        assert self.names(page) == [farm.number] and "Month by month" not in page.text
        assert farm.number in desk.get(f"{measure.get_absolute_url()}licenses.csv").getvalue().decode()

    def test_of_2022_stands_as_history(self, desk, marco):
        shop = factories.license(type="retailer", issued_on=date(2022, 1, 5), number="CCD-2022-0001")
        report(shop, date(2022, 12, 1), marco, sold_g=100, sold_medical_g=25, sold_commercial_g=75)
        page = desk.get("/shortage/efforts/")
        assert self.names(page) == ["CCD-2022-0001"] and "December 2022" in page.text
        assert "Met" in desk.get("/shortage/efforts/licenses.csv").getvalue().decode()


class TestOverview:
    def test_says_what_a_supervisor_may_do_next(self, desk, marco):
        assert "Say whether there is a shortage" in desk.get("/shortage/").text
        finding = found(marco)
        assert f"{finding.get_absolute_url()}order/" in desk.get("/shortage/").text
        ordered(marco, finding=finding)
        assert "1 measure in force or planned." in desk.get("/shortage/").text

    def test_shows_measures_by_where_they_stand(self, desk, marco):
        at = factories.at("2026-06-01 09:00")
        finding = found(marco, at=at, period_from=date(2025, 11, 1))
        ordered(marco, QUOTA, at=at, finding=finding, ends_on=date(2026, 11, 16))
        ordered(marco, finding=finding)
        ordered(marco, FEE, finding=finding, starts_on=date(2026, 12, 1))
        page = desk.get("/shortage/").text
        parts = re.split(r"<h2 id=\"(?:in-force|planned|past)-h\">", page)[1:]
        assert ["set aside" in parts[0], "Lower fee" in parts[1], "Quota" in parts[2]] == [True] * 3

    @pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR])
    def test_others_of_the_division_read_and_do_not_act(self, marco, role):
        measure = ordered(marco)
        reader = signed_in(factories.user(role))
        for url in ("/shortage/", measure.get_absolute_url(), measure.finding.get_absolute_url()):
            page = reader.get(url)
            assert page.status_code == 200 and "What you may do" not in page.text and "next step" not in page.text
        assert reader.get(f"{measure.get_absolute_url()}end/").status_code == 403

    def test_licensees_find_nothing_there(self, marco, tomas):
        measure = ordered(marco)
        for url in ("/shortage/", "/shortage/efforts/", measure.get_absolute_url()):
            assert signed_in(tomas).get(url).status_code == 404


def test_the_include_for_a_licensees_page_says_what_a_measure_asks(marco):
    from django.template.loader import render_to_string

    from licensing.queries.shortage import effects_on_license
    from tests.inspections import plain

    ordered(marco, starts_on=date(2026, 12, 1))
    ordered(marco, QUOTA, tracking="Tag each medical plant.")
    words = effects_on_license(factories.license(type="vertically_integrated"), date(2026, 11, 17))
    page = plain.without_tags(render_to_string("licensing/shortage_effects.html", {"effects": words}))
    assert "From December 1, 2026 you must keep at least 10 percent of your stock" in page
    assert plain.grade(page) <= 6 and len(plain.words_in(plain.longest(page))) <= 20
    assert render_to_string("licensing/shortage_effects.html", {"effects": []}).strip() == ""
