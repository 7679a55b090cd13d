"""What the rule says of a number or a level somebody asks for, in words: yes or no, why, and what to do instead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casefile.fields import words as day
from licensing import rules
from licensing.rules import IncreaseAsked, Reason

CALL = "Call us. We tell you what you can do."


@dataclass(frozen=True)
class Answer:
    """Whether it may be asked for: the finding, the rules that stand against it, and what else to know or do."""

    allowed: bool
    title: str
    reasons: Sequence[Reason] = ()
    lines: Sequence[str] = ()

    @property
    def tone(self) -> str:
        return "success" if self.allowed else "warning"

    @property
    def facts(self) -> dict[str, Any]:
        """The same as plain values, for the script of the page."""
        reasons = [{"text": it.text, "cites": it.cites} for it in self.reasons]
        return {"tone": self.tone, "title": self.title, "reasons": reasons, "lines": list(self.lines)}


@dataclass(frozen=True)
class Chance:
    """What else an answer needs of a license: its level, and the first day on which it may ask for more again."""

    level: int | None = None
    again: date | None = None
    known: bool = True  # its days are on record, or were typed on the public page, where nobody knows them


def of_increase(asked: IncreaseAsked, chance: Chance) -> Answer:
    """More plants: judged when a number was typed, else the most that fits."""
    most = rules.largest_increase(asked)
    if asked.asked == 0 and most:
        return Answer(True, f"You may ask for up to {most:,} more plants now.", lines=[rules.why_largest(asked)])
    reasons = rules.reasons_not_to_ask_increase(replace(asked, asked=asked.asked or rules.INCREMENT.on(asked.on)))
    if not reasons:
        return Answer(True, f"You may ask for {asked.asked:,} more plants.", lines=grown(asked, chance.level))
    title = (
        f"You can not ask for {asked.asked:,} more plants." if asked.asked else "You can not ask for more plants now."
    )
    return Answer(False, title, reasons, [instead(asked, most, chance)])


def instead(asked: IncreaseAsked, most: int, chance: Chance) -> str:
    """What to do when a number can not be asked for: the largest that fits, or from when, or another way."""
    kind = rules.TYPES[asked.license_type]
    if most:
        return f"The most you may ask for now is {most:,} plants."
    if kind.microbusiness:
        return "Do you want to grow more? Apply for a producer license."
    if not rules.has_levels(asked.license_type):
        return "Do you want to grow? Apply for a producer license."
    if asked.room < rules.INCREMENT.on(asked.on):
        return "You can ask again when your licenses have fewer plants."
    return from_when(chance) if asked.status_active else f"First the license must be in force. {CALL}"


def from_when(chance: Chance) -> str:
    """The first day on which more plants may be asked for."""
    if chance.again:
        return f"You may ask again from {day(chance.again)} on."
    if not chance.known:
        return "You may ask again when you renew, or in your next license year."
    return f"We do not know when your license year began. {CALL}"


def grown(asked: IncreaseAsked, level: int | None) -> list[str]:
    """What the count will be, and the level that it would lie in where that is another one."""
    count = asked.authorized + asked.asked
    found = rules.level_of(count, on=asked.on)
    lines = [f"You would then have {count:,} mature plants on this license."]
    if level and found and found.number != level:
        lines.append(f"That many plants lie in level {found.number}. Your license stays in level {level}.")
    if level and found is None:
        lines.append(f"No level goes that high. Your license stays in level {level}.")
    return lines


def of_decrease(license_type: str, authorized: int, asked: int) -> Answer:
    """Fewer plants."""
    if not asked and authorized and rules.TYPES[license_type].cultivates:
        return Answer(True, f"You may give up any number, up to {authorized:,}.")
    reasons = rules.reasons_not_to_ask_decrease(license_type=license_type, authorized=authorized, asked=asked)
    if reasons:
        most = f"The most you may give up is {authorized:,} plants." if authorized else "You have no plants to give up."
        return Answer(False, f"You can not ask for {asked:,} fewer plants.", reasons, [most])
    left = f"You would then have {authorized - asked:,} mature plants on this license."
    warning = "To get plants back, you ask for an increase. That is open twice a year." * rules.has_levels(license_type)
    return Answer(True, f"You may ask for {asked:,} fewer plants.", lines=[left, *([warning] if warning else [])])


def of_designation(license_type: str, level: int, count: int, *, others: int, on: date) -> Answer:
    """A level and a count inside it; without a count what the level holds, without a level what there is."""
    levels = {it.number: it for it in rules.LEVELS.on(on)}
    if not rules.has_levels(license_type):
        return Answer(False, "This license has no level.", *without_level(license_type, on))
    if level not in levels:
        return Answer(False, "Choose a level.", lines=[f"{it}." for it in levels.values()])
    if not count:
        first, last = levels[level].first, levels[level].last
        return Answer(True, f"Level {level} holds {first:,} to {last:,} plants.", lines=["Enter how many you want."])
    said = rules.reasons_not_to_designate(
        license_type=license_type, level=level, count=count, on=on, other_licenses=others
    )
    if not said:
        return Answer(True, f"You may ask for level {level} and {count:,} plants.")
    reasons = [Reason(text, "16.8.8.9(B), (F) NMAC") for text in said]
    return Answer(False, f"You can not ask for {count:,} plants in level {level}.", reasons, fitting(count, on))


def fitting(count: int, on: date) -> list[str]:
    """The level that holds a count, or why none does."""
    found = rules.level_of(count, on=on)
    return [f"Choose level {found.number} for {count:,} plants."] if found else [rules.why_no_level(count, on=on)]


def without_level(license_type: str, on: date) -> tuple[list[Reason], list[str]]:
    """Why a type of license has no level, and what its holder can do."""
    kind = rules.TYPES[license_type]
    if kind.microbusiness:
        most = rules.MICROBUSINESS_PLANTS.on(on)
        law = f"The law gives a microbusiness {most:,} mature plants. It gets no level and no increases."
        reason = Reason(law, f"16.8.8.9(A) NMAC; {rules.MICROBUSINESS_PLANTS.source}")
        return [reason], [f"You may grow up to {most:,} plants now. To grow more, apply for a producer license."]
    law = f"A license of the type {kind.label.lower()} has no level. Only those who grow to sell have one."
    return [Reason(law, "16.8.8.9(A) NMAC")], ["To grow plants, apply for a producer license."]
