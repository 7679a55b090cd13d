"""Numbers as people and spreadsheets write them."""

import re
from decimal import Decimal

SPACES = "\u00a0\u202f\u2009 '’"
NUMBER = re.compile(rf"[-−]?(?:\d{{1,3}}(?:[,{SPACES}]\d{{3}})+|\d+)(?:\.(?P<part>\d*))?(?: ?(?:g|grams?))?", re.ASCII)
MOST_PLANTS, MOST_GRAMS = 10_000_000, 10**11
DIGITS = 3  # after the point, of a weight in grams


def read_quantity(text: str, *, whole: bool) -> int | Decimal | None:
    """The number in a text such as 1,234.5; None for an empty one. ValueError says what to write instead.

    A comma, a space or an apostrophe may part the thousands, and nothing but a point the fraction.
    """
    text = text.strip()
    if not text:
        return None
    found = NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text[:40]}” is not a number such as {'1,234' if whole else '1,234.5'}.")
    value = Decimal(re.sub(rf"[,{SPACES}grams]", "", text).replace("−", "-"))
    if whole and value != value.to_integral_value():
        raise ValueError("Enter a whole number.")
    if len((found["part"] or "").rstrip("0")) > DIGITS:
        raise ValueError(f"Use at most {DIGITS} digits after the point.")
    if abs(value) > (MOST_PLANTS if whole else MOST_GRAMS):
        raise ValueError(f"“{text[:40]}” is too large.")
    return int(value) if whole else value
