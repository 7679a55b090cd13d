"""A licensee's licenses and requests: what may be asked and when, asking, sending, and what became of it."""

from datetime import date
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casefile.documents.kinds import WRONG_TYPE
from casefile.models import Draft
from licensing.actions import requests
from licensing.models import License, PlantRequest
from licensing.rules import MeasureKind
from tests import factories
from tests.inspections.plain import hidden, in_order, plain, text
from tests.licensing import asked
from tests.licensing.mine import DESIGNATION, INCREASE, MONTHS, TYPED, ask, chosen, fill, form_of, paper, put, send
from tests.licensing.shortages import found, ordered, report

pytestmark = pytest.mark.django_db
NOW = factories.at("2026-06-10 09:00")
LATER = factories.at("2026-06-16 09:00")


@pytest.fixture(autouse=True)
def clock(time_machine, settings):
    settings.PDF_AT_ONCE = False
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def license(place, holidays) -> License:
    """A producer's, of level 1 with 2,000 plants, issued on January 5, 2026."""
    License.objects.filter(pk=place.license.pk).update(level=1)
    return License.objects.get(pk=place.license.pk)


@pytest.fixture
def as_tomas(client, tomas, license) -> Client:
    client.force_login(tomas)
    client.get("/profile/")
    return client


def change(license: License, **facts: object) -> License:
    License.objects.filter(pk=license.pk).update(**facts)
    return License.objects.get(pk=license.pk)


def of(license: License) -> str:
    return f"/my-licenses/{license.number}/"


# What a license says


SAYS = [
    ({}, ["You may ask for up to 4,000 more plants now. Next time after that: from October 7, 2026 on."]),
    ({"mature_plants": 16_200}, ["You may ask for up to 3,500 more plants now.", "Ask for more plants"]),
    ({"mature_plants": 19_600}, ["You can not ask for more plants now.", "when your licenses have fewer plants"]),
    ({"level": None, "mature_plants": None}, ["This license has no level yet.", "Ask for a level"]),
    ({"level": None}, ["up to 4,000 more plants now.", "You may ask for one.", "Ask for a level", "Ask for more"]),
    (
        {"type": "producer_microbusiness", "level": None, "mature_plants": 200},
        ["mature plants. It gets no level", "200"],
    ),
    ({"type": "retailer", "level": None, "mature_plants": None}, ["has no level", "apply for a producer license"]),
    ({"status": "suspended"}, ["This license is not active.", "Call us."]),
    ({"mature_plants": 2_500}, ["2,500 (this number lies in level 2)"]),
    ({"expires_on": date(2026, 7, 1)}, ["Renew it by July 1, 2026.", "owe no tax"]),
    ({"expires_on": date(2026, 6, 1)}, ["This license ended on June 1, 2026. Call us today"]),
    ({"issued_on": None, "expires_on": None}, ["We do not know the last day of this license."]),
]


@pytest.mark.parametrize(("facts", "says"), SAYS)
def test_a_license_says_what_may_be_asked_and_what_to_do(as_tomas, license, facts, says):
    change(license, **facts)
    pages = [as_tomas.get("/my-licenses/"), as_tomas.get(of(license))]
    for page in pages:
        plain(page.content.decode())
        in_order(page.content.decode())
    for words in says:
        assert words in text(pages[1])
    assert says[0] in text(pages[0])


def test_the_year_and_what_waits_are_counted(as_tomas, license, dana):
    case = asked.sent(license)
    page = text(as_tomas.get(of(license)))
    assert "A request about this license is open." in page and "1,000 more plants" in page
    assert "Ask for more plants" not in page and "Ask for fewer plants" not in page
    requests.find_complete(requests.take_request(case, by=dana, at=NOW), by=dana, at=NOW)
    assert "We decide by" in text(as_tomas.get("/my-licenses/"))
    case = requests.deny_request(asked.fresh(case), "No.", by=dana, at=NOW)
    page = text(as_tomas.get(of(license)))
    assert "You may ask again from October 7, 2026 on." in page and "Denied" in page


