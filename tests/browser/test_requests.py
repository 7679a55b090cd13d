"""Requests about plants in a real browser without scripts: granted in part, a level, denied, and a measure that decides."""

import re
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page

from licensing.models import License, PlantRequest
from tests import factories
from tests.factories import at
from tests.inspections import told
from tests.licensing import asked, shortages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]  # drives a real browser

SPRING = [date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)]


@pytest.fixture(autouse=True)
def quiet(settings, holidays) -> None:
    """No mail is sent, for its papers take seconds."""
    settings.DOORBELL = ""


@pytest.fixture
def farm(place) -> License:
    License.objects.filter(pk=place.license_id).update(level=2, mature_plants=3_000, type="vertically_integrated")
    return License.objects.select_related("licensee").get(pk=place.license_id)


def finding(page: Page, factor: str) -> str:
    """What a factor came to, as its row says."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile(f"^{factor}")))
    return row.get_by_role("cell").last.inner_text().strip()


def check_and_open_decision(page: Page, case: PlantRequest) -> None:
    """From the desk: take it, mark every piece as there, and go on to decide."""
    page.goto("/requests/")
    page.get_by_role("link", name=re.compile(f"^Take the request.*{case.file.number}")).click()
    page.get_by_role("button", name="Take the request").click()
    page.get_by_role("link", name="Check the pieces").click()
    for piece in case.required:
        page.get_by_role("group", name=f"Is it there? {piece.label}").get_by_text("It is there", exact=True).click()
    page.get_by_role("button", name="Finish the check").click()
    page.get_by_role("link", name="Decide", exact=True).click()


def test_part_of_an_increase_is_granted_and_its_licensee_reads_it(signed_in, dana, tomas, farm):
    case = asked.sent(farm, plants=2_000)
    page = signed_in(dana, javascript=False)
    check_and_open_decision(page, case)
    page.get_by_label("How many more plants are granted?").fill("1,500")
    page.get_by_label("Why?").fill("The water is enough for 1,500.")
    page.get_by_role("button", name="Check the letter").click()
    assert page.get_by_text("You can grow 1,500 more plants.").is_visible()
    page.get_by_role("button", name="Approve the request").click()
    assert page.get_by_role("status").get_by_text("the license is changed").is_visible()
    assert License.objects.get(pk=farm.pk).mature_plants == 4_500
    theirs = signed_in(tomas, width=390, javascript=False)
    theirs.goto(f"/my-requests/{case.file.key}/")
    assert theirs.get_by_text("Approved").first.is_visible() and theirs.get_by_text("1,500").first.is_visible()


def test_a_level_is_designated_with_a_count_inside_it(signed_in, dana, tomas, farm):
    License.objects.filter(pk=farm.pk).update(level=None, mature_plants=None)
    farm.level = farm.mature_plants = None
    case = asked.sent(farm, "designation", plants=3_000)
    page = signed_in(dana, javascript=False)
    check_and_open_decision(page, case)
    page.get_by_text("Level 1: 201 to 2,000 mature plants").click()
    page.get_by_label("Why?").fill("The water is enough for level 1.")
    page.get_by_role("button", name="Check the letter").click()
    assert page.get_by_text("3,000 is outside it.").is_visible()
    page.get_by_label("How many mature plants?").fill("1,800")
    page.get_by_role("button", name="Check the letter").click()
    page.get_by_role("button", name="Approve the request").click()
    page.get_by_role("link", name="See the license").click()
    assert page.get_by_text("1,800").first.is_visible()


def test_an_increase_is_denied_for_enforcement(signed_in, dana, tomas, farm):
    told.received(dana, premises=factories.premises(license=farm, number=f"{farm.number}-002"))
    case = asked.in_review(dana, farm)
    page = signed_in(dana, javascript=False)
    page.goto(f"/requests/{case.file.number}/")
    assert finding(page, "Pending or final enforcement") == "Not met"
    page.get_by_role("link", name="Deny the request").click()
    page.get_by_label("Why is it denied?").fill("The notice of November is not answered.")
    page.get_by_role("button", name="Check the letter").click()
    letter = page.get_by_role("region", name="The letter, attached as a PDF")
    assert letter.get_by_text("Notice of License Violation").first.is_visible()
    assert letter.get_by_text("You have a right to a hearing.").is_visible()
    page.get_by_role("button", name="Deny the request").click()
    assert page.get_by_role("heading", level=1).get_by_text("Denied").is_visible()


def test_a_shortage_measure_changes_what_a_factor_comes_to(signed_in, dana, marco, tomas, farm):
    for month in SPRING:
        sold = {"sold_g": 900, "sold_medical_g": 80, "sold_commercial_g": 820, "produced_g": 1_000}
        shortages.report(farm, month, tomas, **{name: Decimal(value) for name, value in sold.items()})
    case = asked.in_review(dana, farm)
    page = signed_in(dana, javascript=False)
    page.goto(f"/requests/{case.file.number}/")
    assert finding(page, "Minimum sale of medical cannabis") == "Not applicable"
    when = at("2026-02-20 09:00")
    found = shortages.found(marco, at=when, period_from=date(2025, 8, 1))
    shortages.ordered(marco, at=when, finding=found)
    page.reload()
    assert finding(page, "Minimum sale of medical cannabis") == "Not met"
    assert page.get_by_text("March 2026: 8.8 percent").is_visible()
