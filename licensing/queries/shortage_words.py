"""What a measure asks of those whom it binds, in sentences for a licensee: on pages and in letters."""

from datetime import date

from casefile.fields import words as plain_day
from licensing.models import ShortageMeasure
from licensing.rules import MeasureKind

MEDICAL = "Medical sales are sales to patients, their caregivers, and reciprocal participants."


def asks_of(measure: ShortageMeasure, day: date) -> list[str]:
    """What to do and from when until when."""
    sentences = {
        MeasureKind.SET_ASIDE: _set_aside,
        MeasureKind.FEE_REDUCTION: _fee_reduction,
        MeasureKind.COMMERCIAL_EXCLUSION: _exclusion,
        MeasureKind.PLANT_QUOTA: _quota,
    }[MeasureKind(measure.kind)](measure, _since(measure, day))
    return [*sentences, f"The last day is {plain_day(measure.ends_on)}."] if measure.ends_on else sentences


def short_of(measure: ShortageMeasure) -> str:
    """The measure in one line for the office."""
    percent = _percent(measure)
    return {
        MeasureKind.SET_ASIDE: f"At least {percent} of the stock is for medical sale",
        MeasureKind.FEE_REDUCTION: f"{_lower(measure)} for each medical plant".capitalize(),
        MeasureKind.COMMERCIAL_EXCLUSION: "New licenses are for medical activity only",
        MeasureKind.PLANT_QUOTA: f"{percent} of each month's mature plants are for the medical program",
    }[MeasureKind(measure.kind)]


def _since(measure: ShortageMeasure, day: date) -> str:
    return f"{'From' if measure.starts_on > day else 'Since'} {plain_day(measure.starts_on)}"


def _percent(measure: ShortageMeasure) -> str:
    return f"{measure.percent.normalize():f} %" if measure.percent is not None else ""


def _set_aside(measure: ShortageMeasure, since: str) -> list[str]:
    return [
        f"{since} you must keep at least {_percent(measure)} of your stock for medical sale.",
        "Do this each month. Tell us in your report how much you set apart.",
    ]


def _fee_reduction(measure: ShortageMeasure, since: str) -> list[str]:
    return [f"{since} you pay {_lower(measure)} for each plant you grow for the medical program."]


def _lower(measure: ShortageMeasure) -> str:
    return f"a fee of ${measure.fee}" if measure.fee is not None else f"a fee that is {_percent(measure)} lower"


def _exclusion(measure: ShortageMeasure, since: str) -> list[str]:
    return [f"{since} a new license is for medical sales only."]


def _quota(measure: ShortageMeasure, since: str) -> list[str]:
    tracking = [f"You must also track this: {measure.tracking}"] if measure.tracking else []
    return [
        f"{since} at least {_percent(measure)} of your mature plants must be for the medical program.",
        "Do this each month. Tell us in your report how many you set apart.",
        *tracking,
    ]
