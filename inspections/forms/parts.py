"""A form made of one part for each violation."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from casefile.fields import Sheet
from inspections.models import Violation


class Part(forms.Form):
    """What is asked about one violation; `about` names it in the list of errors."""

    def __init__(self, data: Any, *, violation: Violation, typed: Mapping[str, Any]) -> None:
        prefix = f"v{violation.number}"
        super().__init__(data, prefix=prefix, initial={**self.before(violation), **typed_in(typed, prefix)})
        self.violation = violation
        self.about = f"Violation {violation.number}"
        self.helper = Sheet(summary=False)

    def name_fields(self, *names: str) -> None:
        """Tell the labels of one violation from those of the next."""
        for name in names:
            self.fields[name].label = f"{self.fields[name].label}, violation {self.violation.number}"

    @staticmethod
    def before(violation: Violation) -> dict[str, Any]:
        """What stands in the fields before anything is typed."""
        return {}


def typed_in(typed: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Of a draft, what was typed into the part with this prefix."""
    start = f"{prefix}-"
    return {name.removeprefix(start): value for name, value in typed.items() if name.startswith(start)}


class PartsForm(forms.Form):
    """All parts together; `typed` is the draft that was kept."""

    part: type[Part] = Part

    def __init__(
        self, *args: Any, violations: Iterable[Violation] = (), typed: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound else None
        self.parts = [self.part(data, violation=violation, typed=typed or {}) for violation in violations]
        self.helper = Sheet(summary=False)

    @property
    def all_forms(self) -> Sequence[forms.Form]:
        """Itself and its parts, as the list of errors wants them."""
        return [self, *self.parts]

    @property
    def has_errors(self) -> bool:
        return self.is_bound and any(form.errors for form in self.all_forms)

    def is_valid(self) -> bool:
        """Judge the whole first, for it may find fault with its parts."""
        return all([super().is_valid(), *(part.is_valid() for part in self.parts)])
