"""What the office is asked about a request: which pieces lack something, what is granted, why, and who has it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from accounts.models import Role, User
from casefile.fields import MemorableDateField, Sheet
from casefile.forms import HandOverForm
from licensing import rules
from licensing.counties import COUNTIES
from licensing.forms.filters import Filter, words
from licensing.forms.limits import PlantsField
from licensing.models import PlantRequest
from licensing.stages import RequestState

HERE, LACKS = "here", "lacks"
READ_BY_LICENSEE = "The licensee reads this in the letter."
SENT = [(value, label) for value, label in RequestState.choices if value != RequestState.DRAFT]


def deciders() -> Any:
    """Those who may have requests."""
    return User.objects.filter(role__in=[Role.OFFICER, Role.SUPERVISOR], is_active=True).order_by("name", "pk")


class RequestFilter(Filter):
    """Words, state, kind, officer and county."""

    q = words("Licensee, license or case")
    state = forms.ChoiceField(label="Status", required=False, choices=[("", "Not decided"), *SENT, ("all", "All")])
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "Any kind"), *PlantRequest.Kind.choices])
    officer = forms.ChoiceField(label="Officer", required=False)
    county = forms.ChoiceField(
        label="County", required=False, choices=[("", "All counties"), *((name, name) for name in COUNTIES)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(person.email, person.name) for person in deciders()]
        self.fields["officer"].choices = [("", "Anybody"), ("none", "Nobody yet"), *people]  # type: ignore[attr-defined]


def reasons_field(label: str, hint: str = READ_BY_LICENSEE, *, wrong: str = "") -> forms.CharField:
    """Why it is decided so; `wrong` says what to do where it must not be empty."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(wrong), max_length=5_000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": wrong},
    )  # fmt: skip


class PiecePart(forms.Form):
    """Whether one piece is there, and what it lacks; `about` names it in the list of errors."""

    mark = forms.ChoiceField(
        choices=[(HERE, "It is there"), (LACKS, "Something is missing")], widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is there."},
    )  # fmt: skip
    words = forms.CharField(
        required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}), help_text=READ_BY_LICENSEE
    )

    def __init__(self, data: Any, *, piece: rules.Piece, typed: Mapping[str, Any]) -> None:
        prefix = piece.key
        kept = {name: typed[f"{prefix}-{name}"] for name in ("mark", "words") if f"{prefix}-{name}" in typed}
        super().__init__(data, prefix=prefix, initial=kept)
        self.piece, self.about = piece, piece.label
        self.fields["mark"].label = f"Is it there? {piece.label}"
        self.fields["words"].label = f"What is missing? {piece.label}"
        self.helper = Sheet(summary=False)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("mark") == LACKS and not said.get("words", "").strip():
            self.add_error("words", "Say what is missing. The licensee reads it.")
        return said


class CheckForm(forms.Form):
    """All pieces of a request, and the day on which it was complete; `typed` is the draft that was kept."""

    complete_on = MemorableDateField(
        label="On what day was everything there?", help_text="As a rule the day of the last sending.", required=False
    )

    def __init__(
        self, *args: Any, pieces: Sequence[rules.Piece], typed: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound else None
        self.parts = [PiecePart(data, piece=piece, typed=typed or {}) for piece in pieces]
        self.helper = Sheet(summary=False)

    @property
    def all_forms(self) -> Sequence[forms.Form]:
        """Itself and its parts, as the list of errors wants them."""
        return [self, *self.parts]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(part.is_valid() for part in self.parts)])

    def lacking(self) -> dict[str, str]:
        """By key of the piece, what it lacks."""
        return {part.piece.key: part.cleaned_data["words"] for part in self.parts if part.cleaned_data["mark"] == LACKS}


class GrantForm(forms.Form):
    """How many plants are granted, and why."""

    granted = PlantsField(least=1)
    reasons = reasons_field("Why?", f"{READ_BY_LICENSEE} Needed when you grant less than was asked for.")

    def __init__(self, *args: Any, label: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["granted"].label, self.fields["granted"].help_text = label, hint
        self.helper = Sheet()


class LevelForm(GrantForm):
    """Which level, how many plants inside it, and why."""

    level = forms.TypedChoiceField(
        label="Which level?", coerce=int, widget=forms.RadioSelect, error_messages={"required": "Choose a level."}
    )
    field_order = ["level", "granted", "reasons"]

    def __init__(self, *args: Any, levels: Sequence[rules.Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(it.number, str(it)) for it in levels]  # type: ignore[attr-defined]


class DenyForm(forms.Form):
    """Why the request is denied."""

    helper = Sheet()
    reasons = reasons_field("Why is it denied?", wrong="Say why the request is denied.")


class AssignForm(HandOverForm):
    """Who takes the request over."""

    what = "request"
