"""Numbers, types and plant limits of licenses, with the edge on both sides."""

import csv
from datetime import date
from pathlib import Path

import pytest

from casefile.law import citation
from licensing import rules
from licensing.rules import LicenseNumber, read_number

DAY = date(2026, 11, 18)
CATALOG = Path(__file__).parents[2] / "inspections" / "data" / "violations.csv"


class TestLicenseNumber:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("CCD-2022-0064", LicenseNumber(2022, 64)),
            ("CCD-2022-0064-002", LicenseNumber(2022, 64, "002")),
            (" ccd-2022-0064-002\n", LicenseNumber(2022, 64, "002")),
            ("CCD-2026-9999-001", LicenseNumber(2026, 9999, "001")),
            ("CCD-2026-10000-001", LicenseNumber(2026, 10000, "001")),
            ("CCD-2026-0001-1000", LicenseNumber(2026, 1, "1000")),
        ],
    )
    def test_is_read_and_printed(self, text: str, number: LicenseNumber) -> None:
        assert read_number(text) == number
        assert str(number) == text.strip().upper()

    def test_is_the_same_license_at_each_of_its_premises(self) -> None:
        assert read_number("CCD-2022-0105-002").license == read_number("CCD-2022-0105-003").license == "CCD-2022-0105"

    @pytest.mark.parametrize(
        "text",
        ["", "CCD-2022-064", "CCD-22-0064", "CCD-2022-0064-02", "CCD-2022-0064-", "CCD 2022 0064", "XCCD-2022-0064",
         "CCD-2022-0064-002-1", "CCD-٢٠٢٢-0064", "Pending"],
    )  # fmt: skip
    def test_of_another_form_is_refused_with_a_reason(self, text: str) -> None:
        with pytest.raises(ValueError, match="is not a license number such as CCD-2022-0064"):
            read_number(text)

    def test_sorts_by_year_and_running_number(self) -> None:
        texts = ["CCD-2022-10000", "CCD-2021-0002", "CCD-2022-0999-002", "CCD-2022-0999-001"]
        assert [str(number) for number in sorted(map(read_number, texts))] == [
            "CCD-2021-0002", "CCD-2022-0999-001", "CCD-2022-0999-002", "CCD-2022-10000",
        ]  # fmt: skip


class TestTypes:
    def test_cover_those_of_the_violation_catalog(self) -> None:
        with CATALOG.open(encoding="utf-8", newline="") as file:
            named = {key for row in csv.DictReader(file) for key in row["license_types"].split(";")}
        assert named - {"all"} <= rules.TYPES.keys()

    def test_that_cultivate(self) -> None:
        assert {key for key, kind in rules.TYPES.items() if kind.cultivates} == {
            "producer", "producer_microbusiness", "integrated_microbusiness", "vertically_integrated",
            "research_laboratory",
        }  # fmt: skip

    def test_are_places_but_for_servers(self) -> None:
        assert [key for key, kind in rules.TYPES.items() if not kind.on_premises] == ["server"]


class TestPlants:
    @pytest.mark.parametrize(
        ("kind", "authorized", "against"),
        [
            ("producer_microbusiness", 200, []),
            ("producer_microbusiness", 201, ["A microbusiness has at most 200 mature plants."]),
            ("integrated_microbusiness", 201, ["A microbusiness has at most 200 mature plants."]),
            ("producer", 20_000, []),
            ("vertically_integrated", 20_001, ["A licensee has at most 20,000 mature plants."]),
            ("retailer", 0, []),
            ("retailer", 1, ["A license of the type retailer has no mature plants."]),
            ("producer", -1, ["A number of plants is 0 or more."]),
        ],
    )
    def test_are_as_many_as_the_type_allows(self, kind: str, authorized: int, against: list[str]) -> None:
        assert rules.reasons_against_plants(kind, authorized, on=DAY) == against

    def test_were_fewer_before_the_amendment(self) -> None:
        assert rules.PLANT_CAP.on(date(2022, 1, 12)) == 10_000
        assert rules.PLANT_CAP.on(date(2022, 1, 13)) == 20_000


class TestTerm:
    @pytest.mark.parametrize(
        ("issued", "expires"),
        [("2022-02-24", "2023-02-24"), ("2024-02-29", "2025-02-28"), ("2023-03-01", "2024-03-01")],
    )
    def test_is_twelve_months_from_issue(self, issued: str, expires: str) -> None:
        assert rules.expires_on(date.fromisoformat(issued)) == date.fromisoformat(expires)


def test_every_rule_cites() -> None:
    assert all(citation(rule) for rule in (rules.read_number, rules.expires_on, rules.reasons_against_plants))
