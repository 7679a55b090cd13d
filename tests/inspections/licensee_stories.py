"""Cases of a licensee in every state they may meet, each brought there through the door."""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from inspections.actions import correction, discipline, notice, visit
from inspections.actions.correction import Answer, Verdict
from inspections.models import Inspection
from tests import factories
from tests.casefile.test_documents import photo

SERVED = factories.at("2026-11-18 08:00")
NOW = factories.at("2026-11-19 09:00")
PLANNED = factories.at("2026-11-20 09:00")
REVIEWED = factories.at("2026-11-23 09:00")
PROVEN = factories.at("2026-11-24 09:00")
LATER = factories.at("2026-11-25 09:00")
ACCEPTED, RETURNED, REINSPECT = (
    Verdict("accepted"),
    Verdict("returned", "Say who checks it."),
    Verdict("reinspect", "See it."),
)


def image(name: str = "fix.jpg") -> SimpleUploadedFile:
    """A photo; each is another."""
    return SimpleUploadedFile(name, photo(), content_type="image/jpeg")


class Story:
    """One case and the people in it; each method takes it one step on and gives the story back."""

    def __init__(self, dana: User, marco: User, tomas: User, place, *, findings: int = 3) -> None:
        self.dana, self.marco, self.tomas = dana, marco, tomas
        self.case: Inspection = factories.in_progress(dana, premises=place)
        for n in range(findings):
            entry = factories.entry(
                title=f"Label {n + 1} has no batch number", description="Each label must show its batch."
            )
            visit.record_violation(
                self.case, entry, seen=f"We saw jar {n + 1} with no number.", by=dana, at=factories.MORNING,
                photos=(image(f"found-{n + 1}.jpg"),) if n == 0 else (),
            )  # fmt: skip
        self.case = visit.end_visit(
            self.case, reviewed_with="Tomás Lucero", notes="He was rude.", by=dana, at=factories.MORNING
        )

    @property
    def key(self) -> str:
        return self.case.file.key

    def serve(self, at: datetime = SERVED) -> "Story":
        self.case = notice.serve_nolv(self.case, by=self.dana, at=at)
        return self

    def serve_grave(self) -> "Story":
        self.case = notice.serve_nolv(self.case, by=self.marco, at=SERVED, skip_plan=True, reason="A grave case.")
        return self

    def receive(self, at: datetime = SERVED + timedelta(minutes=10)) -> "Story":
        notice.record_receipt(
            self.case, kind="by_hand", received_at=at, proof="Handed to Tomás Lucero", by=self.dana, at=at
        )
        return self.again()

    def plan(self, at: datetime = PLANNED, numbers: tuple[int, ...] = (1, 2, 3)) -> "Story":
        answers = {
            n: Answer(f"I will print label {n} again.", "Tomás Lucero, owner", date(2026, 12, 4)) for n in numbers
        }
        self.case = correction.submit_cap(self.case, answers, by=self.tomas, at=at)
        return self

    def review_plan(self, **verdicts: Verdict) -> "Story":
        said = {v.number: verdicts.get(f"v{v.number}", ACCEPTED) for v in self.case.violations.all()}
        self.case = correction.review_cap(self.case, said, by=self.dana, at=REVIEWED)
        return self

    def add_file(self, number: int, name: str = "fix.jpg") -> "Story":
        correction.add_evidence(self.case.violations.get(number=number), image(name), by=self.tomas, at=PROVEN)
        return self

    def prove(self, *numbers: int) -> "Story":
        for number in numbers:
            self.add_file(number, f"fix-{number}.jpg")
        self.again()
        self.case = correction.send_evidence(
            self.case, {n: f"Label {n} is new." for n in numbers}, by=self.tomas, at=PROVEN
        )
        return self

    def review_proof(self, **verdicts: Verdict) -> "Story":
        said = {int(name[1:]): verdict for name, verdict in verdicts.items()}
        self.case = correction.review_evidence(self.case, said, by=self.dana, at=LATER)
        return self

    def again(self) -> "Story":
        self.case = Inspection.objects.get(pk=self.case.pk)
        return self


def sent(story: Story) -> Story:
    return story.serve()


def received(story: Story) -> Story:
    return story.serve().receive()


def reading(story: Story) -> Story:
    return received(story).plan()


def changing(story: Story) -> Story:
    return reading(story).review_plan(v2=RETURNED)


def proving(story: Story) -> Story:
    return reading(story).review_plan()


def checking(story: Story) -> Story:
    return proving(story).prove(1, 2, 3)


def more_proof(story: Story) -> Story:
    return checking(story).review_proof(v1=ACCEPTED, v2=Verdict("returned", "One photo of a new label."), v3=REINSPECT)


def closed(story: Story) -> Story:
    story = checking(story).review_proof(v1=ACCEPTED, v2=ACCEPTED, v3=ACCEPTED)
    from casefile.actions import act

    story.case = act(story.case, "close_out", by=story.dana, at=LATER)
    return story


def grave(story: Story) -> Story:
    return story.serve_grave()


def referred(story: Story) -> Story:
    story = received(story)
    story.case = discipline.refer_for_discipline(story.case, reason="No plan came.", by=story.marco, at=LATER)
    return story


def taken_back(story: Story) -> Story:
    story = received(story)
    story.case = notice.rescind_nolv(story.case, reason="Wrong premises.", by=story.marco, at=NOW)
    return story


STATES = {
    "sent": sent,
    "received": received,
    "reading": reading,
    "changing": changing,
    "proving": proving,
    "checking": checking,
    "more_proof": more_proof,
    "closed": closed,
    "grave": grave,
    "referred": referred,
    "taken_back": taken_back,
}
