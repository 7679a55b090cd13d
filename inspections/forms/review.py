"""What a review of the plan or of the proof says, violation by violation."""

from typing import Any

from django import forms

from inspections.actions.correction import Verdict
from inspections.forms.parts import Part, PartsForm
from inspections.models import Decision

ACCEPT = (Decision.ACCEPTED.value, "Accept")
RETURN = (Decision.RETURNED.value, "Something is missing")


class PlanPart(Part):
    """Accept one part of the plan, or say what is missing."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[ACCEPT, RETURN],
        widget=forms.RadioSelect,
        error_messages={"required": "Accept it, or say what is missing."},
    )
    remark = forms.CharField(
        label="What is missing",
        help_text="The licensee reads this.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_fields("decision", "remark")

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("decision") == Decision.RETURNED and not typed.get("remark"):
            self.add_error("remark", "Say what is missing.")
        if typed.get("decision") == Decision.REINSPECT and not typed.get("remark"):
            self.add_error("remark", "Say why we must see it again.")
        return typed

    @property
    def verdict(self) -> Verdict:
        """What the officer decided; a remark on what was accepted is not sent."""
        decision = self.cleaned_data["decision"]
        return Verdict(decision, "" if decision == Decision.ACCEPTED else self.cleaned_data["remark"])


class ReviewForm(PartsForm):
    """The review of everything that waits for one."""

    part = PlanPart

    def verdicts(self) -> dict[int, Verdict]:
        """By number of violation, what was decided; parts left open are not in it."""
        decided = [part for part in self.parts if isinstance(part, PlanPart) and part.cleaned_data["decision"]]
        return {part.violation.number: part.verdict for part in decided}


class ProofPart(PlanPart):
    """Accept the proof of one fix, say what is missing, or that we must see it; or leave it for later."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[ACCEPT, RETURN, (Decision.REINSPECT.value, "Needs a re-inspection")],
        widget=forms.RadioSelect,
        required=False,
    )
    remark = forms.CharField(
        label="What is missing",
        help_text="The licensee reads what is missing. Why we must see it again stays in the office.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )


class ProofForm(ReviewForm):
    """The review of the proof that waits; some of it may be left for later."""

    part = ProofPart

    def clean(self) -> dict[str, Any]:
        if all(part.is_valid() for part in self.parts) and not self.verdicts():
            raise forms.ValidationError("Decide at least one violation.")
        return self.cleaned_data
