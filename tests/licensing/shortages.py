"""A finding and measures on it, as a supervisor puts them on record."""

from datetime import date
from decimal import Decimal
from typing import Any

from casefile.calendar import local_day
from licensing import rules
from licensing.actions import shortage
from licensing.models import License, MonthlyReport, ShortageFinding, ShortageMeasure
from licensing.rules import MeasureKind, shortage_period_ends_on
from tests import factories

NOW = factories.at("2026-11-17 09:00")
TODAY = date(2026, 11, 17)
SET_ASIDE, FEE, EXCLUSION, QUOTA = MeasureKind
PERCENT = {SET_ASIDE: 10, FEE: 50, QUOTA: 20}


def found(by, *, at=NOW, period_from: date = date(2026, 5, 1), **facts: Any) -> ShortageFinding:
    said = {"statewide": True, "evidence": "Patients waited eleven days."} | facts
    last = said.pop("period_to", shortage_period_ends_on(period_from))
    return shortage.find_shortage(period_from=period_from, period_to=last, by=by, at=at, **said)


def order(kind: MeasureKind = SET_ASIDE, **facts: Any) -> rules.Order:
    percent = facts.pop("percent", PERCENT.get(kind))
    said = {"starts_on": TODAY, "words": "Shelves for patients are empty."} | facts
    return rules.Order(kind, percent=None if percent is None else Decimal(percent), **said)


def ordered(by, kind: MeasureKind = SET_ASIDE, *, at=NOW, finding=None, **facts: Any) -> ShortageMeasure:
    finding = finding or ShortageFinding.objects.first() or found(by, at=at)
    return shortage.order_measure(finding, order(kind, **{"starts_on": local_day(at)} | facts), by=by, at=at)


def exhausted(by, kind: MeasureKind = FEE, *, at=NOW, **facts: Any) -> ShortageMeasure:
    measure = ordered(by, kind, at=at, **facts)
    return shortage.record_exhausted(measure, exhausted_on=local_day(at), reason="Nobody grew more.", by=by, at=at)


def report(license: License, month: date, by, **numbers: Any) -> MonthlyReport:
    facts = {"source": "online", "sent_at": NOW, "sent_by": by, "sent_on": TODAY} | numbers
    names = {f.name for f in MonthlyReport._meta.get_fields()}
    return MonthlyReport.objects.create(license=license, month=month, **{k: v for k, v in facts.items() if k in names})
