"""The office's pages in a real browser: no axe violation, nothing wider than the window, nothing against the CSP."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from inspections.actions import visit
from inspections.models import CatalogEntry
from tests import factories
from tests.browser import chromium
from tests.inspections import states

pytestmark = pytest.mark.browser


@pytest.fixture
def house(site, dana, marco):
    """Cases in many states, one with long names and a count above the license."""
    factories.holidays()
    place = factories.premises(name="The Very Long Name of an Enchanted Acre Farm and Sons, LLC")
    over = CatalogEntry.objects.create(
        code="PLT-01", since="2021-08-24", title="Too many mature plants", citation="16.8.8.9 NMAC",
        description="More mature plants than the license allows.", severity="major",
    )  # fmt: skip
    recording = factories.in_progress(dana, premises=place)
    visit.record_violation(
        recording, factories.entry(), seen="12 of 20 jars had no batch number.", by=dana, at=factories.MORNING,
        photos=[states.picture()],
    )  # fmt: skip
    visit.count_plants(recording, {"flowering_female": 2118}, by=dana, at=factories.MORNING)
    return {
        "place": place,
        "over": over,
        "recording": recording,
        "planned": factories.planned(dana),
        "draft": factories.with_findings(dana),
        "plan": states.waiting_for_plan(dana),
        "plan in": states.plan_to_review(dana),
        "proof in": states.proof_to_review(dana),
        "ready": states.ready_to_close(dana),
        "closed": states.closed(dana),
        "referred": states.referred(dana, marco),
    }


def address(name: str, case=None, **kwargs) -> str:
    return reverse(name, kwargs={"ref": case.file.ref, **kwargs} if case else kwargs)


def pages(house) -> list[str]:
    recording, place = house["recording"], house["place"]
    of_case = ("case", "case_files", "case_letters", "case_history", "case_notes", "case_print")
    return [
        "/work/", "/work/?view=done", "/work/?q=nothing", "/cases/", "/team/", "/team/overdue/",
        address("inspections:inspection_start", number=place.number),
        address("inspections:inspection_plan", number=place.number),
        address("inspections:inspection_begin", house["planned"]),
        address("inspections:inspection_refused", house["planned"]),
        address("inspections:inspection_record", recording),
        address("inspections:inspection_plants", recording),
        address("inspections:violation_record", recording, code="PLT-01"),
        address("inspections:violation_change", recording, n=1),
        address("inspections:violation_remove", recording, n=1),
        address("inspections:inspection_finish", recording),
        address("inspections:inspection_reopen", house["draft"]),
        *(address(f"inspections:{name}", house["proof in"]) for name in of_case),
        *(address("inspections:case", house[name]) for name in ("planned", "draft", "plan", "ready", "closed", "referred")),
        address("inspections:case_reassign", house["plan"]),
        address("inspections:case_extend", house["plan"]),
        address("inspections:case_cancel", house["draft"]),
    ]  # fmt: skip


def test_every_page_is_well(house, marco, faults):
    assert [line for page in pages(house) for line in faults(marco, page)] == []


class TestRecording:
    """With a script the rule is found while typing, words are kept, and photos go up with a bar."""

    @pytest.fixture
    def case(self, site, dana):
        factories.entry(code="LAB-01", title="Labels missing batch number")
        factories.entry(code="SEC-04", title="Camera does not cover the vault", description="A blind spot.")
        return factories.in_progress(dana)

    def test_the_list_of_rules_narrows_while_typing(self, case, dana, signed_in):
        page = signed_in(dana, width=390)
        page.goto(address("inspections:inspection_record", case))
        page.fill("#id_q", "vault blind")
        expect(page.locator("#rules li:visible")).to_have_count(1)
        expect(page.locator("[data-filter-count]")).to_have_text("1 of 2 shown")

    def test_words_are_kept_when_a_field_is_left(self, case, dana, signed_in):
        page = signed_in(dana, width=390)
        where = address("inspections:violation_record", case, code="LAB-01")
        page.goto(where)
        page.fill("[name=seen]", "12 of 20 jars")
        page.press("[name=seen]", "Tab")
        expect(page.locator("[data-saved]")).to_contain_text("Saved at")
        page.goto(where)
        assert page.input_value("[name=seen]") == "12 of 20 jars"

    @pytest.mark.parametrize("javascript", [True, False])
    def test_three_taps_and_a_note_record_a_violation_with_its_photo(self, case, dana, signed_in, javascript):
        page = signed_in(dana, width=390, javascript=javascript)
        page.goto(address("inspections:inspection_record", case))
        page.click("text=Labels missing batch number")
        page.fill("[name=seen]", "12 of 20 jars had no batch number.")
        photo = states.picture("IMG_0001.jpg")
        page.set_input_files("[name=photos]", {"name": photo.name, "mimeType": "image/jpeg", "buffer": photo.read()})
        page.click("text=Record the violation")
        page.wait_for_selector("text=Violation 1 is recorded")
        expect(page.locator("main")).to_contain_text("1 photo")
        assert case.violations.get().photos[0].document.has_copy


def test_an_officer_goes_from_the_list_to_the_end_of_the_visit_by_keyboard_alone(site, dana, signed_in):
    case = factories.in_progress(dana)
    page = signed_in(dana)
    page.goto("/work/")
    for words in ("Record what you see", "Finish the visit"):
        page.get_by_role("link", name=words).first.focus()
        page.keyboard.press("Enter")
        page.wait_for_load_state()
    page.get_by_label("With whom").focus()
    page.keyboard.type("Tomás Lucero")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=The visit has ended in compliance.")
    assert states.fresh(case).outcome == "compliant"


def test_no_page_breaks_the_csp_or_asks_for_what_is_not_there(house, marco, signed_in):
    page = signed_in(marco)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("response", lambda answer: told.append(answer.url) if answer.status >= 400 else None)
    for where in pages(house):
        page.goto(where)
    assert told == []


def test_a_form_with_errors_is_well_and_names_its_fields(house, marco, signed_in):
    page = signed_in(marco, width=390, bypass_csp=True)
    page.goto(address("inspections:violation_record", house["recording"], code="PLT-01"))
    page.click("text=Record the violation")
    page.wait_for_selector("text=There is 1 thing to fix")
    expect(page).to_have_title(chromium.ERROR)
    page.click("section.errsum a")
    assert page.evaluate("document.activeElement.name") == "seen"
    assert chromium.axe_violations(page) == []
