"""Numbers in an article: written as {plan_days}, read from the law's dated values, so that they change with the law."""

import re
from dataclasses import dataclass
from datetime import date

from casefile.law import VALUES

TOKEN = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Number:
    """A value of the law by its name, and its unit in each language: one, several."""

    value: str
    en: tuple[str, str]
    es: tuple[str, str]
    otherwise: int = 0  # what the FAQ says, for a house without the app that keeps the value

    def words(self, day: date, language: str) -> str:
        """ "5 business days" as in force on `day`; LookupError where nothing says it."""
        kept = VALUES.get(self.value)
        if kept is None and not self.otherwise:
            raise LookupError(f"no value of the law is called {self.value}")
        number = kept.on(day) if kept else self.otherwise
        one, several = self.es if language == "es" else self.en
        return f"{number} {one if number == 1 else several}"


DAYS = {"en": ("day", "days"), "es": ("día", "días")}
HOURS = {"en": ("hour", "hours"), "es": ("hora", "horas")}
MONTHS = {"en": ("month", "months"), "es": ("mes", "meses")}
NUMBERS: dict[str, Number] = {
    "plan_days": Number(
        "Business days to send the plan", ("business day", "business days"), ("día hábil", "días hábiles")
    ),
    "correction_months": Number(
        "Calendar months to correct all violations",
        ("calendar month", "calendar months"),
        ("mes calendario", "meses calendario"),
    ),
    "first_window_days": Number("Days of the first window", **DAYS, otherwise=15),
    "reopened_hours": Number("Hours a window is opened again", **HOURS, otherwise=24),
    "months_between": Number("Months from one opening of a window to the next", **MONTHS, otherwise=3),
}


def unknown(text: str) -> list[str]:
    """The tokens in `text` that name no number."""
    return sorted({name for name in TOKEN.findall(text) if name not in NUMBERS})


def filled(text: str, day: date, language: str = "en") -> str:
    """`text` with its numbers as in force on `day`; a token that names none stays as it is typed."""

    def number(found: re.Match[str]) -> str:
        known = NUMBERS.get(found[1])
        return known.words(day, language) if known else found[0]

    return TOKEN.sub(number, text)