def test_orders_that_bind_are_shown(as_tomas, license, marco):
    ordered(marco, MeasureKind.PLANT_QUOTA, at=NOW, finding=found(marco, at=NOW, period_from=date(2025, 12, 1)))
    page = as_tomas.get(of(license))
    assert "Orders about medical cannabis" in text(page)
    assert "of your mature plants must be for the medical" in text(page)
    plain(page.content.decode())


def test_late_reports_and_other_licenses_are_counted(as_tomas, license, tomas):
    page = text(as_tomas.get(of(license)))
    assert "Report for January 2026" in page and "This is late. Send it today" in page and "4 reports are late." in page
    for month in range(1, 6):
        report(license, date(2026, month, 1), tomas, flowering_female=1_500, stock_g=10)
    assert "late" not in text(as_tomas.get(of(license)))
    factories.license(licensee=license.licensee, mature_plants=16_000, level=4)
    assert "You may ask for up to 2,000 more plants now." in text(as_tomas.get(of(license)))


def test_ten_licenses_cost_as_much_as_one(as_tomas, license):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_tomas.get("/my-licenses/")
        return len(queries)

    one = cost()
    for _ in range(9):
        asked.sent(factories.license(licensee=license.licensee, level=1, mature_plants=300))
    assert one <= 12 and cost() <= 12


def test_a_viewer_reads_and_a_stranger_finds_nothing(client, license, tomas, stranger):
    case = asked.begun(license)
    pages = [of(license), f"/my-requests/{case.file.key}/"]
    acts = [ask(license), f"{pages[1]}check/", f"{pages[1]}withdraw/", f"{pages[1]}send/water/"]
    client.force_login(factories.representative(license.licensee, "viewer"))
    for page in pages:
        assert "These people can ask: " in text(client.get(page)) and "Tomás Lucero" in text(client.get(page))
        assert client.get(page).content.decode().count("<form") == 1  # to sign out
    assert [client.get(page).status_code for page in acts] == [404] * 4
    client.force_login(stranger)
    assert [client.get(page).status_code for page in pages + acts] == [404] * 6
    assert license.number not in text(client.get("/my-licenses/"))


# The choice


CHOICES = [
    ("increase", {"plants": "500"}, "You may ask for 500 more plants. You would then have 2,500 mature plants"),
    ("increase", {"plants": "4,500"}, "The most you may ask for now is 4,000 plants."),
    ("increase", {"plants": "700"}, "Plants are added in steps of 500"),
    ("increase", {"plants": "0"}, "Enter a whole number, for example 2,000."),
    ("increase", {"plants": "lots"}, "Enter a whole number, for example 2,000."),
    ("decrease", {"plants": "300"}, "You would then have 1,700 mature plants"),
    ("decrease", {"plants": "2001"}, "The most you may give up is 2,000 plants."),
]


@pytest.mark.parametrize(("kind", "choice", "said"), CHOICES)
def test_a_choice_is_judged_without_scripts(as_tomas, license, kind, choice, said):
    page = as_tomas.post(ask(license, kind), choice | {"save": "check"})
    assert said in text(page) and f'value="{choice["plants"]}"' in page.content.decode()
    assert not PlantRequest.objects.exists()


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"level": "2", "plants": "2001"}, "You may ask for level 2 and 2,001 plants."),
        ({"level": "2", "plants": "2000"}, "Choose level 1 for 2,000 plants."),
        ({"level": "4", "plants": "17000"}, "No level goes above 16,000"),
        ({"level": "1", "plants": "200"}, "No level holds fewer than 201"),
        ({"level": "", "plants": "300"}, "Choose a level."),
    ],
)
def test_a_level_is_judged_with_the_number_in_it(as_tomas, license, choice, said):
    license = change(license, level=None, mature_plants=None)
    page = as_tomas.post(ask(license, "designation"), choice | {"save": "check"})
    assert said in text(page)


