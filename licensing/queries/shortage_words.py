"""What a measure asks of those whom it binds, in sentences for a licensee: on pages and in letters."""

from datetime import date

from casefile.fields import words as plain_day
from licensing.models import ShortageMeasure
from licensing.rules import MeasureKind


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
        MeasureKind.FEE_REDUCTION: f"The fee for each medical plant is {_lower(measure)}",
        MeasureKind.COMMERCIAL_EXCLUSION: "New licenses are for medical activity only",
        MeasureKind.PLANT_QUOTA: f"{percent} of each month's mature plants are for the medical program",
    }[MeasureKind(measure.kind)]


def _since(measure: ShortageMeasure, day: date) -> str:
    return f"{'From' if measure.starts_on > day else 'Since'} {plain_day(measure.starts_on)}"


def _percent(measure: ShortageMeasure) -> str:
    return f"{measure.percent.normalize():f} percent" if measure.percent is not None else ""


def _set_aside(measure: ShortageMeasure, since: str) -> list[str]:
    return [
        f"{since} you must keep at least {_percent(measure)} of your stock for medical sale.",
        "Do this each month. Tell us in your report how much you set apart.",
    ]


def _fee_reduction(measure: ShortageMeasure, since: str) -> list[str]:
    return [f"{since} the fee for each medical plant is {_lower(measure)}."]


def _lower(measure: ShortageMeasure) -> str:
    return f"${measure.fee}" if measure.fee is not None else f"{_percent(measure)} lower"


def _exclusion(measure: ShortageMeasure, since: str) -> list[str]:
    return [f"{since} a new license is for medical sales only."]


def _quota(measure: ShortageMeasure, since: str) -> list[str]:
    tracking = [f"You must also track this: {measure.tracking}"] if measure.tracking else []
    return [
        f"{since} at least {_percent(measure)} of your mature plants must be for the medical program.",
        "Do this each month. Tell us in your report how many you set apart.",
        *tracking,
    ]


# The letters

SUBJECTS = {
    MeasureKind.SET_ASIDE: ("keep stock for medical sale", "The rule on medical stock"),
    MeasureKind.FEE_REDUCTION: ("a lower fee for medical plants", "The lower fee for medical plants"),
    MeasureKind.COMMERCIAL_EXCLUSION: ("new licenses for medical sale", "The rule on new licenses"),
    MeasureKind.PLANT_QUOTA: ("grow plants for medical sale", "The rule on medical plants"),
}


def subject_of(measure: ShortageMeasure, news: str) -> str:
    """What stands over the letter that it was ordered, or that it ends."""
    begins, ends = SUBJECTS[MeasureKind(measure.kind)]
    if news == "ordered":
        return f"From {plain_day(measure.starts_on)}: {begins}"
    if measure.is_called_off or measure.ends_on is None:
        return f"{ends} will not start"
    return f"{ends} ends {plain_day(measure.ends_on)}"


def end_of_it(measure: ShortageMeasure, day: date) -> list[str]:
    """That it ends, and what holds then."""
    _, name = SUBJECTS[MeasureKind(measure.kind)]
    if measure.is_called_off or measure.ends_on is None:
        return [f"{name} will not start on {plain_day(measure.starts_on)}. You do not have to do anything."]
    verb = "was" if measure.ends_on < day else "is"
    return [f"{name} ends. Its last day {verb} {plain_day(measure.ends_on)}.", _after(measure)]


def _after(measure: ShortageMeasure) -> str:
    return {
        MeasureKind.SET_ASIDE: "After that day you do not have to keep part of your stock for medical sale.",
        MeasureKind.FEE_REDUCTION: "After that day you pay the same fee for each plant.",
        MeasureKind.COMMERCIAL_EXCLUSION: "After that day a new license can be for all sales. Call us about yours.",
        MeasureKind.PLANT_QUOTA: "After that day you do not have to grow a part of your plants for medical sale.",
    }[MeasureKind(measure.kind)]
