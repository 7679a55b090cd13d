"""The four levels of mature plants: which license types have them, what they hold, and what is odd on record."""

from dataclasses import dataclass
from datetime import date

from casefile.calendar import long_day
from casefile.law import Dated, cites
from licensing.rules.types import MICROBUSINESS_PLANTS, PLANT_CAP, RULE_BEGAN, TYPES


@dataclass(frozen=True, order=True)
class Level:
    """A level: its number and the first and last count of mature plants in it."""

    number: int
    first: int
    last: int

    def holds(self, count: int) -> bool:
        """Whether `count` lies in the level's range."""
        return self.first <= count <= self.last

    def __str__(self) -> str:
        """Level 2: 2,001 to 6,000 mature plants."""
        return f"Level {self.number}: {self.first:,} to {self.last:,} mature plants"


LEVELS: Dated[tuple[Level, ...]] = Dated(
    (
        (
            RULE_BEGAN,
            (Level(1, 201, 1_000), Level(2, 1_001, 3_000), Level(3, 3_001, 6_000), Level(4, 6_001, 8_000)),
        ),
        (
            date(2022, 1, 13),
            (Level(1, 401, 2_000), Level(2, 2_001, 6_000), Level(3, 6_001, 12_000), Level(4, 12_001, 16_000)),
        ),
        (
            date(2022, 3, 22),
            (Level(1, 201, 2_000), Level(2, 2_001, 6_000), Level(3, 6_001, 12_000), Level(4, 12_001, 16_000)),
        ),
    ),
    verify="Verify with counsel: the ranges before March 22, 2022 come from the press and from bracketed text of the "
    "New Mexico Register.",
    name="Levels of mature plants",
    source="16.8.8.9(B) NMAC",
)
DESIGNATED_FROM: Dated[date] = Dated(
    ((RULE_BEGAN, date(2021, 8, 15)),),
    name="First day of issue of licenses that get a level",
    source="16.8.8.9(A) NMAC",
)

INCREMENT: Dated[int] = Dated(
    ((RULE_BEGAN, 500),),
    verify="Verify with counsel: the text before March 22, 2022 was not seen.",
    name="Mature plants in one increment",
    source="16.8.8.9(C) NMAC",
)


@cites("16.8.8.9(A) NMAC")
def has_levels(license_type: str) -> bool:
    """Producers and vertically integrated establishments get a level; microbusinesses and all others do not."""
    return license_type in ("producer", "vertically_integrated")


@cites("16.8.8.9(B) NMAC")
def level_of(count: int, *, on: date) -> Level | None:
    """The level whose range holds a count; None when no level does."""
    return next((level for level in LEVELS.on(on) if level.holds(count)), None)


@cites("16.8.8.9(B) NMAC")
def level(number: int, *, on: date) -> Level:
    """The level of a number as it stood on a day; LookupError when there is none of that number."""
    for found in LEVELS.on(on):
        if found.number == number:
            return found
    raise LookupError(f"there is no level {number}")


@cites("16.8.8.9(B), (C), (F) NMAC")
def why_no_level(count: int, *, on: date) -> str:
    """No level holds a count below the first, above the last, or in a gap between two; empty when one holds it."""
    levels, cap = LEVELS.on(on), PLANT_CAP.on(on)
    if count < 0:
        return "A number of plants is 0 or more."
    if level_of(count, on=on):
        return ""
    if count < levels[0].first:
        return f"No level holds fewer than {levels[0].first:,} mature plants."
    if count > cap:
        return f"No licensee may grow more than {cap:,} mature plants at one time."
    return (
        f"No level goes above {levels[-1].last:,} mature plants. From {levels[-1].last + 1:,} to {cap:,} a license "
        "comes only by increases."
    )


@cites("16.8.8.9(A), (B), (F) NMAC")
def reasons_not_to_designate(
    *, license_type: str, level: int, count: int, on: date, other_licenses: int = 0
) -> list[str]:
    """A license that has levels gets one of them and a count inside it, within the licensee's cap.

    `other_licenses` is what all other licenses of the licensee are authorized for.
    """
    if not has_levels(license_type):
        return [f"A license of the type {TYPES[license_type].label.lower()} has no level."]
    levels, cap = {it.number: it for it in LEVELS.on(on)}, PLANT_CAP.on(on)
    if level not in levels:
        return [f"There is no level {level}. Choose one from {min(levels)} to {max(levels)}."]
    reasons = []
    if not levels[level].holds(count):
        reasons.append(f"{levels[level]}. {count:,} is outside it.")
    if other_licenses + count > cap:
        reasons.append(
            f"A licensee may grow at most {cap:,} mature plants on all licenses. The other licenses have "
            f"{other_licenses:,}, so {max(0, cap - other_licenses):,} are left."
        )
    return reasons


@cites("16.8.8.9 NMAC; a number that came with the register is shown and never changed")
def oddities(
    *,
    license_type: str,
    level: int | None,
    count: int | None,
    on: date,
    increments: int = 0,
    issued_on: date | None = None,
) -> list[str]:
    """What of a license's level and count does not fit the rule, for a person to look at.

    `increments` is how many steps of 500 were approved since the level was designated.
    """
    kind = TYPES[license_type]
    if not kind.cultivates:
        return _of_those_who_do_not_grow(kind.label, level, count)
    found = [] if count is not None else ["No authorized count is on record."]
    if count is not None and count > PLANT_CAP.on(on):
        found.append(f"{count:,} mature plants are more than the {PLANT_CAP.on(on):,} that one licensee may grow.")
    if not has_levels(license_type):
        return found + _of_those_without_levels(kind.label, kind.microbusiness, level, count, on)
    if level is None:
        return found + _without_a_level(issued_on, on)
    return found + _against_the_level(level, count, increments, on)


def _of_those_who_do_not_grow(label: str, level: int | None, count: int | None) -> list[str]:
    found = (
        [f"A license of the type {label.lower()} has no mature plants, but {count:,} are on record."] if count else []
    )
    return found + _needless_level(label, level)


def _needless_level(label: str, level: int | None) -> list[str]:
    return (
        []
        if level is None
        else [f"A license of the type {label.lower()} has no level, but level {level} is on record."]
    )


def _of_those_without_levels(
    label: str, microbusiness: bool, level: int | None, count: int | None, on: date
) -> list[str]:
    most, has = MICROBUSINESS_PLANTS.on(on), count or 0
    over = [f"A microbusiness has at most {most:,} mature plants, but {has:,} are on record."]
    return (over if microbusiness and has > most else []) + _needless_level(label, level)


def _without_a_level(issued_on: date | None, on: date) -> list[str]:
    first = DESIGNATED_FROM.on(on)
    if issued_on and issued_on < first:
        return []
    return [f"No level is on record. Licenses issued from {long_day(first)} on have one."]


def _against_the_level(number: int, count: int | None, increments: int, on: date) -> list[str]:
    levels = {it.number: it for it in LEVELS.on(on)}
    if number not in levels:
        return [f"There is no level {number}."]
    if count is None:
        return []
    step = INCREMENT.on(on)
    began = count - increments * step
    if levels[number].holds(began):
        return []
    if not increments:
        where = "below" if count < levels[number].first else "above"
        return [f"{count:,} is {where} its level, and no approved increase is on record. {levels[number]}."]
    return [
        f"Without its {increments} approved steps of {step} the count would be {began:,}, which is outside its level. "
        f"{levels[number]}."
    ]
