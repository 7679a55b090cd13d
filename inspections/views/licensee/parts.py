"""The plan as its author sees it: a part for each violation, with what was typed, what is missing, what we said."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casefile.calendar import local_day, long_day
from casefile.models import Draft
from casefile.views.kept import as_typed
from casefile.views.own import Mark
from inspections.actions.correction import Answer
from inspections.actions.drafts import CAP, Part, plan_parts
from inspections.forms.licensee import PlanPartForm, answered_part, empty_part, typed_part
from inspections.models import Decision, Inspection, PlanItem, Violation
from inspections.views.licensee.times import Times

ACCEPTED = Mark("Accepted", "green")
READY = Mark("Ready to send", "green")
NOT_STARTED = Mark("Not started")
RETURNED = Mark("Change this part", "amber")


@dataclass(frozen=True)
class PlanPart:
    """What is asked and what is answered about one violation."""

    violation: Violation
    typed: Mapping[str, str]
    old: Mapping[str, str]  # the answer that was sent back, or an empty part
    stored: Part | None
    earliest: date | None
    latest: date

    @property
    def number(self) -> int:
        return self.violation.number

    @property
    def is_accepted(self) -> bool:
        return self.violation.plan_is_accepted

    @property
    def plan(self) -> PlanItem | None:
        return self.violation.plan

    @property
    def remark(self) -> str:
        """What is missing in the answer that was sent back."""
        plan = self.plan
        return plan.remark if plan is not None and plan.decision == Decision.RETURNED else ""

    def judged(self) -> PlanPartForm:
        """The form with what is wrong in it."""
        return PlanPartForm(self.typed, number=self.number, earliest=self.earliest, latest=self.latest)

    def as_typed(self) -> PlanPartForm:
        """The form as it was typed, nothing judged."""
        form = self.judged()
        return as_typed(form, form.data)

    @property
    def seen(self) -> str:
        """The digest of what this page shows, so that a colleague's words are not overwritten unseen."""
        return Part(self.typed).digest

    @property
    def missing(self) -> int:
        """How many of the three answers are missing or wrong."""
        return 0 if self.is_accepted else len(self.judged().errors)

    @property
    def mark(self) -> Mark:
        if self.is_accepted:
            return ACCEPTED
        if self.remark and self.typed == self.old:
            return RETURNED
        if not any(self.typed.values()):
            return NOT_STARTED
        missing = self.missing
        if missing == 1:
            return Mark("1 answer missing", "amber")
        return Mark("In progress", "amber") if missing else READY

    def answer(self) -> Answer:
        """What is sent; call when nothing is missing."""
        said = self.judged()
        said.full_clean()
        return Answer(said.cleaned_data["how"], said.cleaned_data["who"], said.cleaned_data["by_on"])


def draft_of(case: Inspection) -> Draft | None:
    """What was typed of the plan and not sent."""
    return case.file.drafts.filter(name=CAP).first()


def parts_of(
    times: Times, draft: Draft | None, words: Mapping[str, str], numbers: Container[int] = ()
) -> list[PlanPart]:
    """Every part: these `numbers` as the `words` of a form say, the others as in the draft, else as answered before."""
    case, stored = times.case, plan_parts(draft.typed) if draft else {}
    earliest = local_day(case.received_at) if case.received_at else None
    parts = []
    for violation in case.rounds():
        old, kept = _answered(violation), stored.get(violation.number)
        said = typed_part(words, violation.number) if violation.number in numbers else None
        typed = said or (kept.typed if kept else old)
        parts.append(PlanPart(violation, dict(typed), old, kept, earliest, times.proof.on))
    return parts


def _answered(violation: Violation) -> dict[str, str]:
    plan = violation.plan
    return answered_part(plan.how, plan.who, plan.by_on) if plan else empty_part()


def asked(parts: Iterable[PlanPart]) -> list[PlanPart]:
    """The parts that still need an answer."""
    return [part for part in parts if not part.is_accepted]


def digest_of(parts: Iterable[PlanPart]) -> str:
    """What changes when any answer changes."""
    return "".join(part.seen for part in asked(parts))


def last_plan(violations: Sequence[Violation]) -> PlanItem | None:
    """The part of the plan that came last."""
    return max((v.plan for v in violations if v.plan), key=lambda plan: plan.sent_at, default=None)


def sent_or_notice(case: Inspection) -> tuple[str]:
    """Where somebody is sent who asks for a plan that is not asked for: to the copy of the one that was sent."""
    return ("notice_plan_sent",) if last_plan(case.rounds()) else ("notice",)


def plan_rows(plan: PlanItem) -> list[dict[str, str]]:
    """One part of the plan as it was sent."""
    return [
        {"label": "How", "value": plan.how},
        {"label": "Who", "value": plan.who},
        {"label": "By what day", "value": long_day(plan.by_on)},
    ]
