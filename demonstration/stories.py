"""Half a year of inspections, told act by act through the same door that everybody uses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from casefile.actions import act
from casefile.calendar import Calendar, local_day
from demonstration import names, papers
from demonstration.people import World
from demonstration.time import business_days_later, office_hour, pass_time
from inspections import clocks, rules
from inspections.actions import correction, discipline, notice, visit
from inspections.actions.correction import Answer, Verdict
from inspections.models import CatalogEntry, Decision, Inspection, Violation
from licensing.models import Premises
from licensing.rules import TYPES

ENDINGS = ("penalty", "suspension", "revocation", "dismissal", "return")


@dataclass(frozen=True)
class Course:
    """How one inspection goes."""

    findings: int = 3
    refused: bool = False
    cancelled: bool = False
    bounces: bool = False
    plan: str = "prompt"  # prompt, late, never
    plan_returned: bool = False
    proof: str = "prompt"  # prompt, slow, never
    proof_returned: bool = False
    extended: bool = False
    rescinded: bool = False
    reinspected: bool = False
    stops_at: str = ""  # visit, draft or referral: where nobody has come further yet
    ending: str = "penalty"  # where it goes to discipline
    pace: int = 2  # business days the office takes for each of its acts


class Story:
    """One inspection, from the plan on, as far as the present day lets it come."""

    def __init__(
        self, world: World, rng: Random, calendar: Calendar, place: Premises, day: date, course: Course
    ) -> None:
        self.rng, self.calendar, self.place, self.course = rng, calendar, place, course
        self.officer = world.officer_of(place)
        self.supervisor = world.supervisor_of(place)
        self.owner = world.owners[place.licensee.pk]
        self.day = day
        self.begins_at = office_hour(rng, day)
        self.number: str | None = None
        self.pictured = False
        self.case: Inspection | None = None
        self.clocks_run = False

    def tell(self, until: datetime) -> None:
        """Do everything up to `until`, with what the clockwork did in between."""
        for when in self._acts():
            if when > until:
                break
            if self.clocks_run:
                pass_time(self._case, when, bounces=self.course.bounces)
        if self.clocks_run:
            pass_time(self._case, until, bounces=self.course.bounces)

    def _later(self, at: datetime, count: int) -> datetime:
        return max(business_days_later(self.rng, self.calendar, at, count), at + timedelta(minutes=20))

    def _acts(self) -> Iterator[datetime]:
        """Yields when the next act is due, and does it when asked for the one after."""
        at = office_hour(self.rng, self.day - timedelta(days=self.rng.randrange(22, 40)))
        yield at
        kind = self.rng.choice(["routine", "routine", "routine", "complaint", "investigation"])
        self.case = visit.plan_inspection(
            self.place, kind=kind, officer=self.officer, by=self.supervisor, at=at, planned_on=self.day
        )
        at = self.begins_at
        yield at
        if self.course.cancelled:
            discipline.cancel_inspection(
                self.case, reason="The premises had not begun to operate.", by=self.officer, at=at
            )
            return
        self.case.file.number = self.number
        self.case.file.save(update_fields=["number"])
        if self.course.refused:
            visit.record_entry_refused(
                self.case, notes="A guard at the gate would not open. Nobody else came.", by=self.officer, at=at
            )
            yield from self._after_refusal(at)
            return
        yield from self._visit(at)

    def _after_refusal(self, at: datetime) -> Iterator[datetime]:
        at = self._later(at, 3)
        yield at
        discipline.refer_for_discipline(
            self._fresh(), reason="Nobody let the officer in, twice.", by=self.supervisor, at=at
        )
        at = self._later(at, 12)
        yield at
        self._end_with_suspension(self._fresh(), at)

    def _visit(self, at: datetime) -> Iterator[datetime]:
        case, officer = self._case, self.officer
        visit.begin_visit(case, present=f"{self.owner.name}, owner", by=officer, at=at)
        for entry in self._entries(at):
            at += timedelta(minutes=self.rng.randrange(6, 25))
            yield at
            self._record(entry, at)
            if self.course.stops_at == "visit":
                return
        at += timedelta(minutes=self.rng.randrange(10, 40))
        yield at
        if TYPES[self.place.license.type].cultivates:
            self._count_plants(at)

        self.case = visit.end_visit(case, reviewed_with=self.owner.name, notes="", by=officer, at=at)
        if self._case.state == Inspection.State.CLOSED:
            return
        yield from self._notice(at)

    @property
    def _case(self) -> Inspection:
        assert self.case is not None
        return self.case

    def _entries(self, at: datetime) -> list[CatalogEntry]:
        entries = [
            entry
            for entry in CatalogEntry.objects.on(local_day(at)).filter(code__in=names.SEEN)
            if entry.applies_to(self.place.license.type)
        ]
        return self.rng.sample(entries, min(self.course.findings, len(entries)))

    def _record(self, entry: CatalogEntry, at: datetime) -> None:
        found = names.SEEN[entry.code]
        photos = (papers.photo(self.rng.randrange(200), entry.title),) if self.pictured else ()
        visit.record_violation(
            self._case, entry, seen=found.seen, count=int(found.many), photos=photos, by=self.officer, at=at
        )

    def _count_plants(self, at: datetime) -> None:
        authorized = self.place.license.mature_plants or 200
        stage = rules.GrowthStage
        counts = {
            stage.SEEDLING: self.rng.randrange(50, 900), stage.VEGETATIVE: self.rng.randrange(100, 2000),
            stage.FLOWERING_FEMALE: int(authorized * self.rng.uniform(0.4, 0.98)),
        }  # fmt: skip
        visit.count_plants(self._case, counts, by=self.officer, at=at)

    # The notice

    def _notice(self, at: datetime) -> Iterator[datetime]:
        if self.course.stops_at == "draft":
            return
        at = self._later(at, self.rng.randrange(0, self.course.pace + 1))
        yield at
        self.case = notice.serve_nolv(self._case, by=self.officer, at=at)
        self.clocks_run = True
        if self.course.bounces:
            yield from self._after_bounce(at)
            return
        if self.course.rescinded:
            at = self._later(at, 1)
            yield at
            notice.rescind_nolv(self._case, reason="The notice named the wrong room.", by=self.supervisor, at=at)
            at = self._later(at, 1)
            yield at
            self.case = notice.serve_nolv(self._fresh(), by=self.officer, at=at)
        if self.rng.random() < 0.6:
            at = self._later(at, self.rng.choice((0, 1)))
            yield at
            notice.acknowledge_nolv(self._case, by=self.owner, at=at)
        yield from self._plan(at)

    def _after_bounce(self, at: datetime) -> Iterator[datetime]:
        at = self._later(at, 2)
        yield at
        notice.record_receipt(
            self._case, kind="by_hand", received_at=at - timedelta(hours=1), by=self.officer, at=at,
            proof=f"Handed to {self.owner.name} at the premises.",
        )  # fmt: skip
        yield from self._plan(at)

    # The plan

    def _plan(self, at: datetime) -> Iterator[datetime]:
        if self.course.plan == "never":
            yield from self._discipline(at)
            return
        at = self._later(at, self.rng.randrange(1, 4) if self.course.plan == "prompt" else self.rng.randrange(7, 9))
        yield at
        self._submit(at)
        if self.course.plan_returned:
            at = self._later(at, self.course.pace)
            yield at
            self._review_plan(at, sent_back=True)
            at = self._later(at, self.rng.randrange(1, 4))
            yield at
            self._submit(at)
        at = self._later(at, self.course.pace)
        yield at
        self._review_plan(at)
        yield from self._proof(at)

    def _submit(self, at: datetime) -> None:
        case = self._fresh()
        last_day = min(case.proof_by, local_day(at) + timedelta(days=self.rng.randrange(5, 20)))
        answers = {
            violation.number: Answer(
                how=names.SEEN[violation.entry.code].plan,
                who=f"{self.owner.name}, owner",
                by_on=max(last_day, local_day(at)),
            )
            for violation in case.violations.with_rounds()
            if not violation.plan_is_accepted
        }
        if local_day(at) > case.proof_by:
            answers = {n: Answer(answer.how, answer.who, case.proof_by) for n, answer in answers.items()}
        correction.submit_cap(case, answers, by=self.owner, at=at)

    def _review_plan(self, at: datetime, *, sent_back: bool = False) -> None:
        case = self._fresh()
        waiting = [v.number for v in case.violations.with_rounds() if v.plan and not v.plan_is_accepted]
        verdicts = {number: Verdict(Decision.ACCEPTED) for number in waiting}
        if sent_back:
            verdicts[waiting[-1]] = Verdict(Decision.RETURNED, "Tell us who will check this each week.")
        correction.review_cap(case, verdicts, by=self.officer, at=at)

    # The proof

    def _proof(self, at: datetime) -> Iterator[datetime]:
        if self.course.extended:
            at = self._later(at, 2)
            yield at
            self._extend(at)
        if self.course.proof == "never":
            yield from self._discipline(at)
            return
        at = self._later(at, self.rng.randrange(3, 8) if self.course.proof == "prompt" else self.rng.randrange(12, 17))
        numbers = [violation.number for violation in self._fresh().violations.all()]
        first = numbers[: max(1, len(numbers) // 2)] if self.rng.random() < 0.3 else numbers
        yield at
        self._send_proof(first, at)
        if rest := [number for number in numbers if number not in first]:
            at = self._later(at, 2)
            yield at
            self._send_proof(rest, at)
        yield from self._review_proof(at, numbers)

    def _extend(self, at: datetime) -> None:
        case = self._fresh()
        row = case.running(clocks.CORRECTIONS_DUE)
        if row is not None and row.due_on is not None:
            discipline.extend_deadline(
                case, clocks.CORRECTIONS_DUE, due_on=row.due_on + timedelta(days=10), by=self.supervisor, at=at,
                reason="The supplier delivers the part only next week.",
            )  # fmt: skip

    def _send_proof(self, numbers: list[int], at: datetime) -> None:
        case = self._fresh()
        for violation in case.violations.filter(number__in=numbers):
            correction.add_evidence(violation, self._paper(violation), by=self.owner, at=at)
        correction.send_evidence(case, dict.fromkeys(numbers, "Fixed. See the file."), by=self.owner, at=at)

    def _paper(self, violation: Violation) -> SimpleUploadedFile:
        number = self.rng.randrange(200)
        return papers.photo(number, f"Fixed: {violation.title}") if self.pictured else papers.receipt(number)

    def _review_proof(self, at: datetime, numbers: list[int]) -> Iterator[datetime]:
        at = self._later(at, self.course.pace)
        yield at
        verdicts = {number: Verdict(Decision.ACCEPTED) for number in numbers}
        if self.course.proof_returned:
            verdicts[numbers[-1]] = Verdict(Decision.RETURNED, "Send one more photo. The date must be easy to read.")
        if self.course.reinspected:
            verdicts[numbers[0]] = Verdict(Decision.REINSPECT, "The photo does not show the whole room.")
        correction.review_evidence(self._fresh(), verdicts, by=self.officer, at=at)
        if self.course.reinspected:
            return
        if self.course.proof_returned:
            at = self._later(at, self.rng.randrange(1, 4))
            yield at
            self._send_proof([numbers[-1]], at)
            at = self._later(at, self.course.pace)
            yield at
            correction.review_evidence(self._fresh(), {numbers[-1]: Verdict(Decision.ACCEPTED)}, by=self.officer, at=at)
        at = self._later(at, self.rng.randrange(0, 2))
        yield at
        act(self._fresh(), "close_out", by=self.officer, at=at)

    # Off the friendly path

    def _discipline(self, at: datetime) -> Iterator[datetime]:
        at = self._later(at, self.rng.randrange(28, 36))
        yield at
        discipline.refer_for_discipline(
            self._fresh(), reason="No answer to two reminders and two calls.", by=self.supervisor, at=at
        )
        if self.course.stops_at == "referral":
            return
        at = self._later(at, self.rng.randrange(8, 20))
        yield at
        getattr(self, f"_end_with_{self.course.ending}")(self._fresh(), at)

    def _end_with_penalty(self, case: Inspection, at: datetime) -> None:
        penalties = {violation.number: (violation.count, 500) for violation in case.violations.all()}
        discipline.impose_penalty(case, penalties, reason="No correction was shown.", by=self.supervisor, at=at)

    def _end_with_suspension(self, case: Inspection, at: datetime) -> None:
        day = local_day(at)
        discipline.suspend_license(
            case,
            starts_on=day,
            ends_on=day + timedelta(days=30),
            reason="No correction was shown.",
            by=self.supervisor,
            at=at,
        )

    def _end_with_revocation(self, case: Inspection, at: datetime) -> None:
        discipline.revoke_license(case, reason="Grave violations were not corrected.", by=self.supervisor, at=at)

    def _end_with_dismissal(self, case: Inspection, at: datetime) -> None:
        discipline.dismiss_case(
            case, reason="The licensee had closed the premises for good.", by=self.supervisor, at=at
        )

    def _end_with_return(self, case: Inspection, at: datetime) -> None:
        discipline.return_to_corrections(
            case, due_on=local_day(at) + timedelta(days=21), reason="The licensee came back and asked for time.",
            by=self.supervisor, at=at,
        )  # fmt: skip

    def _fresh(self) -> Inspection:
        """The case as it now stands; the door re-reads it too."""
        self.case = Inspection.objects.with_place().get(pk=self._case.pk)
        return self.case
