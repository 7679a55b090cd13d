"""The office's pages in a real browser: no axe violation, nothing wider than the window, nothing against the CSP."""

import pytest
from django.urls import reverse

from inspections.actions import visit
from inspections.models import CatalogEntry
from tests import factories
from tests.browser import chromium
from tests.inspections import states

pytestmark = pytest.mark.browser

SHOTS = None


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


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_page_is_well(house, marco, faults, width):
    assert [line for page in pages(house) for line in faults(marco, page, width=width)] == []
