"""Your licenses: what each allows, what may be asked and when, what is due; and one license with more of it."""

from collections.abc import Sequence
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.calendar import end_of, local_day
from casefile.fields import words as day
from casefile.templatetags.ccd import due_tone, due_words
from licensing import clocks
from licensing.models import License, PlantRequest
from licensing.queries.mine import Holding, holdings
from licensing.queries.requests import Kind
from licensing.queries.shortage import effects_on_license
from licensing.stages import RequestState
from licensing.views.mine import words
from licensing.views.mine.base import OfLicense, licenses_of

MOST, MOST_PAST = 50, 30
OVER = (License.Status.DENIED, License.Status.CLOSED, License.Status.REVOKED)
NONE = "You have no license with us yet. When we give you one, it will show here."


class MyLicenses(Guarded, TemplateView):
    """One card for each license; those that are over stand last."""

    template_name = "licensing/mine.html"
    rights = "licensing.see_mine"
    lists = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = local_day(timezone.now())
        found = list(licenses_of(self.user).order_by("licensee__name", "number")[: MOST + 1])
        cards = [card(it) for it in holdings(found[:MOST], on=today, reports=True)]
        return super().get_context_data(**kwargs) | {
            "cards": sorted(cards, key=lambda it: it["is_over"]),
            "more": len(found) > MOST,
            "most": MOST,
            "several": len({it.licensee_id for it in found}) > 1,
            "empty": NONE,
            "limits_url": reverse("licensing:limits"),
        }


class MyLicense(OfLicense, TemplateView):
    """One license: its number of plants, what may be asked, what is due, and what was asked before."""

    template_name = "licensing/mine_license.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (holding,) = holdings([self.license], on=self.today, reports=True)
        past = self.license.plant_requests.exclude(pk__in=[it.pk for it in holding.open_requests])
        decided = list(past.exclude(sent_at=None).with_license().order_by("-pk")[:MOST_PAST])
        return super().get_context_data(**kwargs) | {
            "card": card(holding),
            "acts": acts(holding) if self.can_act else [],
            "effects": effects_on_license(self.license, self.today),
            "past": [request_row(it, holding) for it in decided],
            "history": [
                {"text": day(row.since), "cells": cells(row.level, row.mature_plants)}
                for row in self.license.authorizations.order_by("-since", "-pk")[:MOST_PAST]
            ],
            "limits_url": reverse("licensing:limits"),
            "columns": ["Since", "Level", "Mature plants"],
            "record_url": self.license.get_absolute_url(),
        }


def card(holding: Holding) -> dict[str, Any]:
    """One license in a list."""
    license, report = holding.license, holding.report
    found = holding.count_level
    return {
        "license": license,
        "url": reverse("licensing:my_license", args=[license.number]),
        "is_over": license.status in OVER,
        "has_levels": holding.has_levels,
        "other_level": found.number if found and license.level and found.number != license.level else None,
        "may_ask": words.may_ask(holding),
        "before_the_end": words.before_the_end(license, holding.on),
        "report": report_row(holding, license) if report else None,
        "reports_url": address("licensing:my_reports", license.number),
        "missing": holding.missing_reports,
        "open": [request_row(it, holding) for it in holding.open_requests],
    }


def report_row(holding: Holding, license: License) -> dict[str, Any]:
    """The report that has to be sent first."""
    month = holding.report
    assert month is not None
    return {
        "name": month.name,
        "url": address("licensing:my_report", license.number, f"{month.month:%Y-%m}"),
        "due_on": month.due_on,
        "tone": "over" if month.is_missing else "later",
        "words": "This is late. Send it today" if month.is_missing else f"Due by {day(month.due_on)}",
    }


def request_row(case: PlantRequest, holding: Holding) -> dict[str, Any]:
    """One request in a list: what was asked, how it stands, by when the licensee has to act."""
    by = case.information_by if case.state == RequestState.INCOMPLETE else None
    at = end_of(holding.on)
    return {
        "title": words.asked_for(case),
        "url": reverse("licensing:my_request", args=[case.file.key]),
        "mark": words.status(case),
        "sent_at": case.sent_at,
        "due": by,
        "tone": due_tone(end_of(by), at) if by else "",
        "words": due_words(end_of(by), at) if by else "",
        "decide_by": decide_by(case),
    }


def decide_by(case: PlantRequest) -> Any:
    """The day by which the Division decides; None before the request is complete."""
    row = case.running(clocks.DECISION_DUE)
    return row.due_on if row else None


def acts(holding: Holding) -> Sequence[dict[str, str]]:
    """What can be asked for now, each with where; going on with a draft goes before."""
    drafts = {it.kind: it for it in holding.open_requests if it.state == RequestState.DRAFT}
    labels = {
        Kind.DESIGNATION: "Ask for a level",
        Kind.INCREASE: "Ask for more plants",
        Kind.DECREASE: "Ask for fewer plants",
    }
    found = []
    for kind, label in labels.items():
        if kind in drafts:
            found.append({"label": f"Go on: {label[0].lower()}{label[1:]}", "url": draft_url(drafts[kind])})
        elif words.closed_answer(holding, kind) is None:
            found.append({"label": label, "url": reverse("licensing:ask", args=[holding.license.number, kind])})
    return found


def draft_url(case: PlantRequest) -> str:
    return reverse("licensing:my_request", args=[case.file.key])


def cells(level: int | None, count: int | None) -> list[dict[str, str]]:
    """A line of the history of a license."""
    return [
        {"label": "Level", "text": str(level) if level else "None"},
        {"label": "Mature plants", "text": f"{count:,}" if count is not None else "Not known"},
    ]


def address(name: str, *args: str) -> str:
    """Where a page of another room is; empty in a house without it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
