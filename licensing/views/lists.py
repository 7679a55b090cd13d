"""What the lists of licensing have in common: filters in the address, chips that drop one, pages by key."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.views.generic import TemplateView

from accounts.rights import Guarded
from licensing.forms.filters import Filter
from licensing.queries.pages import Page


class FilteredList(Guarded, TemplateView):
    """A list whose filters stand in its address."""

    filter_class: type[Filter] = Filter

    def page(self, facts: dict[str, str], ends: dict[str, str]) -> Page[Any]:
        """The rows that the filters leave; `ends` are `after` and `before`."""
        raise NotImplementedError

    def filter(self) -> Filter:
        """The form of the address."""
        return self.filter_class(self.request.GET.dict())

    def table(self, rows: Sequence[Any]) -> Sequence[Any]:
        """The rows as the template wants them."""
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        get, here = self.request.GET, self.request.path
        form = self.filter()
        facts = form.facts()
        page = self.page(facts, {"after": get.get("after", ""), "before": get.get("before", "")})
        return super().get_context_data(**kwargs) | {
            "filter": form,
            "chips": [(form.in_words(name), _without(here, facts, name)) for name in facts],
            "clear_url": here,
            "rows": self.table(page.rows),
            "how_many": how_many(page),
            **page.links(here, facts),
        }


def _without(here: str, facts: dict[str, str], name: str) -> str:
    left = {key: value for key, value in facts.items() if key != name}
    return f"{here}?{urlencode(left)}" if left else here


def how_many(page: Page[Model]) -> str:
    """The number of rows on the page; that there are more is said, not counted."""
    return f"{len(page.rows)}{'' if page.whole else ' on this page'}"
