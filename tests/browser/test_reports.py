"""A monthly report in a real browser: without scripts from the first number to a correction; checked while it is typed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casefile.calendar import local_day
from licensing import rules
from licensing.actions.reports import draft_of
from licensing.models import License, MonthlyReport
from tests.browser import chromium
from tests.licensing import report_files

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # drives a real browser


@pytest.fixture
def mesa(site, tomas, place) -> License:
    """A license that was issued in the month that ended last, so that one report is asked."""
    ended = rules.month_before(local_day(timezone.now()))
    days = {"issued_on": ended, "expires_on": ended + timedelta(days=365)}
    License.objects.filter(pk=place.license.pk).update(**days)
    return License.objects.get(pk=place.license.pk)


def fill(page: Page, **facts: str) -> None:
    for name, value in (report_files.NUMBERS | facts).items():
        page.fill(f"#id_{name}", value)


def test_a_report_is_sent_and_corrected_without_scripts(mesa, signed_in, faults, tomas):
    page = signed_in(tomas, width=390, javascript=False)
    page.goto(f"/my-licenses/{mesa.number}/reports/")
    page.click("text=Start your")
    fill(page, sold_g="80,001")
    page.click("text=Check your numbers and send")
    expect(page).to_have_title(chromium.ERROR)
    expect(page.locator(".errsum")).to_contain_text("Medical and commercial sales together are 80,000 g.")
    page.fill("#id_sold_g", "80,000")
    page.click("text=Check your numbers and send")
    expect(page.locator("h1")).to_have_text("Check your numbers")
    page.click("text=Send your report")
    expect(page.locator("h1")).to_contain_text("We got your")

    page.click("text=Change this report")
    page.fill("#id_stock_g", "31,000.5")
    page.click("text=Check your numbers and send")
    expect(page.locator("main table")).to_contain_text(re.compile(r"Stock\s+30,000 g\s+31,000\.5 g\s+Changed"))
    page.fill("#id_reason", "We found a box.")
    page.click("text=Send the change")
    expect(page.locator("main")).to_contain_text("We found a box.")
    assert MonthlyReport.objects.count() == 2
    here = page.url.split("/", 3)[3]
    assert faults(tomas, f"/{here}") + faults(tomas, f"/{here}?change=1") == []


def test_numbers_are_saved_and_checked_while_they_are_typed(mesa, signed_in, tomas):
    page = signed_in(tomas, width=390)
    page.goto(f"/my-licenses/{mesa.number}/reports/")
    page.click("text=Start your")
    page.fill("#id_produced_g", "1,2")
    page.press("#id_produced_g", "Tab")
    said = page.locator("[data-said=produced_g]")
    expect(said).to_have_text("“1,2” is not a number such as 1,234.5.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    fill(page, flowering_female="2,001")
    page.press("#id_stock_medical_g", "Tab")
    expect(said).to_have_text("")
    expect(page.locator("[data-doubts]")).to_contain_text("2,001 mature plants are more than the 2,000")
    assert draft_of(mesa, mesa.issued_on).typed["flowering_female"] == "2,001"
