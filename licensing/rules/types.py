"""What is licensed, how a license is numbered, and how many mature plants it may have."""

import re
from dataclasses import dataclass
from datetime import date

from casefile.calendar import months_after
from casefile.law import Dated, cites

RULE_BEGAN = date(2021, 8, 24)  # 16.8.8.5 NMAC
ACT_BEGAN = date(2021, 6, 29)  # the Cannabis Regulation Act

PLANT_CAP: Dated[int] = Dated(
    ((RULE_BEGAN, 10_000), (date(2022, 1, 13), 20_000)),
    verify="Verify with counsel: the figure before 2022 comes from the press.",
    name="Most mature plants of one licensee",
    source="16.8.8.9(F) NMAC",
)
MICROBUSINESS_PLANTS: Dated[int] = Dated(
    ((ACT_BEGAN, 200),),
    verify="Verify with counsel: the definition in the Act was seen in secondary sources only.",
    name="Most mature plants of a microbusiness",
    source="NMSA 26-2C-2",
)
LICENSE_MONTHS: Dated[int] = Dated(
    ((ACT_BEGAN, 12),), name="Months a license is valid from its issue", source="NMSA 26-2C-6(E)"
)  # fmt: skip


@dataclass(frozen=True)
class LicenseType:
    """A type of license that the Division issues; `key` is the word in data files."""

    key: str
    label: str
    cultivates: bool = False
    microbusiness: bool = False
    on_premises: bool = True  # a server is licensed as a person


TYPES: dict[str, LicenseType] = {
    it.key: it
    for it in (
        LicenseType("producer", "Producer", cultivates=True),
        LicenseType("producer_microbusiness", "Producer microbusiness", cultivates=True, microbusiness=True),
        LicenseType("integrated_microbusiness", "Integrated microbusiness", cultivates=True, microbusiness=True),
        LicenseType("vertically_integrated", "Vertically integrated establishment", cultivates=True),
        LicenseType("manufacturer", "Manufacturer"),
        LicenseType("retailer", "Retailer"),
        LicenseType("courier", "Courier"),
        LicenseType("testing_laboratory", "Testing laboratory"),
        LicenseType("research_laboratory", "Research laboratory", cultivates=True),
        LicenseType("consumption_area", "Consumption area"),
        LicenseType("server", "Server", on_premises=False),
        LicenseType("training_program", "Training and education program"),
    )
}

NUMBER = re.compile(r"CCD-(?P<year>\d{4})-(?P<serial>\d{4,})(?:-(?P<suffix>\d{3,}))?", re.ASCII)


@dataclass(frozen=True, order=True)
class LicenseNumber:
    """A license's year and running number, with the suffix of one of its premises where there is one."""

    year: int
    serial: int
    suffix: str = ""

    @property
    def license(self) -> str:
        """The license's own number: CCD-2022-0064."""
        return f"CCD-{self.year}-{self.serial:04}"

    def __str__(self) -> str:
        """The number as printed: CCD-2022-0064-002."""
        return f"{self.license}-{self.suffix}" if self.suffix else self.license


@cites("the Division's public register; no official statement of the format was found")
def read_number(text: str) -> LicenseNumber:
    """A license number is CCD-YYYY-NNNN, for one of its premises -PPP; ValueError says what is wrong."""
    found = NUMBER.fullmatch(text.strip().upper())
    if found is None:
        raise ValueError(f"“{text.strip()}” is not a license number such as CCD-2022-0064 or CCD-2022-0064-002.")
    return LicenseNumber(int(found["year"]), int(found["serial"]), found["suffix"] or "")


@cites("NMSA 26-2C-6(E)")
def expires_on(issued_on: date) -> date:
    """A license is valid twelve months from the date of issue."""
    return months_after(issued_on, LICENSE_MONTHS.on(issued_on))


@cites("NMSA 26-2C-2; 16.8.8.9(F) NMAC")
def reasons_against_plants(license_type: str, authorized: int, *, on: date) -> list[str]:
    """Only those who cultivate have mature plants: a microbusiness at most 200, no licensee more than 20,000."""
    kind = TYPES[license_type]
    if authorized < 0:
        return ["A number of plants is 0 or more."]
    if not kind.cultivates:
        return [f"A license of the type {kind.label.lower()} has no mature plants."] if authorized else []
    most = MICROBUSINESS_PLANTS.on(on) if kind.microbusiness else PLANT_CAP.on(on)
    whose = "A microbusiness" if kind.microbusiness else "A licensee"
    return [f"{whose} has at most {most:,} mature plants."] if authorized > most else []
