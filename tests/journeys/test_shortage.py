"""A shortage measure that changes a decision: two licenses with equal reports, one bound by it and one not."""

from datetime import date

import pytest

from casefile.models import Notice
from licensing.models import License, PlantRequest, ShortageMeasure
from tests import factories, invariants
from tests.journeys.people import Officer, Supervisor
from tests.journeys.test_licensing import reads_the_letter
from tests.licensing import asked, shortages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

ORDERED = factories.at("2026-01-15 09:00")
MONTHS = (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1))
SOLD = {"produced_g": 1_000, "sold_g": 1_000, "sold_medical_g": 90, "sold_commercial_g": 910, "harvested_plants": 600}
STOCK = {"stock_g": 500, "stock_medical_g": 20, "flowering_female": 2_900}
FACTS = {"level": 2, "mature_plants": 3_000, "issued_on": date(2025, 10, 2), "expires_on": date(2026, 10, 2)}


@pytest.fixture
def shop(place) -> License:
    """High Mesa grows and sells; a set-aside binds it."""
    License.objects.filter(pk=place.license.pk).update(type="vertically_integrated", **FACTS)
    return License.objects.get(pk=place.license.pk)


@pytest.fixture
def farm(place) -> License:
    """Another firm grows only."""
    return factories.license(type="producer", **FACTS)


def orders_a_set_aside(marco: Supervisor) -> None:
    """From the overview: what was found, then what is ordered, looked at once more."""
    marco.signs_in()
    marco.goes_to("/shortage/")
    marco.reads("Say whether there is a shortage")
    marco.presses("Record a finding")
    marco.chooses("is_shortage", "yes")
    fills_day(marco, "period_from", date(2025, 7, 1))
    marco.page.get_by_text("Throughout the state").click()
    marco.writes(evidence="Patients waited eleven days.")
    marco.presses("Record a finding")
    marco.presses("Order a measure")
    marco.reads("Commercial activity is excluded only after measures to increase production are exhausted")
    marco.page.locator("a[href$='/order/set_aside/']").click()
    fills_day(marco, "starts_on", date(2026, 2, 1))
    marco.writes(words="Keep stock for patients.")
    marco.presses("Check the order")
    marco.reads("From February 1, 2026 you must keep at least 10 percent of your stock", "It binds now 1 license")
    marco.presses("Order this measure")
    marco.reads("Planned", "At least 10 percent of the stock is for medical sale")


def fills_day(who: Supervisor, name: str, day: date) -> None:
    for part in ("month", "day", "year"):
        who.page.fill(f"[name={name}_{part}]", str(getattr(day, part)))


def weighs(dana: Officer, case: PlantRequest) -> str:
    """What the page of the decision says of medical sales."""
    dana.goes_to(f"/requests/{case.file.number}/decide/")
    return dana.page.locator("body").inner_text().split("16.8.8.10(B)(1)")[1].split("16.8.8.10(B)(2)")[0]


def test_a_measure_changes_a_decision(shop, farm, clock, marco, dana, tomas):
    clock.until(ORDERED)
    orders_a_set_aside(marco)
    clock.wait(minutes=10)
    letter = Notice.objects.get(letter="licensing.measure_ordered")
    assert letter.deliveries.get().state == "accepted" and shop.number in letter.text

    clock.until(asked.SENT)
    for license in (shop, farm):
        for month in MONTHS:
            shortages.report(license, month, tomas.user, sent_at=clock.now, sent_on=date(2026, 6, 1), **SOLD, **STOCK)
    bound, free = (asked.in_review(dana.user, license) for license in (shop, farm))
    clock.until(asked.DECIDED)

    dana.signs_in()
    assert "Not applicable" in weighs(dana, free)
    dana.presses("Check the letter")
    dana.presses("Approve the request")
    assert "Not met" in weighs(dana, bound)
    dana.goes_to(f"/requests/{bound.file.number}/deny/")
    dana.writes(reasons="Sell at least 10 percent to the medical program, as the order asks.")
    dana.presses("Check the letter")
    dana.presses("Deny the request")
    dana.goes_to(ShortageMeasure.objects.get().get_absolute_url())
    dana.reads("May 2026 0 1 0", f"{shop.number} {shop.licensee.name}", "Not met 20 of 500 g")

    clock.wait(minutes=10)
    reads_the_letter(tomas, bound, "licensing.request_denied", "We denied your request", "Sell at least 10 percent")
    tomas.goes_to(f"/my-licenses/{shop.number}/")
    tomas.reads("Since February 1, 2026 you must keep at least 10 percent of your stock for medical sale.")
    assert asked.fresh(free).state == "approved"
    invariants.assert_kept()
