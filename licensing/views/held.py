"""What pages about held rows have in common, whatever file the rows came from."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.rights import Guarded
from casefile.views.once import OnceView
from licensing.models import HeldReport, HeldRow


class OfHeld(Guarded):
    """A page about one held row; licensees know of none."""

    model: type[HeldRow] | type[HeldReport]
    columns: Mapping[str, str]  # of the file: their names, and what they are called on a page
    related: tuple[str, ...] = ("run", "settled_by")
    row: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.user.is_division:
            raise Http404
        self.row = get_object_or_404(self.model._default_manager.select_related(*self.related), key=kwargs["key"])

    def in_rows(self, facts: Mapping[str, str]) -> list[dict[str, str]]:
        """The cells of a row, each with the name of its column."""
        return [
            {"label": label, "value": facts.get(name) or "Empty"}
            for name, label in self.columns.items()
            if name in facts
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = {"row": self.row, "facts": self.in_rows(self.row.facts)}
        return super().get_context_data(**kwargs) | about  # type: ignore[misc]


class SettleHeld(OfHeld, OnceView):
    """A form that settles the row; `above` is the list it comes from: its label and the name of its address."""

    template_name = "licensing/held_row_settle.html"
    above: tuple[str, str]
    title = ""
    lead = ""
    button = ""
    done = "The row is settled."

    def get_success_url(self) -> str:
        return self.row.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        label, name = self.above
        crumbs = [(label, reverse(name)), (self.row.name, self.row.get_absolute_url()), (self.button, "")]
        said = {"title": self.title, "lead": self.lead, "button": self.button, "crumbs": crumbs}
        return super().get_context_data(**kwargs) | said
