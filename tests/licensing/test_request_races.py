"""Many people, one license or many of one licensee, the same instant. Real threads, real transactions."""

from functools import partial

import pytest

from casefile.actions import Refused
from casefile.models import Event, Notice
from licensing.actions import requests
from licensing.actions.requests import Asked
from licensing.models import License, PlantAuthorization, PlantRequest
from licensing.queries.plants import licensee_total
from licensing.stages import RequestState as State
from tests import factories
from tests.inspections.test_races import at_once, refused_with, tally, won
from tests.licensing import asked
from tests.licensing.asked import BEGUN, DECIDED, SENT, grower

SESSIONS = 16
CAP = 20_000

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def no_bell(settings):
    """No mail is sent, for its papers take seconds."""
    settings.DOORBELL = ""


def to_decide(officer, licensee, n: int) -> list[PlantRequest]:
    """One request for 2,000 more plants on each of `n` licenses of one licensee."""
    licenses = [grower(licensee=licensee, mature_plants=500, level=1) for _ in range(n)]
    return [asked.in_review(officer, license, plants=2_000) for license in licenses]


def approve(case: PlantRequest, officer, granted: int = 2_000):
    return won(partial(requests.approve_request, case, granted=granted, reasons="So.", by=officer, at=DECIDED))


def test_sixteen_approvals_that_together_would_break_the_cap_do_not(dana):
    licensee = factories.licensee()
    cases = to_decide(dana, licensee, SESSIONS)
    results = at_once(*[approve(case, dana) for case in cases])
    counted = tally("approve on 16 licenses", results)
    assert licensee_total(licensee) <= CAP
    assert counted == {"won": 6, "Refused": 10}  # 16 x 500 stand, and six times 2,000 fit
    assert all("at most 20,000 mature plants" in reason for reason in refused_with(results))
    assert PlantAuthorization.objects.filter(source="increase").count() == 6
    assert PlantRequest.objects.filter(state=State.APPROVED).count() == 6
    assert Notice.objects.filter(letter="licensing.increased").count() == 6


def test_sixteen_approvals_of_one_request_are_one(dana):
    (case,) = to_decide(dana, factories.licensee(), 1)
    results = at_once(*[approve(case, dana, 1_000)] * SESSIONS)
    assert tally("approve one request", results) == {"won": 1, "Refused": SESSIONS - 1}
    assert License.objects.get(pk=case.license_id).mature_plants == 1_500
    assert Event.objects.filter(file=case.file, step="approve_request").count() == 1


def test_one_approves_and_one_denies_and_one_of_them_is_heard(dana):
    (case,) = to_decide(dana, factories.licensee(), 1)
    deny = won(partial(requests.deny_request, case, "No.", by=dana, at=DECIDED))
    results = at_once(*[approve(case, dana), deny] * (SESSIONS // 2))
    assert tally("approve and deny", results)["won"] == 1
    state, count = PlantRequest.objects.get().state, License.objects.get(pk=case.license_id).mature_plants
    assert (state, count) in ((State.APPROVED, 2_500), (State.DENIED, 500))


def test_sixteen_sendings_of_one_request_are_one_and_two_kinds_at_once_too(dana):
    license = grower()
    owner = asked.owner_of(license)
    more, fewer = (requests.start_request(license, kind, by=owner, at=BEGUN) for kind in ("increase", "decrease"))
    send = [won(partial(requests.submit_request, it, Asked(plants=500), by=owner, at=SENT)) for it in (more, fewer)]
    results = at_once(*send * (SESSIONS // 2))
    assert tally("send", results) == {"won": 1, "Refused": SESSIONS - 1}
    assert PlantRequest.objects.filter(state=State.SUBMITTED).count() == 1


def test_sixteen_beginnings_are_one_draft(dana):
    license = grower()
    owner = asked.owner_of(license)
    begin = partial(requests.start_request, license, "increase", by=owner, at=BEGUN)
    assert len({case.pk for case in at_once(*[begin] * SESSIONS)}) == 1


def test_sixteen_officers_take_one_request_and_one_has_it(dana):
    case = asked.sent()
    officers = [factories.user() for _ in range(SESSIONS)]
    results = at_once(*[won(partial(requests.take_request, case, by=person, at=SENT)) for person in officers])
    assert tally("take", results) == {"won": 1, "Refused": SESSIONS - 1}


def test_files_added_at_once_are_all_kept(dana):
    case = asked.begun()
    owner = asked.owner_of(case.license)
    papers = [asked.paper(f"{n}.pdf", words=str(n)) for n in range(8)]
    results = at_once(*[partial(requests.attach_document, case, "water", it, by=owner, at=SENT) for it in papers])
    assert not [it for it in results if isinstance(it, Exception | Refused)]
    requests.submit_request(case, Asked(plants=500), by=owner, at=SENT)
    assert case.pieces.get().documents.count() == 8
