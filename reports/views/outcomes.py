"""Outcomes: how long cases take, how often plans are in time, what is found again, and how even officers are."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms

from inspections.models.catalog import SEVERITIES
from licensing.forms.filters import Filter
from reports.book import Sheet
from reports.charts.bars import bars
from reports.charts.spark import spark
from reports.forms import ALL_COUNTIES, ALL_TYPES
from reports.links import cases_url, week_facts
from reports.queries.cases import span_of
from reports.queries.outcomes import FEW, Broken, Officer, Outcomes, Spread, days, most_broken, outcomes, spreads
from reports.queries.trends import WEEKS, trend
from reports.views.base import Dashboard

PERIODS = (("90", "90 days"), ("365", "12 months"))
SEVERITY = dict(SEVERITIES)


class PeriodFilter(Filter):
    """How far back, which county, which license type."""

    days = forms.ChoiceField(label="Time", required=False, choices=[("", "12 months"), PERIODS[0]])
    county = forms.ChoiceField(label="County", required=False, choices=ALL_COUNTIES)
    type = forms.ChoiceField(label="License type", required=False, choices=ALL_TYPES)


class OutcomesPage(Dashboard):
    """What came of the cases of 90 days or 12 months; each number opens its list."""

    template_name = "reports/outcomes.html"
    tab = "reports:outcomes"
    file = "outcomes"

    def read(self) -> PeriodFilter:
        """The address, and what follows from it: the days, the facts of each list."""
        form = PeriodFilter(self.request.GET.dict())
        said = form.facts()
        self.period = said.pop("days", "365")
        self.facts = said
        since = self.today - timedelta(days=int(self.period))
        self.days = {"since": since, "until": self.today}
        self.span = span_of(self.days, self.desk.at)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.read()
        found = outcomes(self.desk, self.span, self.facts)
        rules = most_broken(self.desk, self.span, self.facts)
        weeks = trend(self.desk, self.today)
        closings = [week.closed for week in weeks.weeks]
        return super().get_context_data(**kwargs) | {
            "filter": form,
            "chips": [],
            "clear_url": self.request.path,
            "period": dict(PERIODS)[self.period],
            "tiles": self.tiles(found),
            "rules": self.rule_rows(rules),
            "spreads": [self.spread(it) for it in spreads(self.desk, self.span, self.facts, rules)],
            "few": FEW,
            "closings": spark(closings),
            "weeks": [
                {"week": it, "number": it.closed, "url": cases_url(view="closed", **week_facts(it))}
                for it in reversed(weeks.weeks)
            ],
            "how_many_weeks": WEEKS,
        }

    def url(self, view: str, **more: str) -> str:
        return cases_url(view=view, **self.days, **self.facts, **more)

    def tiles(self, found: Outcomes) -> list[dict[str, Any]]:
        """The main numbers."""
        due = found.on_time + found.late
        return [
            {"number": days(found.median), "label": "Notice to close-out", "tone": "pri",
             "note": f"Half of {found.closed_out:,} cases were as fast", "url": self.url("closed_out", sort="took")},
            {"number": found.closed_out, "label": "Closed out", "tone": "", "note": "Corrected and closed",
             "url": self.url("closed_out")},
            {"number": found.on_time, "label": "Plans on time", "tone": "",
             "note": f"{percent(found.on_time_percent)} of {due:,} that were due", "url": self.url("plan_on_time")},
            {"number": found.late, "label": "Plans late", "tone": "amber" if found.late else "",
             "note": "Late, or still not here", "url": self.url("plan_late")},
            {"number": found.notices, "label": "Notices sent", "tone": "", "note": "That stand",
             "url": self.url("notices")},
            {"number": found.repeats, "label": "Found again", "tone": "amber" if found.repeats else "",
             "note": f"{percent(found.repeat_percent)} of the notices name a rule that was broken there before",
             "url": self.url("repeats")},
        ]  # fmt: skip

    def rule_rows(self, rules: Sequence[Broken]) -> list[dict[str, Any]]:
        drawn = bars([(it.cases, 0) for it in rules])
        return [
            {"rule": it, "severity": SEVERITY[it.severity], "width": bar.width,
             "url": self.url("notices", rule=it.code, severity=it.severity)}
            for it, bar in zip(rules, drawn, strict=True)
        ]  # fmt: skip

    def spread(self, it: Spread) -> dict[str, Any]:
        which = {"rule": it.broken.code, "severity": it.broken.severity}
        return {
            "broken": it.broken, "severity": SEVERITY[it.broken.severity], "words": spread_words(it),
            "officers": [self._officer(who, which) for who in it.officers],
        }  # fmt: skip

    def _officer(self, who: Officer, which: dict[str, str]) -> dict[str, Any]:
        return {
            "officer": who, "percent": percent(who.percent), "median": days(who.median),
            "ended_url": self.url("ended", **which, officer=who.email),
            "hard_url": self.url("disciplined", **which, officer=who.email),
        }  # fmt: skip

    def sheets(self) -> Sequence[Sheet]:
        self.read()
        found = outcomes(self.desk, self.span, self.facts)
        rules = most_broken(self.desk, self.span, self.facts)
        numbers = [(it["label"], it["number"], it["note"]) for it in self.tiles(found)]
        officers = [
            (it.broken.code, it.broken.title, SEVERITY[it.broken.severity], who.name, who.ended, who.disciplined,
             "too few to compare" if who.is_few else percent(who.percent), days(who.median))
            for it in spreads(self.desk, self.span, self.facts, rules) for who in it.officers
        ]  # fmt: skip
        return [
            Sheet("Numbers", ("What", "Number", "Note"), numbers),
            Sheet("Rules", ("Code", "Rule", "Severity", "Cases"),
                  [(it.code, it.title, SEVERITY[it.severity], it.cases) for it in rules]),
            Sheet("Same facts", ("Code", "Rule", "Severity", "Officer", "Ended", "In discipline", "Share", "Median"),
                  officers),
        ]  # fmt: skip


def percent(value: int | None) -> str:
    return "–" if value is None else f"{value}%"


def spread_words(it: Spread) -> str:
    """What the table of a rule shows, in one sentence."""
    shares = [who.percent or 0 for who in it.compared]
    if len(shares) < 2:
        return f"Too few to compare: fewer than two officers have {FEW} ended cases"
    if it.points == 0:
        return f"The same share, {shares[0]}%, with each of {len(shares)} officers"
    return f"Between {min(shares)}% and {max(shares)}% ended in discipline, {len(shares)} officers compared"
