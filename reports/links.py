"""The addresses of lists, with the facts that one number counts."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from reports.queries.trends import Week


def list_url(name: str, **facts: Any) -> str:
    """The address of a list with what a number counts; what is empty is left out."""
    said = {key: value for key, value in facts.items() if value not in ("", None)}
    return f"{reverse(name)}?{urlencode(said)}" if said else reverse(name)


def cases_url(**facts: Any) -> str:
    return list_url("reports:cases", **facts)


def week_facts(week: Week) -> dict[str, date]:
    """The seven days of a week as an address says them."""
    return {"since": week.first, "until": week.last}
