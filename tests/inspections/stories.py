"""Whole stories in which every letter is written at least once, each step through the door."""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from casefile import deadlines, delivery
from casefile.models import Deadline, Delivery
from inspections import clocks, digest
from inspections.actions import correction, discipline, notice, visit
from inspections.actions.correction import Answer, Verdict
from inspections.models import Inspection, Way
from tests import factories

SERVED = factories.at("2026-11-17 10:00")
RECEIVED = factories.at("2026-11-17 10:06")
TITLES = ["Too many mature plants", "Floor plan does not match the building", "Labels missing batch number"]


def on(text: str) -> datetime:
    """A day of that autumn, with its hour: on("11-20 08:00")."""
    return factories.at(f"2026-{text}")


def photo(name: str = "photo.jpg") -> SimpleUploadedFile:
    from io import BytesIO

    kept = BytesIO()
    Image.new("RGB", (8, 8), "green").save(kept, "JPEG")
    return SimpleUploadedFile(name, kept.getvalue(), content_type="image/jpeg")


def found(dana, place) -> Inspection:
    """A visit with three findings, each said in words of its own."""
    case = factories.in_progress(dana, premises=place)
    for title in TITLES:
        entry = factories.entry(title=title)
        visit.record_violation(
            case, entry, seen=f"We saw it in room 2: {title.lower()}.", by=dana, at=case.visit_began_at
        )
    case = visit.end_visit(case, reviewed_with="Tomás Lucero", notes="", by=dana, at=factories.at("2026-11-17 09:40"))
    return notice.draft_nolv(case, {}, {1: "A photo of the room."}, by=dana, at=SERVED)


def served(dana, place) -> Inspection:
    return notice.serve_nolv(found(dana, place), by=dana, at=SERVED)


def received(dana, place) -> Inspection:
    case = served(dana, place)
    notice.record_receipt(case, kind=Way.BY_HAND, received_at=RECEIVED, proof="Tomás Lucero", by=dana, at=RECEIVED)
    return Inspection.objects.get(pk=case.pk)


def wake(case: Inspection, clock: deadlines.Clock, *at: datetime) -> None:
    for instant in at:
        deadlines.wake(case.file.deadlines.running().get(clock=clock.key).pk, at=instant)


def plan(case: Inspection, tomas, at: datetime, *numbers: int) -> Inspection:
    answers = {n: Answer("Take out 12 plants.", "Ana, the grow lead", date(2026, 12, 4)) for n in numbers or (1, 2, 3)}
    return correction.submit_cap(case, answers, by=tomas, at=at)


def prove(case: Inspection, tomas, at: datetime, *numbers: int) -> Inspection:
    for violation in case.violations.filter(number__in=numbers):
        correction.add_evidence(violation, photo(), by=tomas, at=at - timedelta(minutes=1))
    return correction.send_evidence(case, dict.fromkeys(numbers, "Done."), by=tomas, at=at)


def corrected(dana, marco, tomas, place) -> Inspection:
    """The friendly path with every detour: late, returned, reminded, given more time, closed out."""
    case = received(dana, place)
    wake(case, clocks.CAP_DUE, on("11-20 08:00"), on("11-25 08:00"))
    case = plan(case, tomas, on("11-25 16:12"))
    change = {
        1: Verdict("accepted"),
        2: Verdict("returned", "Tell us who checks the floor plan."),
        3: Verdict("accepted"),
    }
    case = correction.review_cap(case, change, by=dana, at=on("11-30 09:00"))
    case = plan(case, tomas, on("12-01 09:00"), 2)
    case = correction.review_cap(case, {2: Verdict("accepted")}, by=dana, at=on("12-02 09:00"))
    wake(case, clocks.CORRECTIONS_DUE, on("12-07 08:00"))
    case = prove(case, tomas, on("12-08 09:00"), 1, 3)
    verdicts = {1: Verdict("accepted"), 3: Verdict("returned", "One photo of a new label.")}
    case = correction.review_evidence(case, verdicts, by=dana, at=on("12-09 09:00"))
    discipline.extend_deadline(
        case,
        clocks.CORRECTIONS_DUE,
        due_on=date(2026, 12, 21),
        reason="The printer broke.",
        by=marco,
        at=on("12-10 09:00"),
    )
    wake(case, clocks.CORRECTIONS_DUE, on("12-22 08:00"))
    case = prove(case, tomas, on("12-22 09:00"), 3)
    case = correction.review_evidence(case, {3: Verdict("accepted")}, by=dana, at=on("12-22 10:00"))
    case = prove(case, tomas, on("12-22 11:00"), 2)
    case = correction.review_evidence(case, {2: Verdict("accepted")}, by=dana, at=on("12-22 12:00"))
    return correction_closed(case, dana)


def correction_closed(case: Inspection, dana) -> Inspection:
    from casefile.actions import act

    return act(case, "close_out", by=dana, at=on("12-22 13:00"))


def referred(dana, marco, place) -> Inspection:
    case = received(dana, place)
    return discipline.refer_for_discipline(case, reason="No plan came.", by=marco, at=on("12-01 09:00"))


def outcomes(dana, marco, places) -> None:
    """One case for each end that discipline can have."""
    places = iter(places)
    at, reason = on("12-02 09:00"), "The violations were not fixed."
    discipline.impose_penalty(
        referred(dana, marco, next(places)), {1: (1, 5000), 3: (1, 250)}, reason=reason, by=marco, at=at
    )
    discipline.suspend_license(
        referred(dana, marco, next(places)), starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 21), reason=reason,
        by=marco, at=at,
    )  # fmt: skip
    discipline.revoke_license(referred(dana, marco, next(places)), reason=reason, by=marco, at=at)
    discipline.dismiss_case(
        referred(dana, marco, next(places)), reason="A second visit found no fault.", by=marco, at=at
    )
    discipline.return_to_corrections(
        referred(dana, marco, next(places)), due_on=date(2026, 12, 21), reason="One more chance.", by=marco, at=at
    )


def others(dana, marco, places) -> None:
    """A notice without a plan, one taken back, one that came back; nothing found; the mail of the morning."""
    places = iter(places)
    notice.serve_nolv(
        found(dana, next(places)), by=marco, at=SERVED, skip_plan=True, reason="Plants for sale on the street."
    )
    notice.rescind_nolv(served(dana, next(places)), reason="It was the wrong premises.", by=marco, at=RECEIVED)
    lost = served(dana, next(places))
    row = Delivery.objects.get(notice__file=lost.file)
    Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.SENT)
    delivery.settle_by_hand(row, Delivery.State.BOUNCED, by=dana, at=on("11-18 09:00"), detail="The mailbox is full.")
    quiet = factories.in_progress(dana, premises=next(places))
    visit.end_visit(quiet, reviewed_with="Tomás Lucero", notes="", by=dana, at=SERVED)
    received(dana, next(places))
    digest.write(at=on("11-24 07:00"))
    assert Deadline.objects.exists()
