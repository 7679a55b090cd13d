"""What the lists behind the dashboards may be narrowed by and how they are ordered; all of it stands in the address."""

from datetime import date
from typing import Any

from django import forms

from inspections.models.catalog import SEVERITIES
from inspections.stages import State
from licensing.counties import COUNTIES
from licensing.forms.filters import Sorted, words
from licensing.models import LICENSE_TYPES, PlantRequest
from licensing.stages import PENDING
from reports.queries.cases import VIEWS
from reports.queries.licensing import AGES
from reports.queries.workload import WHAT as STANDING
from schedules.queries.coverage import NO_COUNTY, NOBODY, PLANNED, WHAT

ALL_COUNTIES = [("", "All counties"), *((name, name) for name in COUNTIES)]
ALL_TYPES = [("", "All types"), *LICENSE_TYPES]
MONTHS = [(str(n), f"{date(2000, n, 1):%B}") for n in range(1, 13)]


def _hidden_day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.HiddenInput)


class CaseFilter(Sorted):
    """The view, words, status, county, type, officer; and what a number adds: days, a rule, a severity."""

    view = forms.ChoiceField(
        label="Which cases", required=False, choices=[("", "Open"), *((key, it.label) for key, it in VIEWS.items())]
    )
    q = words("Find in list")
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Any status"), *State.choices])
    county = forms.ChoiceField(label="County", required=False, choices=ALL_COUNTIES)
    type = forms.ChoiceField(label="License type", required=False, choices=ALL_TYPES)
    officer = forms.ChoiceField(label="Officer", required=False, choices=[("", "All officers")])
    severity = forms.ChoiceField(label="Severity", required=False, choices=[("", "Any"), *SEVERITIES])
    rule = forms.CharField(label="Rule", required=False, max_length=12, widget=forms.HiddenInput)
    since = _hidden_day("From")
    until = _hidden_day("Through")
    as_of = _hidden_day("As of")


class LateFilter(Sorted):
    """The same for what is overdue."""

    q = words("Find in list")
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Any status"), *State.choices])
    county = forms.ChoiceField(label="County", required=False, choices=ALL_COUNTIES)
    type = forms.ChoiceField(label="License type", required=False, choices=ALL_TYPES)
    officer = forms.ChoiceField(label="Officer", required=False, choices=[("", "All officers")])


class CoverageFilter(Sorted):
    """Words, standing, county, license type, who saw it last, the month in which the year saw it first."""

    q = words("Name, number or city")
    what = forms.ChoiceField(label="Which", required=False, choices=[("", "All that operate"), *WHAT.items()])
    county = forms.ChoiceField(
        label="County", required=False, choices=[*ALL_COUNTIES, (NO_COUNTY, "No county on record")]
    )
    type = forms.ChoiceField(label="License type", required=False, choices=ALL_TYPES)
    officer = forms.ChoiceField(label="Last seen by", required=False, choices=[("", "Anybody"), (NOBODY, "Nobody yet")])
    month = forms.ChoiceField(label="Seen first in", required=False, choices=[("", "Any month"), *MONTHS])

    def __init__(self, *args: Any, plans: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not plans:
            field: Any = self.fields["what"]
            field.choices = [it for it in field.choices if it[0] != PLANNED]


class PlannedFilter(Sorted):
    """How the planned visits of a month stand, county and officer."""

    what = forms.ChoiceField(label="Which", required=False, choices=[("", "All but skipped"), *STANDING.items()])
    county = forms.ChoiceField(label="County", required=False, choices=ALL_COUNTIES)
    officer = forms.ChoiceField(label="Officer", required=False, choices=[("", "All officers")])


class WaitingFilter(Sorted):
    """State, age, kind and officer of requests that wait."""

    state = forms.ChoiceField(
        label="Status", required=False, choices=[("", "All that wait"), *((it.value, it.label) for it in PENDING)]
    )
    age = forms.ChoiceField(
        label="Sent", required=False, choices=[("", "Any time"), *((it.key, f"{it.label} ago") for it in AGES)]
    )
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "Any kind"), *PlantRequest.Kind.choices])
    officer = forms.ChoiceField(label="Officer", required=False, choices=[("", "All officers")])
    as_of = _hidden_day("As of")
