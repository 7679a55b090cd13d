"""How a licensee's browser asks: what it types, and the way from the choice to the sending."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from licensing.models import License
from tests.casefile.test_documents import pdf
from tests.inspections.plain import hidden, text

MONTHS = ("2026_03", "2026_04", "2026_05")
INCREASE = ("inventory", "water", "harvested", "sales", "total_sales", "social_equity")
DESIGNATION = ("water", "cultivation_plan", "social_equity")
TYPED: dict[str, dict] = {
    "inventory": {"mature": "1,900", "harvested_g": "12,500"},
    "water": {"quantity": "2.5 acre-feet", "allowed": "3 acre-feet", "source": "File 1234"},
    "harvested": {f"harvested_{month}": "100" for month in MONTHS},
    "sales": {f"{kind}_{month}": "1 000" for kind in ("medical", "commercial") for month in MONTHS},
    "total_sales": {"sold_g": "90000", "period": "Since we opened"},
    "social_equity": {"progress": "We hired two people.", "people": "Four of us.", "places": ["acequia", "tribal"]},
    "level": {"words": "It fits."},
    "cultivation_plan": {"summary": "In two rooms."},
}


def ask(license: License, kind: str = "increase") -> str:
    return f"/my-licenses/{license.number}/ask/{kind}/"


def paper(name: str = "water.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf(), "application/pdf")


def chosen(client: Client, license: License, kind: str = "increase", **choice: object) -> str:
    """The address of the draft that begins with a choice."""
    page = client.get(ask(license, kind))
    answer = client.post(ask(license, kind), choice | {"seen": hidden(page, "seen"), "save": "next"})
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def put(client: Client, here: str, piece: str, *, save: str = "next", **more: object):
    """One piece as it is typed here, with these changes."""
    page = client.get(f"{here}send/{piece}/")
    return client.post(f"{here}send/{piece}/", TYPED[piece] | {"seen": hidden(page, "seen"), "save": save} | more)


def fill(client: Client, here: str, *pieces: str) -> None:
    for piece in pieces:
        files = {"files": [paper(f"{piece}.pdf")]} if piece in ("water", "cultivation_plan") else {}
        answer = put(client, here, piece, **files)
        assert answer.status_code == 302, text(answer)


def form_of(check) -> dict[str, str]:
    return {name: hidden(check, name) for name in ("once", "seen", "version", "author")}


def send(client: Client, here: str):
    """Check all answers, and send them."""
    return client.post(f"{here}check/", form_of(client.get(f"{here}check/")))
