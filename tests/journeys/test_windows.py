"""Windows in browsers without scripts: fifteen days of a new producer, a reopening, and every refusal."""

from datetime import timedelta

import pytest

from casefile.models import Deadline, Delivery, Notice
from inventory_windows.models import FirstWindow, WindowRequest
from tests import factories, invariants, world
from tests.inventory_windows import told

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


def letters() -> list[str]:
    rows = Notice.objects.filter(letter__startswith="inventory_windows.").order_by("pk")
    return [row.letter.removeprefix("inventory_windows.") for row in rows]


def asks_for(tomas, n: int, kind: str, strain: str, quantity: str, source: str) -> None:
    tomas.page.locator(f"[name=item-{n}-kind]").select_option(kind)
    for name, value in (("strain", strain), ("quantity", quantity), ("source", source)):
        tomas.page.locator(f"[name=item-{n}-{name}]").fill(value)


def says_when(officer, day, clock: str, button: str) -> None:
    for part, value in (("month", day.month), ("day", day.day), ("year", day.year)):
        officer.page.locator(f"[name=day_{part}]").fill(str(value))
    officer.writes(clock=clock)
    officer.presses(button)


def reads_refusals(tomas, *words: str) -> None:
    text = " ".join(tomas.page.locator("main").inner_text().split())
    assert [it for it in words if it not in text] == [], text


def test_fifteen_days_of_a_new_producer(place, clock, dana, marco, tomas):
    license = place.license
    dana.signs_in()
    dana.goes_to(f"/windows/first/{license.number}/")
    says_when(dana, clock.now, "9:00 a.m.", "Record the first window")  # Monday, March 4, 2024
    dana.reads("Open until Tue, Mar 19, 9:00 a.m.")
    clock.wait(minutes=1)
    assert letters() == ["first_opened"]

    tomas.signs_in()
    tomas.goes_to("/my-windows/")
    tomas.reads("Your window is open until", "Tuesday, March 19, 2024")
    tomas.presses(f"What you can enter on license {license.number}")
    tomas.reads("Your window is open", "Seeds", "Clones", "Plant tissue")
    tomas.goes_to(f"/my-windows/ask/{license.number}/")
    tomas.reads("You can not ask for a window now.", "A window is open until Tuesday, March 19, 2024, at 9:00 a.m.")

    clock.day_by_day(factories.at("2024-03-19 08:59"))  # over the night of March 10, which lost an hour
    assert letters() == ["first_opened", "first_reminder", "first_reminder"]
    assert FirstWindow.objects.get().state == "open"
    clock.until(factories.at("2024-03-19 09:00"))
    assert letters()[3:] == ["first_shut", "to_shut"]
    assert FirstWindow.objects.get().file.opening.shut_at == factories.at("2024-03-19 09:00")

    tomas.signs_in()
    tomas.goes_to("/my-windows/")
    tomas.reads("You can ask for a window now.")
    dana.signs_in()
    dana.goes_to("/windows/?view=shut")
    dana.reads("Ended, not confirmed")
    dana.goes_to(f"/windows/{FirstWindow.objects.get().number}/")
    dana.presses("Confirm that it is shut")
    says_when(dana, clock.now, "9:00 a.m.", "Confirm the minute")
    dana.reads("at its end")
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted"}
    invariants.assert_kept()