def test_the_script_of_the_page_is_told_the_same(as_tomas, license):
    said = as_tomas.get(f"{ask(license)}answer/", {"plants": "700"}).json()
    assert said["tone"] == "warning" and said["title"] == "You can not ask for 700 more plants."
    assert said["reasons"][0]["cites"] == "16.8.8.9(C) NMAC"
    assert said["lines"] == ["The most you may ask for now is 4,000 plants."]
    assert as_tomas.get(f"{ask(license)}answer/", {"plants": "x"}).json() == {}


CLOSED = [
    ("increase", {"type": "integrated_microbusiness", "level": None, "mature_plants": 200}, "Apply for a producer"),
    ("designation", {"type": "producer_microbusiness", "level": None}, "up to 200 plants now"),
    ("designation", {"type": "retailer", "level": None}, "apply for a producer license"),
    ("designation", {}, "To grow more plants, ask for an increase."),
    ("increase", {"level": None, "mature_plants": None}, "Ask for a level first."),
    ("increase", {"mature_plants": 20_000}, "when your licenses have fewer plants"),
    ("increase", {"status": "suspended"}, "First the license must be in force."),
    ("decrease", {"mature_plants": None}, "no plants to give up"),
]


@pytest.mark.parametrize(("kind", "facts", "said"), CLOSED)
def test_what_can_not_be_asked_says_what_to_do_instead(as_tomas, license, kind, facts, said):
    license = change(license, **facts)
    page = as_tomas.get(ask(license, kind))
    assert said in text(page) and 'name="plants"' not in page.content.decode()
    plain(page.content.decode())
    answer = as_tomas.post(ask(license, kind), {"plants": "500", "level": "1", "save": "next"})
    assert answer.status_code == 200 and not PlantRequest.objects.exists()


def test_a_draft_is_gone_on_with_and_two_people_lose_no_word(as_tomas, license):
    here = chosen(as_tomas, license, plants="500")
    page = as_tomas.get(ask(license))
    assert 'value="500"' in page.content.decode() and "Go on: ask for more plants" in text(as_tomas.get(of(license)))
    ana = factories.representative(license.licensee, "manager", name="Ana Ruiz")
    colleague = Client()
    colleague.force_login(ana)
    assert chosen(colleague, license, plants="1000") == here
    answer = as_tomas.post(ask(license), {"plants": "1500", "seen": hidden(page, "seen"), "save": "next"})
    assert answer.status_code == 409 and "Ana Ruiz changed this while you were working." in text(answer)
    assert 'value="1500"' in answer.content.decode()
    body = {"plants": "1500", "seen": hidden(answer, "seen"), "save": "next"}
    assert as_tomas.post(ask(license), body)["Location"] == here
    assert Draft.objects.get().typed["choice"]["typed"] == {"plants": "1500"}
    assert PlantRequest.objects.count() == 1


def test_words_of_someone_who_was_signed_out_wait(as_tomas, license, tomas):
    page = as_tomas.get(ask(license))
    body = {"plants": "1500", "author": hidden(page, "author"), "seen": hidden(page, "seen"), "save": "next"}
    as_tomas.logout()
    answer = as_tomas.post(ask(license), body)
    assert answer["Location"].startswith("/sign-in/")
    session = as_tomas.session
    as_tomas.force_login(tomas)
    kept = as_tomas.session
    kept.update({name: value for name, value in session.items() if name == "kept"})
    kept.save()
    page = as_tomas.get(ask(license))
    assert 'value="1500"' in page.content.decode() and "before we signed you out" in text(page)


# The pieces


