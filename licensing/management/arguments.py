"""What the commands that ask the law read from their command line; argparse shows what is wrong and ends with 2."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date

from licensing.rules import RULE_BEGAN

WRONG_INPUT = 2


def plants(text: str) -> int:
    """A number of plants, 16200 or 16,200."""
    digits = text.replace(",", "")
    if not (digits.isascii() and digits.isdigit()):
        raise ArgumentTypeError(f"“{text}” is not a whole number from 0 on.")
    return int(digits)


def day(text: str) -> date:
    """A day since the rule came into force, such as 2026-11-21."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a day such as 2026-11-21.") from None
    if found < RULE_BEGAN:
        raise ArgumentTypeError(f"16.8.8 NMAC came into force on {RULE_BEGAN}. Name that day or a later one.")
    return found


def add_on(parser: ArgumentParser) -> None:
    """The option --on, which every question of law has, and --json."""
    parser.add_argument("--on", type=day, metavar="DATE", help="the day whose law is asked, such as 2026-11-21 (today)")
    parser.add_argument("--json", action="store_true", help="print the answer as one JSON object")