def test_a_reopening_with_documents_to_its_end(place, clock, dana, marco, tomas):
    license = place.license
    tomas.signs_in()
    tomas.goes_to("/my-windows/")
    tomas.reads("You can ask for a window now.")
    tomas.goes_to(f"/my-windows/ask/{license.number}/")
    asks_for(tomas, 0, "seed", "Sandia Haze", "40", "Mesa Seed Bank")
    asks_for(tomas, 1, "flower", "Old harvest", "9", "Our shelf")
    tomas.chooses("purpose", "new")
    tomas.writes(message="We want to grow two new strains.")
    tomas.presses("Check your answers")
    reads_refusals(tomas, "We can not open a window for this.", "We can not open it for dried flower or products.")
    asks_for(tomas, 1, "clone", "Blue Piñon", "12", "Our own mother plants")
    tomas.presses("Check your answers")
    tomas.reads("40 seeds", "12 clones", "High Mesa Organics")
    tomas.presses("Send your request")
    tomas.reads("We got your request")
    case = WindowRequest.objects.get()

    dana.signs_in()
    dana.goes_to("/windows/")
    dana.reads(case.number, "New")
    dana.goes_to(f"/windows/{case.number}/")
    dana.presses("Take up the request")
    dana.presses("Take up the request")
    dana.presses("Ask for documents")
    dana.writes(wanted="Send the invoice of the seed bank.")
    dana.presses("Send the letter")
    clock.wait(minutes=1)

    tomas.goes_to(f"/my-windows/{case.file.key}/")
    tomas.presses("Send papers")
    tomas.reads("Send the invoice of the seed bank.")
    tomas.page.set_input_files("#files", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": world.picture().read()})
    tomas.presses("Send it")
    tomas.reads("a.jpg", "We look at your request")

    opens = factories.at("2024-03-09 09:30")  # 24 hours later it is 10:30 by the clocks: that night loses an hour
    dana.goes_to(f"/windows/{case.number}/")
    dana.presses("Approve for a time")
    says_when(dana, opens, "9:30 a.m.", "Approve the request")
    clock.until(opens)
    dana.signs_in()
    dana.goes_to(f"/windows/{case.number}/opened/")
    says_when(dana, opens, "9:30 a.m.", "Confirm the minute")
    case = told.fresh(case)
    assert case.opening.closes_at - case.opening.opened_at == timedelta(seconds=86_400)
    clock.wait(minutes=1)
    tomas.signs_in()
    tomas.goes_to(f"/my-windows/{case.file.key}/")
    tomas.reads("Open until", "Sunday, March 10, 2024", "until 10:30 a.m.")
    clock.until(factories.at("2024-03-10 08:30"))
    assert letters()[-1] == "ending"
    clock.until(factories.at("2024-03-10 10:29"))
    assert letters()[-1] == "ending"
    clock.until(factories.at("2024-03-10 10:30"))
    assert letters()[-2:] == ["shut", "to_shut"]

    dana.signs_in()
    dana.goes_to(f"/windows/{case.number}/shut/")
    says_when(dana, clock.now, "10:30 a.m.", "Confirm the minute")
    dana.reads("This window is shut. It can only be read")
    tomas.signs_in()
    tomas.goes_to(f"/my-windows/ask/{license.number}/")
    tomas.reads("You can not ask for a window now.", "You can ask again on Sunday, June 9, 2024, at 9:30 a.m.")
    assert not Deadline.objects.running().filter(file=case.file).exists()
    invariants.assert_kept()


def test_every_refusal_says_what_to_do_instead(place, clock, dana, tomas):
    license = place.license
    tomas.signs_in()
    tomas.goes_to(f"/my-windows/ask/{license.number}/")
    for n, kind in enumerate(("flower", "correction", "transfer")):
        asks_for(tomas, n, kind, "Haze", "4", "Mesa")
    tomas.chooses("purpose", "other")
    tomas.writes(message="We need all of this in BioTrack.")
    tomas.presses("Check your answers")
    reads_refusals(
        tomas, "only for seeds, clones, and plant tissue", "Call BioTrack support and open a ticket", "from $200",
        "Ask the sender for the manifest.",
    )  # fmt: skip
    assert tomas.page.locator("[name=item-2-strain]").input_value() == "Haze"
    tomas.presses("Ask for State approval of a BioTrack fix")
    tomas.writes(ticket="884213", what="Move 12 plants to room B.", why="A worker chose the wrong room.")
    tomas.presses("Check your answers")
    tomas.presses("Send your request")
    tomas.reads("We got your request")

    waits = told.requested(license, at=clock.now)
    tomas.goes_to(f"/my-windows/ask/{license.number}/")
    tomas.reads(f"We have your request {waits.number}.")
    dana.signs_in()
    dana.goes_to(f"/windows/{waits.number}/refuse/")
    dana.chooses("ground", "compliance")
    dana.writes(reason="Tell us first where the mother plants are from.")
    dana.presses("Refuse the request")
    tomas.goes_to(f"/my-windows/{waits.file.key}/")
    tomas.reads("We can not open a window", "Tell us first where the mother plants are from.")
    tomas.reads_nothing_of("What we know does not fit")
    tomas.goes_to(f"/my-windows/ask/{license.number}/")
    tomas.reads("What you want to enter")

    opened = told.opened(dana.user, license, at=clock.now)
    clock.until(opened.opening.opened_at + timedelta(hours=1))
    tomas.signs_in()
    tomas.goes_to(f"/my-windows/ask/{license.number}/")
    tomas.reads("A window is open until")
    clock.wait(days=2)
    tomas.signs_in()
    tomas.goes_to(f"/my-windows/ask/{license.number}/")
    tomas.reads("We can open one window every 3 months.")
