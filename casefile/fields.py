"""What forms have beyond Django's own: the sheet they are laid out on, a day in three boxes, several files in one."""

import calendar
from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
PARTS = ("month", "day", "year")
YEARS = range(1900, 2101)


class Sheet(FormHelper):
    """How every form stands on its page: the page writes the form tag, the token and the buttons; we write the fields.

    `Sheet("kind", "text")` shows these fields in this order, `Sheet()` shows all. With `summary=False` the page itself
    lists the errors, because it holds several forms (see `components/error_summary.html`).
    """

    form_tag = False
    disable_csrf = True
    include_media = False
    render_hidden_fields = True

    def __init__(self, *fields: object, summary: bool = True) -> None:
        super().__init__()
        self.summary = summary
        if fields:
            self.layout = Layout(*fields)


class MemorableDate(forms.MultiWidget):
    """Three text boxes for a day: month, day, year. No calendar is forced on anyone."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: date | None) -> list[object]:
        return [value.month, value.day, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_0" if id_ else id_


class MemorableDateField(forms.Field):
    """A day typed as month, day and year. `latest` and `earliest`, if given, belong to the range.

    Month is 4, 04, Dec or December. What was typed is shown again after an error, and the error says what to do.
    """

    widget = MemorableDate
    default_error_messages = {"required": "Enter the date."}

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: object) -> date | None:
        """The day in the three boxes, or nothing when all are empty. Raises ValidationError naming the wrong parts."""
        if value is None or isinstance(value, date):
            return value
        typed = [str(part or "").strip() for part in value] if isinstance(value, Sequence) else []
        if not any(typed):
            return None
        if missing := [part for part, text in zip(PARTS, typed, strict=True) if not text]:
            raise wrong(f"Add the {' and the '.join(missing)} of the date.", *missing)
        return read_day(*typed)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.latest and value > self.latest:
            raise wrong(f"The day must be on or before {words(self.latest)}.", *PARTS)
        if value and self.earliest and value < self.earliest:
            raise wrong(f"The day must be on or after {words(self.earliest)}.", *PARTS)


def read_day(month: str, day: str, year: str) -> date:
    """A day from three texts. Raises ValidationError that says which box to change and how."""
    month_number = read_month(month)
    if not (year.isascii() and year.isdigit() and int(year) in YEARS):
        raise wrong("Enter the year with 4 digits, for example 2026.", "year")
    last = calendar.monthrange(int(year), month_number)[1]
    if not (day.isascii() and day.isdigit() and 1 <= int(day) <= last):
        month_name = calendar.month_name[month_number]
        raise wrong(f"Enter a day from 1 to {last}. The last day of {month_name} {int(year)} is {last}.", "day")
    return date(int(year), month_number, int(day))


def read_month(text: str) -> int:
    """The number of a month from 4, 04, Apr or April. Raises ValidationError."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 12:
        return int(text)
    start = text.rstrip(".").lower()
    for name, number in MONTHS.items():
        if len(start) >= 3 and name.startswith(start):
            return number
    raise wrong("Enter the month as a number from 1 to 12, or its name.", "month")


def wrong(message: str, *parts: str) -> ValidationError:
    """An error that knows which of the three boxes it speaks of."""
    return ValidationError(message, code="invalid", params={"parts": parts})


def words(day: date) -> str:
    """ "December 18, 2026"."""
    return f"{day:%B} {day.day}, {day.year}"


class SeveralFiles(forms.ClearableFileInput):
    """A box that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files from one box; the cleaned value is a list, empty when none was picked.

    Size and kind are judged where files are taken in, not here.
    """

    widget = SeveralFiles

    def __init__(self, *, accept: str = "image/*,.heic,.heif,application/pdf", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"accept": accept, "multiple": True, "data-upload": True}

    def clean(self, data: object, initial: object = None) -> list:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            super().clean(None, initial)
        return [super(FilesField, self).clean(file, initial) for file in files]