def test_known_numbers_are_filled_in_and_another_number_needs_a_reason(as_tomas, license, tomas):
    for month in (3, 4, 5):
        report(license, date(2026, month, 1), tomas, flowering_female=1_500, harvested_plants=700, stock_g=10)
    here = chosen(as_tomas, license, plants="500")
    page = as_tomas.get(f"{here}send/harvested/")
    assert page.content.decode().count('value="700"') == 3 and "From your report." in text(page)
    assert 'value="1500"' in as_tomas.get(f"{here}send/inventory/").content.decode()
    same = {f"harvested_{month}": "700" for month in MONTHS}
    other = same | {"harvested_2026_04": "710"}
    answer = put(as_tomas, here, "harvested", **other)
    assert answer.status_code == 200 and "Say why a number is not the one in your report." in text(answer)
    assert "<title>Error: " in answer.content.decode()
    answer = put(as_tomas, here, "harvested", **other, why="We counted again.")
    assert answer["Location"] == f"{here}send/sales/"
    assert put(as_tomas, here, "harvested", **same).status_code == 302


def test_what_is_typed_is_kept_as_it_is_typed(as_tomas, license):
    here = chosen(as_tomas, license, plants="500")
    odd = {"mature": " many ", "harvested_g": "1\x00 kg"}
    assert put(as_tomas, here, "inventory", save="later", **odd)["Location"] == here
    assert Draft.objects.get().typed["inventory"]["typed"] == {"mature": " many ", "harvested_g": "1 kg"}
    page = as_tomas.get(f"{here}send/inventory/")
    assert 'value=" many "' in page.content.decode() and "usa-error-message" not in page.content.decode()
    seen = hidden(page, "seen")
    saved = as_tomas.post(f"{here}send/inventory/save/", TYPED["inventory"] | {"seen": seen})
    assert saved.status_code == 204 and Draft.objects.get().typed["inventory"]["typed"]["mature"] == "1,900"
    ana = Client()
    ana.force_login(factories.representative(license.licensee, "manager", name="Ana Ruiz"))
    hers = odd | {"mature": "few", "seen": seen}
    assert ana.post(f"{here}send/inventory/save/", hers).status_code == 409
    answer = ana.post(f"{here}send/inventory/", hers | {"save": "next"})
    assert answer.status_code == 409 and "Tomás Lucero changed this part" in text(answer)
    assert "1,900" in text(answer) and 'value="few"' in answer.content.decode()


def test_papers_come_in_one_by_one_and_can_be_taken_out(as_tomas, license):
    here = chosen(as_tomas, license, plants="500")
    answer = put(as_tomas, here, "water")
    assert "Add at least one photo or paper." in text(answer)
    bad = SimpleUploadedFile("words.jpg", b"words", "image/jpeg")
    answer = put(as_tomas, here, "water", files=[paper(), bad])
    assert f"words.jpg: {WRONG_TYPE}" in text(answer) and "water.pdf" in text(answer)
    assert put(as_tomas, here, "water")["Location"] == f"{here}send/harvested/"
    page = as_tomas.get(f"{here}send/water/").content.decode()
    key = page.split('name="remove" value="')[1].split('"')[0]
    put(as_tomas, here, "water", save="", remove=key)
    assert "water.pdf" not in text(as_tomas.get(f"{here}send/water/"))


# Sending


def test_an_increase_is_sent_once(as_tomas, license):
    here = chosen(as_tomas, license, plants="1,500")
    fill(as_tomas, here, *INCREASE)
    tags = text(as_tomas.get(here))
    assert tags.count("Ready to send") == 6
    check = as_tomas.get(f"{here}check/")
    assert "1,500 more plants" in text(check) and "2.5 acre-feet" in text(check) and "water.pdf" in text(check)
    for _ in range(2):
        assert as_tomas.post(f"{here}check/", form_of(check))["Location"] == here
    case = PlantRequest.objects.get()
    assert (case.state, case.plants, case.at_renewal, case.missing()) == ("submitted", 1500, False, [])
    assert case.pieces.count() == 6 and not Draft.objects.exists()
    page = text(as_tomas.get(here))
    assert "You do not need to do anything now." in page and "An acequia community, A tribal community" in page
    assert as_tomas.get(f"{here}check/")["Location"] == here
    assert as_tomas.get(f"{here}send/water/").status_code == 404


