"""A licensee's licenses and requests: what may be asked and when, asking, sending, and what became of it."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casefile.models import Draft
from licensing.models import License, PlantRequest, Representative
from tests import factories
from tests.casefile.test_documents import pdf, photo
from tests.inspections.plain import grade, longest, words_in

pytestmark = pytest.mark.django_db
NOW = factories.at("2026-06-10 09:00")
ANSWERS = {
    "inventory": {"mature": "1,900", "harvested_g": "12,500"},
    "water": {"quantity": "2.5 acre-feet", "allowed": "3 acre-feet", "source": "File 1234"},
    "total_sales": {"sold_g": "90000", "period": "Since we opened"},
    "social_equity": {"progress": "We hired two people.", "people": "Four of us.", "places": ["acequia", "tribal"]},
    "cultivation_plan": {"summary": "In two rooms."},
}
MONTHS = ("2026_03", "2026_04", "2026_05")
HARVESTED = {f"harvested_{month}": "100" for month in MONTHS}
SALES = {f"{kind}_{month}": "1000" for kind in ("medical", "commercial") for month in MONTHS}
TYPED = ANSWERS | {"harvested": HARVESTED, "sales": SALES}


@pytest.fixture(autouse=True)
def clock(time_machine, settings):
    settings.PDF_AT_ONCE = False
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def license(place, holidays) -> License:
    License.objects.filter(pk=place.license.pk).update(level=1)
    return License.objects.get(pk=place.license.pk)


@pytest.fixture
def as_tomas(client, tomas, license) -> Client:
    client.force_login(tomas)
    return client


def shown(answer) -> str:
    main = re.search(r"<main.*?>(.*)</main>", answer.content.decode(), re.DOTALL)
    assert main
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[1])).split())


def hidden(answer, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, f"no field {name}"
    return found[1]


def ask(license: License, kind: str = "increase") -> str:
    return f"/my-licenses/{license.number}/ask/{kind}/"


def chosen(client: Client, license: License, kind: str = "increase", **choice: object) -> str:
    """The address of the draft that begins with a choice."""
    page = client.get(ask(license, kind))
    answer = client.post(ask(license, kind), choice | {"seen": hidden(page, "seen"), "save": "next"})
    assert answer.status_code == 302, shown(answer)
    return answer["Location"]


def fill(client: Client, here: str, *pieces: str) -> None:
    for piece in pieces:
        page = client.get(f"{here}send/{piece}/")
        body = TYPED[piece] | {"seen": hidden(page, "seen"), "save": "next"}
        files = {"files": [photo_file(piece)]} if piece in ("water", "cultivation_plan") else {}
        answer = client.post(f"{here}send/{piece}/", body | files)
        assert answer.status_code == 302, shown(answer)


def photo_file(name: str):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(f"{name}.pdf", pdf(), "application/pdf")


def send(client: Client, here: str):
    check = client.get(f"{here}check/")
    body = {name: hidden(check, name) for name in ("once", "seen", "version", "author")}
    return check, client.post(f"{here}check/", body), body


INCREASE = ("inventory", "water", "harvested", "sales", "total_sales", "social_equity")


def test_an_increase_is_asked_for_and_sent(as_tomas, license):
    page = shown(as_tomas.get("/my-licenses/"))
    assert "You may ask for up to 4,000 more plants now." in page
    here = chosen(as_tomas, license, plants="1,500")
    fill(as_tomas, here, *INCREASE)
    check, answer, body = send(as_tomas, here)
    assert "1,500 more plants" in shown(check) and "2.5 acre-feet" in shown(check)
    assert answer["Location"] == here
    case = PlantRequest.objects.get()
    assert (case.state, case.plants, case.at_renewal) == ("submitted", 1500, False)
    assert case.pieces.count() == 6 and not Draft.objects.exists()
    assert case.missing() == []
    assert as_tomas.post(f"{here}check/", body)["Location"] == here
    sent = shown(as_tomas.get(here))
    assert "You do not need to do anything now." in sent and "An acequia community" in sent
