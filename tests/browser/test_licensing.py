"""The pages of licensing and the rules in a real browser: no fault of access, nothing too wide, all of it without script."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from inspections.actions import notice
from licensing.models import HeldRow, License
from tests import factories
from tests.licensing.extracts import row, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # drives a real browser


@pytest.fixture
def pages(tmp_path, dana, place, holidays, catalog) -> list[str]:
    """Every page of the office with something on it."""
    known = row(business_dba_name="A shop with quite a long name over its door")
    call_command("import_licenses", str(write(tmp_path, known, row(license_number=""))), "--json")
    case = factories.with_findings(dana, premises=place)
    notice.serve_nolv(case, by=dana, at=factories.at("2026-11-17 11:00"))
    held = HeldRow.objects.get().get_absolute_url()
    return [
        "/premises/", "/premises/?q=high&county=Torrance", place.get_absolute_url(), place.license.get_absolute_url(),
        "/licensees/", place.licensee.get_absolute_url(), "/register/", "/register/imports/", held, f"{held}match/",
        f"{held}correct/", f"{held}set-aside/", "/rules/", "/rules/PLT-01/",
    ]  # fmt: skip


@pytest.mark.timeout(300)
def test_the_pages_of_the_office_have_no_fault(pages, faults, dana):
    assert [fault for page in pages for fault in faults(dana, page)] == []


@pytest.mark.timeout(300)
def test_the_pages_of_the_licensee_have_no_fault(faults, place, tomas):
    addresses = [thing.get_absolute_url() for thing in (place, place.license, place.licensee)]
    assert [fault for page in addresses for fault in faults(tomas, page)] == []


def test_a_held_row_is_settled_without_script(pages, signed_in, dana, place):
    page = signed_in(dana, javascript=False)
    page.goto("/register/")
    page.get_by_role("link", name="High Mesa Organics LLC").click()
    page.get_by_role("link", name="Match it to a license").click()
    page.get_by_role("link", name="Use it").click()
    page.get_by_label("How do you know?").fill("Same name and date.")
    page.get_by_role("button", name="Match the row").click()
    expect(page.get_by_role("status").get_by_text("The row is settled.")).to_be_visible()
    assert HeldRow.objects.get().premises.number == "CCD-2022-0064-001"


def test_a_number_is_judged_while_it_is_typed_and_by_the_keyboard(place, signed_in, tomas):
    License.objects.filter(pk=place.license.pk).update(level=1)
    page, said = signed_in(tomas, width=390), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"/my-licenses/{place.license.number}/ask/increase/")
    box = page.get_by_label("How many more plants do you want?")
    box.press_sequentially("700")
    page.get_by_role("status").get_by_text("Plants are added in steps of 500").wait_for()
    box.fill("1,500")
    page.get_by_role("status").get_by_text("You would then have 3,500 mature plants").wait_for()
    assert page.evaluate("document.activeElement.name") == "plants"
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your request: not sent yet")
    assert said == []
    plain = signed_in(tomas, width=390, javascript=False)
    plain.goto(f"/my-licenses/{place.license.number}/ask/increase/")
    plain.fill("[name=plants]", "4,500")
    plain.click("text=Check")
    expect(plain.locator("main")).to_contain_text("The most you may ask for now is 4,000 plants.")