def test_a_level_and_fewer_plants_are_sent(as_tomas, license):
    here = chosen(as_tomas, license, "decrease", plants="300")
    send(as_tomas, here)
    assert PlantRequest.objects.get().state == "submitted"
    other = factories.license(licensee=license.licensee, level=None, mature_plants=None)
    here = chosen(as_tomas, other, "designation", level="2", plants="3,000")
    fill(as_tomas, here, *DESIGNATION)
    send(as_tomas, here)
    case = other.plant_requests.get()
    assert (case.state, case.level, case.plants, case.missing()) == ("submitted", 2, 3000, [])


def test_empty_parts_may_go_and_half_a_part_may_not(as_tomas, license):
    here = chosen(as_tomas, license, plants="500")
    put(as_tomas, here, "total_sales", save="later", period="")
    check = as_tomas.get(f"{here}check/")
    assert "Total sales: Say from when until when." in text(check) and "Send your request" not in text(check)
    assert "5 parts are empty" in text(check)
    as_tomas.post(f"{here}check/", {"once": "k" * 16, "seen": "x"})
    assert PlantRequest.objects.get().state == "draft"
    put(as_tomas, here, "total_sales", save="later")
    send(as_tomas, here)
    case = PlantRequest.objects.get()
    assert case.state == "submitted" and len(case.missing()) == 5


def test_answers_that_changed_meanwhile_are_read_again(as_tomas, license):
    here = chosen(as_tomas, license, plants="500")
    body = form_of(as_tomas.get(f"{here}check/"))
    fill(as_tomas, here, "inventory")
    answer = as_tomas.post(f"{here}check/", body)
    assert "Someone changed these answers while you were reading." in text(answer)
    assert PlantRequest.objects.get().state == "draft"


def test_a_choice_that_no_longer_fits_says_what_does(as_tomas, license):
    here = chosen(as_tomas, license, plants="4,000")
    body = form_of(as_tomas.get(f"{here}check/"))
    factories.license(licensee=license.licensee, mature_plants=15_000, level=4)
    for page in (as_tomas.post(f"{here}check/", body), as_tomas.get(f"{here}check/")):
        assert "The most you may ask for now is 3,000 plants." in text(page)
    assert PlantRequest.objects.get().state == "draft"


def test_what_is_missing_is_sent(as_tomas, license, dana, clock):
    case = asked.incomplete(dana, license)
    here = f"/my-requests/{case.file.key}/"
    page = text(as_tomas.get(here))
    assert "Send what is missing by" in page and "Monday, July 6, 2026" in page and "Say how much of it is dry." in page
    assert as_tomas.get(f"{here}send/water/").status_code == 404
    assert "Send at least one of the parts that we asked for." in text(as_tomas.get(f"{here}check/"))
    fill(as_tomas, here, "inventory")
    send(as_tomas, here)
    case = asked.fresh(case)
    assert case.state == "submitted" and case.pieces.filter(key="inventory").count() == 2
    assert "12,500" in text(as_tomas.get(here))


def test_a_question_about_the_level_can_be_answered(as_tomas, license, dana):
    license = change(license, level=None, mature_plants=None)
    case = asked.incomplete(dana, license, "designation")
    here = f"/my-requests/{case.file.key}/"
    assert case.wanted == {"level": "Say how much of it is dry."}
    assert put(as_tomas, here, "level", words="Both rooms are full.")["Location"] == f"{here}check/"
    send(as_tomas, here)
    case = asked.fresh(case)
    assert case.state == "submitted" and case.newest_pieces()["level"].typed == {"words": "Both rooms are full."}
    assert (case.level, case.plants) == (2, 3000)


# What became of it


