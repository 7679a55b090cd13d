"""The main road, in browsers without scripts: visit, notice, plan with one part returned, proof with one return, the end."""

from datetime import date
from hashlib import sha256

import pytest

from inspections.models import Inspection
from tests import invariants
from tests.casefile.test_documents import pdf, photo

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

DONE_BY = date(2024, 3, 20)
LABELS = "40 jars of lot 7 carried no batch number."


def test_three_violations_end_in_the_close_out_letter(place, clock, dana, tomas):
    dana.signs_in()
    dana.starts_a_visit(place.number)
    dana.records("Labels missing batch number", "12 of 20 jars had no batch number.", photo())
    dana.records("Camera blind spot", "Camera 3 does not cover the vault door.")
    dana.records("No visitor log", "No log since March 1.")
    dana.ends_the_visit()
    case = Inspection.objects.get()
    number, key = case.file.number, case.file.key
    assert number == "24-0001"

    dana.opens_the_case(number)
    dana.sends_the_notice(LABELS)
    dana.reads("You can stop it until")

    clock.wait(minutes=6)
    tomas.signs_in()
    tomas.opens_the_notice(key)
    tomas.reads(LABELS, "Send your plan", "March 11")
    tomas.begins_the_plan()
    tomas.answers(1, "We print all labels again.", "Luz Sena, packing", DONE_BY)
    tomas.answers(2, "We move camera 3.", "Somebody", DONE_BY)
    tomas.answers(3, "A log lies at the door.", "Tomás Lucero", DONE_BY)
    tomas.sends_the_plan()

    clock.wait(days=1)
    dana.signs_in()
    dana.opens_the_case(number)
    dana.reviews("Review the plan (3)", {1: "", 2: "Say who moves the camera.", 3: ""})
    tomas.signs_in()
    tomas.opens_the_notice(key)
    tomas.reads("Say who moves the camera.", "March 12")
    tomas.presses("Change your plan")
    tomas.answers(2, "We move camera 3 to the north wall.", "Ana Ruiz, security", DONE_BY)
    tomas.sends_the_plan()
    clock.wait(days=1)
    dana.signs_in()
    dana.opens_the_case(number)
    dana.reviews("Review the plan (1)", {2: ""})

    clock.wait(days=7)
    tomas.signs_in()
    tomas.adds_proof(key, 1, "labels.jpg", labels := photo(), "All labels are new.")
    tomas.adds_proof(key, 2, "camera.pdf", camera := pdf(), "The installer's report.")
    tomas.adds_proof(key, 3, "log.jpg", log := photo(), "The log at the door.")
    tomas.sends_the_proof()
    clock.wait(hours=3)
    dana.signs_in()
    dana.opens_the_case(number)
    dana.reviews("Review the proof (3)", {1: "", 2: "The report does not show the vault door.", 3: ""})
    tomas.opens_the_notice(key)
    tomas.reads("The report does not show the vault door.")
    tomas.adds_proof(key, 2, "vault.jpg", vault := photo(), "The vault door as camera 3 sees it.")
    tomas.sends_the_proof()
    clock.wait(hours=1)
    dana.opens_the_case(number)
    dana.reviews("Review the proof (1)", {2: ""})
    dana.opens_the_case(number)
    dana.closes()

    tomas.opens_the_notice(key)
    tomas.reads("Case closed")
    words = tomas.keeps_the_letter("Case closed. You are in compliance.")
    assert "in compliance" in words
    for violation, proof in (
        ("Labels missing batch number", labels),
        ("Camera blind spot", vault),
        ("No visitor log", log),
    ):
        part = words[words.index(violation) :].partition("Accepted on")[0]
        assert sha256(proof).hexdigest()[:16] in part
    assert sha256(camera).hexdigest()[:16] not in words  # what was sent back proves nothing
    dana.opens_the_case(number)
    dana.reads("This case is closed. It can only be read.")
    invariants.assert_kept()
