"""Plants, in browsers without scripts: a level is given, an increase is granted in part, and one is denied."""

from datetime import date

import pytest

from casefile.models import Notice
from inspections.actions import notice
from licensing.actions.answers import save_answers
from licensing.actions.requests import attach_document
from licensing.models import License, PlantRequest
from tests import factories, invariants
from tests.casefile.test_documents import pdf
from tests.journeys.people import Licensee, Officer
from tests.licensing.mine import TYPED, paper

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

MONTHS = ("2023_12", "2024_01", "2024_02")
ANSWERS = TYPED | {
    "harvested": {f"harvested_{month}": "600" for month in MONTHS},
    "sales": {f"{kind}_{month}": "1,000" for kind in ("medical", "commercial") for month in MONTHS},
}
PAPERS = ("water", "cultivation_plan")


@pytest.fixture
def license(place) -> License:
    """A producer's license of the year that began in October 2023."""
    year = {"issued_on": date(2023, 10, 2), "expires_on": date(2024, 10, 2)}
    License.objects.filter(pk=place.license.pk).update(**year, level=1, mature_plants=2_000)
    return License.objects.get(pk=place.license.pk)


def answers(tomas: Licensee, *pieces: str) -> None:
    """Piece after piece, as the pages lead from one to the next."""
    for piece in pieces:
        assert tomas.page.url.endswith(f"/send/{piece}/"), tomas.page.url
        for name, value in ANSWERS[piece].items():
            if isinstance(value, list):
                for one in value:
                    tomas.chooses(name, one)
            else:
                tomas.page.fill(f"[name={name}]", value)
        if piece in PAPERS:
            file = {"name": f"{piece}.pdf", "mimeType": "application/pdf", "buffer": pdf()}
            tomas.page.set_input_files("#files", file)
        tomas.page.locator("button[name=save][value=next]").click()
        tomas.looks()


def as_text(value: object) -> str:
    return ",".join(value) if isinstance(value, list) else str(value)


def asks(tomas: Licensee, license: License, what: str, *, begun: bool = False, **choice: str) -> PlantRequest:
    """From the list of licenses to the sending; the pieces of a request that was `begun` are typed already."""
    tomas.signs_in()
    tomas.presses("Licenses")
    tomas.presses(license.number)
    tomas.presses(what)
    for name, value in choice.items():
        if name == "level":
            tomas.chooses(name, value)
        else:
            tomas.page.fill(f"[name={name}]", value)
    tomas.presses("Check")
    tomas.reads("You may ask for")
    tomas.presses("Save and go on")
    case = PlantRequest.objects.get()
    first, *others = [it.key for it in case.required if it.key != "level"]
    if begun:
        parts = {key: {name: as_text(value) for name, value in ANSWERS[key].items()} for key in (first, *others)}
        save_answers(case, parts, seen={}, by=tomas.user, at=case.file.opened_at)
        attach_document(case, "water", paper(), by=tomas.user, at=case.file.opened_at)
        tomas.presses("Check your answers and send")
    else:
        tomas.page.locator(f"a[href$='/send/{first}/']").click()
        answers(tomas, first, *others)
    tomas.presses("Send your request")
    tomas.reads("Your request: we have it", "We are checking your request")
    return PlantRequest.objects.get()


def checks(dana: Officer, case: PlantRequest) -> str:
    """Takes the request and finds everything there; the address of the request comes back."""
    here = f"/requests/{case.file.number}/"
    dana.signs_in()
    dana.goes_to("/requests/")
    dana.reads(case.licensee.name)
    dana.goes_to(f"{here}take/")
    dana.presses("Take the request")
    dana.goes_to(f"{here}check/")
    for piece in case.required:
        dana.chooses(f"{piece.key}-mark", "here")
    dana.presses("Finish the check")
    dana.reads("The request is complete. Decide by")
    return here


def reads_the_letter(tomas: Licensee, case: PlantRequest, letter: str, *words: str) -> str:
    """The text of the paper that the page of the request offers."""
    tomas.signs_in()
    tomas.goes_to(f"/my-requests/{case.file.key}/")
    tomas.reads(*words)
    subject = Notice.objects.get(file=case.file, letter=letter).subject
    return tomas.keeps_the_letter(subject)


def test_a_level_is_given(license, clock, dana, tomas):
    License.objects.filter(pk=license.pk).update(level=None, mature_plants=None)
    case = asks(tomas, license, "Ask for a level", level="2", plants="2,500")
    clock.wait(days=1)
    here = checks(dana, case)
    dana.goes_to(f"{here}decide/")
    dana.reads("Level 2, 2,500 mature plants", "16.8.8.9(A)(2)")
    dana.presses("Check the letter")
    dana.presses("Approve the request")

    clock.wait(minutes=10)
    words = reads_the_letter(
        tomas, case, "licensing.designated", "We approved your request", "Level 2 with 2,500 plants"
    )
    assert "2,500" in words and license.number in words
    tomas.goes_to(f"/my-licenses/{license.number}/")
    tomas.reads("Level 2", "Mature plants you may have 2,500", "You may ask for up to 4,000 more plants now.")
    invariants.assert_kept()


def test_an_increase_is_granted_in_part(license, clock, dana, tomas):
    case = asks(tomas, license, "Ask for more plants", plants="1,500")
    clock.wait(days=1)
    here = checks(dana, case)
    dana.goes_to(f"{here}decide/")
    dana.writes(granted="1,000", reasons="The water is enough for 3,000 plants.")
    dana.presses("Check the letter")
    dana.reads("1,000", "The water is enough for 3,000 plants.")
    dana.presses("Approve the request")

    clock.wait(minutes=10)
    said = ("We approved a part of your request", "We gave you 1,000 more plants.", "You have a right to a hearing.")
    words = reads_the_letter(tomas, case, "licensing.increased", *said)
    assert "3,000" in words and "The water is enough" in words
    tomas.goes_to(f"/my-licenses/{license.number}/")
    tomas.reads("3,000 (this number lies in level 2)", "You may ask again from July 4, 2024 on.", "Approved in part")
    invariants.assert_kept()


def test_an_increase_is_denied_for_enforcement(license, place, clock, dana, tomas):
    found = factories.with_findings(dana.user, premises=place, findings=1, when=clock.now)
    notice.serve_nolv(found, by=dana.user, at=clock.now)
    clock.wait(minutes=10)
    case = asks(tomas, license, "Ask for more plants", begun=True, plants="500")
    clock.wait(days=1)
    here = checks(dana, case)
    dana.goes_to(here)
    dana.reads("16.8.8.10(B)(3)", found.file.number)
    dana.goes_to(f"{here}deny/")
    dana.writes(reasons=f"Case {found.file.number} is open. Close it first.")
    dana.presses("Check the letter")
    dana.presses("Deny the request")

    clock.wait(minutes=10)
    said = ("We denied your request", "Close it first.", "You have a right to a hearing.")
    words = reads_the_letter(tomas, case, "licensing.request_denied", *said)
    assert "Uniform Licensing Act" in words and "16.8.8.10(B)(3)" in words
    tomas.goes_to(f"/my-licenses/{license.number}/")
    tomas.reads("Mature plants you may have 2,000", "You may ask again from July 4, 2024 on.", "Denied")
    invariants.assert_kept()
