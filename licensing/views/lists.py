"""What the lists of licensing have in common: filters and order in the address, chips that drop one, pages by key."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.views.generic import TemplateView

from accounts.rights import Guarded
from licensing.forms.filters import Filter, Sorted
from licensing.queries.pages import Page
from licensing.queries.sorting import Sort, chosen, sorted_page


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


class SortedList(FilteredList):
    """A list that its reader orders: each head of a column does so, and the order stands in the address."""

    filter_class: type[Sorted] = Sorted
    sorts: Sequence[Sort] = ()

    def filter(self) -> Sorted:
        return self.filter_class(self.request.GET.dict(), sorts=self.get_sorts())

    def rows(self, facts: dict[str, Any]) -> QuerySet[Any]:
        """The rows that the filters leave."""
        raise NotImplementedError

    def heads(self) -> Sequence[tuple[str, str]]:
        """The columns: the name of the order, empty where there is none, and the word."""
        raise NotImplementedError

    def get_sorts(self) -> Sequence[Sort]:
        """The orders, the usual one first."""
        return self.sorts

    def sort(self, facts: dict[str, Any]) -> Sort:
        """The order of the address, else the usual one."""
        return chosen(self.get_sorts(), facts.get("sort", ""))

    def page(self, facts: dict[str, Any], ends: dict[str, str]) -> Page[Any]:
        self.facts = facts
        return sorted_page(self.rows(facts), self.sort(facts), after=ends["after"], before=ends["before"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"columns": self.columns(self.facts)}

    def columns(self, facts: dict[str, Any]) -> list[dict[str, Any]]:
        """The heads of the table; each with the address that orders by it, or turns the order round."""
        now, by_name = self.sort(facts), {it.name: it for it in self.get_sorts()}
        return [self._column(label, by_name.get(name), now, facts) for name, label in self.heads()]

    def _column(self, label: str, sort: Sort | None, now: Sort, facts: dict[str, Any]) -> dict[str, Any]:
        if sort is None:
            return {"label": label}
        current = now.name.removeprefix("-") == sort.name
        target = now.turned if current else sort
        kept = {name: value for name, value in facts.items() if name != "sort"}
        if target.name != self.get_sorts()[0].name:
            kept["sort"] = target.name
        way = ("descending" if now.down else "ascending") if current else ""
        return {"label": label, "url": f"{self.request.path}?{urlencode(kept)}", "way": way, "num": sort.read is int}


def _without(here: str, facts: dict[str, str], name: str) -> str:
    left = {key: value for key, value in facts.items() if key != name}
    return f"{here}?{urlencode(left)}" if left else here


def how_many(page: Page[Model]) -> str:
    """The number of rows on the page; that there are more is said, not counted."""
    return f"{len(page.rows)}{'' if page.whole else ' on this page'}"