def test_a_request_is_taken_back_after_one_more_question(as_tomas, license):
    case = asked.sent(license)
    here = f"/my-requests/{case.file.key}/"
    page = as_tomas.get(f"{here}withdraw/")
    assert "Take this request back?" in text(page)
    for _ in range(2):
        answer = as_tomas.post(f"{here}withdraw/", {"once": hidden(page, "once"), "version": hidden(page, "version")})
        assert answer["Location"] == of(license)
    assert asked.fresh(case).state == "withdrawn"
    assert "You may ask for up to 4,000 more plants now." in text(as_tomas.get(of(license)))
    assert as_tomas.get(f"{here}withdraw/")["Location"] == here


def test_a_draft_is_thrown_away(as_tomas, license):
    here = chosen(as_tomas, license, plants="500")
    page = as_tomas.get(f"{here}withdraw/")
    as_tomas.post(f"{here}withdraw/", {"once": hidden(page, "once"), "version": hidden(page, "version")})
    assert PlantRequest.objects.get().state == "withdrawn"
    assert chosen(as_tomas, license, plants="500") != here


OUTCOMES = {
    "begun": ("Your request: not sent yet", "Check your answers and send"),
    "sent": ("Your request: we have it", "We check that we have all we need."),
    "incomplete": ("Your request: send what is missing", "We looked at your request."),
    "in_review": ("Your request: we have it", "We decide by"),
    "approved": (
        "We approved your request",
        "1,000 more plants. From June 15, 2026 on you may have 4,000 mature plants.",
    ),
    "part": ("We approved a part of your request", "We gave you 500 more plants.", "right to a hearing", "Half fits."),
    "denied": ("We denied your request", "The notice of May stands.", "right to a hearing"),
    "withdrawn": ("You took this request back", "You can send a new request."),
}


@pytest.mark.parametrize("state", OUTCOMES)
def test_a_request_says_how_it_stands_in_plain_words(as_tomas, tomas, license, dana, clock, state):
    license = change(license, level=2, mature_plants=3_000)
    make = {"part": lambda *args: asked.approved(*args, granted=500, reasons="Half fits.")}.get(
        state, getattr(asked, state, None)
    )
    case = make(*([] if state in ("begun", "sent", "withdrawn") else [dana]), license)
    clock.move_to(LATER, tick=False)
    as_tomas.force_login(tomas)
    as_tomas.get("/profile/")
    pages = ["", "check/", "withdraw/", *(f"send/{key}/" for key in INCREASE)]
    bodies = {}
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            answer = as_tomas.get(f"/my-requests/{case.file.key}/{page}")
        assert len(queries) <= 12, (page, len(queries), [it["sql"][:110] for it in queries])
        if answer.status_code == 200:
            bodies[page] = answer
    for answer in bodies.values():
        plain(answer.content.decode())
        in_order(answer.content.decode())
    for words in OUTCOMES[state]:
        assert words in text(bodies[""])


def test_lines_of_the_office_stay_there(as_tomas, license, dana):
    case = asked.taken(dana, license)
    page = text(as_tomas.get(f"/my-requests/{case.file.key}/"))
    shown = [it.title for it in case.file.events.filter(shown=True)]
    assert all(title in page for title in shown) and "Request taken" not in page
    assert "by the Division" in page or all("sent" in title.lower() for title in shown)


def test_the_menu_leads_between_notices_and_licenses(as_tomas):
    for page in ("/notices/", "/my-licenses/"):
        body = as_tomas.get(page).content.decode()
        assert f'href="{page}" aria-current="page"' in body
        assert all(f'<a href="{other}"' in body for other in ("/notices/", "/my-licenses/"))
        assert "/work/" not in body


def test_the_parts_stand_in_the_order_of_the_rule(as_tomas, license):
    here = chosen(as_tomas, license, plants="500")
    page = as_tomas.get(here).content.decode()
    places = [page.index(f"{here}send/{key}/") for key in INCREASE]
    assert all(before < after for before, after in pairwise(places))
