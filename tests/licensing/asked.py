"""A request in any state, as it got there: everything was done through the actions that people use."""

from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from accounts.models import User
from licensing.actions import requests
from licensing.actions.requests import Asked
from licensing.models import License, PlantRequest
from tests import factories
from tests.factories import at

BEGUN, SENT = at("2026-06-01 09:00"), at("2026-06-01 10:00")  # a Monday
ASKED_BACK, SENT_AGAIN = at("2026-06-03 09:00"), at("2026-06-08 11:00")
COMPLETE, DECIDED = at("2026-06-08 09:00"), at("2026-06-15 09:00")

WORDS = {
    "inventory": {"mature": "1900", "harvested": "12 kg"},
    "water": {"quantity": "3 acre-feet a year"},
    "harvested": {"words": "600 in March, 610 in April, 640 in May"},
    "sales": {"words": "9 kg medical, 20 kg commercial"},
    "total_sales": {"words": "29 kg from March to May"},
    "social_equity": {"words": "Two people of the village were hired."},
    "level": {"words": "Level 2"},
    "cultivation_plan": {"words": "Two rooms, then four."},
}


def paper(name: str = "water right.pdf", *, words: str = "") -> SimpleUploadedFile:
    """A PDF with an empty page; other words make another file."""
    sheet, kept = PdfWriter(), BytesIO()
    sheet.add_blank_page(200, 200)
    sheet.add_metadata({"/Title": words})
    sheet.write(kept)
    return SimpleUploadedFile(name, kept.getvalue(), "application/pdf")


def pieces(kind: str, *, without: tuple[str, ...] = ()) -> dict[str, dict[str, str]]:
    """Something typed for each piece that a request of this kind needs."""
    return {it.key: WORDS[it.key] for it in PlantRequest(kind=kind).required if it.key not in without}


def fresh(case: PlantRequest) -> PlantRequest:
    return PlantRequest.objects.with_license().get(pk=case.pk)


def owner_of(license: License) -> User:
    row = license.licensee.representatives.filter(standing="owner", removed_at=None).select_related("user").first()
    return row.user if row else factories.representative(license.licensee)


def grower(**facts) -> License:
    """An active producer's license of level 2 with 3,000 plants, issued on January 5, 2026."""
    return factories.license(**({"level": 2, "mature_plants": 3_000} | facts))


def begun(license: License | None = None, kind: str = "increase") -> PlantRequest:
    license = license or (grower(level=None, mature_plants=None) if kind == "designation" else grower())
    return requests.start_request(license, kind, by=owner_of(license), at=BEGUN)


def sent(
    license: License | None = None, kind: str = "increase", *, plants: int | None = None, when=SENT,
    without: tuple[str, ...] = (), level: int | None = 2,
) -> PlantRequest:  # fmt: skip
    case = begun(license, kind)
    plants = plants or {"increase": 1_000, "decrease": 300, "designation": 3_000}[kind]
    asked = Asked(plants=plants, level=level, pieces=pieces(kind, without=without))
    return fresh(requests.submit_request(case, asked, by=owner_of(case.license), at=when))


def taken(officer: User, *args, **facts) -> PlantRequest:
    return fresh(requests.take_request(sent(*args, **facts), by=officer, at=SENT))


def incomplete(officer: User, *args, **facts) -> PlantRequest:
    case = taken(officer, *args, **facts)
    wanted = {case.required[0].key: "Say how much of it is dry."} if case.required else {}
    return fresh(requests.ask_for_information(case, wanted, by=officer, at=ASKED_BACK))


def in_review(officer: User, *args, complete_on: date | None = None, **facts) -> PlantRequest:
    case = taken(officer, *args, **facts)
    return fresh(requests.find_complete(case, complete_on, by=officer, at=COMPLETE))


def again_in_review(officer: User, *args, **facts) -> PlantRequest:
    """To decide, after something was missing; with papers, and one piece sent twice."""
    case = begun(*args, **facts)
    owner = owner_of(case.license)
    requests.attach_document(case, "water", paper(), by=owner, at=SENT)
    case = requests.submit_request(case, Asked(plants=1_000, pieces=pieces(case.kind)), by=owner, at=SENT)
    case = requests.take_request(case, by=officer, at=SENT)
    case = requests.ask_for_information(case, {"water": "The paper is for another well."}, by=officer, at=ASKED_BACK)
    requests.attach_document(case, "water", paper("new.pdf", words="new"), by=owner, at=SENT_AGAIN)
    case = requests.submit_request(case, Asked(pieces={"water": WORDS["water"]}), by=owner, at=SENT_AGAIN)
    return fresh(requests.find_complete(case, by=officer, at=SENT_AGAIN))


def approved(officer: User, *args, granted: int | None = None, reasons: str = "", **facts) -> PlantRequest:
    case = in_review(officer, *args, **facts)
    granted = case.plants if granted is None else granted
    assert granted is not None
    said = {"granted": granted, "level": case.level, "reasons": reasons}
    return fresh(requests.approve_request(case, **said, by=officer, at=DECIDED))


def denied(officer: User, *args, reasons: str = "The notice of May stands.", **facts) -> PlantRequest:
    return fresh(requests.deny_request(in_review(officer, *args, **facts), reasons, by=officer, at=DECIDED))


def withdrawn(*args, **facts) -> PlantRequest:
    case = sent(*args, **facts)
    return fresh(requests.withdraw_request(case, by=owner_of(case.license), at=DECIDED))
