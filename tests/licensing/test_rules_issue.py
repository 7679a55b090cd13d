"""What a new license needs beside its facts (16.8.8.9 A, 16.8.8.11 C 3)."""

import pytest

from licensing.rules.issue import reasons_against_market, reasons_not_to_issue


@pytest.mark.parametrize(
    ("kind", "level", "plants", "fits"),
    [
        ("producer", 1, 201, True), ("producer", None, 201, False), ("producer", 1, None, False),
        ("vertically_integrated", None, None, False), ("producer_microbusiness", None, None, True),
        ("retailer", None, None, True),
    ],
)  # fmt: skip
def test_types_with_levels_are_issued_at_a_level(kind: str, level: int | None, plants: int | None, fits: bool) -> None:
    label = kind.replace("_", " ") + (" establishment" if kind == "vertically_integrated" else "")
    said = f"A license of the type {label} is issued at a level. Decide its request for a level first."
    assert reasons_not_to_issue(license_type=kind, level=level, mature_plants=plants) == ([] if fits else [said])


@pytest.mark.parametrize(
    ("market", "excluded", "fits"),
    [("medical", True, True), ("medical", False, True), ("both", False, True), ("both", True, False),
     ("commercial", True, False)],
)  # fmt: skip
def test_an_exclusion_leaves_medical_cannabis_only(market: str, excluded: bool, fits: bool) -> None:
    said = "A shortage measure excludes commercial activity from new licenses of this type. Choose medical only."
    assert reasons_against_market(market, commercial_excluded=excluded) == ([] if fits else [said])
