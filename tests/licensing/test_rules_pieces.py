"""What has to come with a request (16.8.8.9 A, 16.8.8.10 A), and its fee."""

from datetime import date
from decimal import Decimal

import pytest

from casefile.law import Dated
from licensing.rules import pieces
from licensing.rules.pieces import (
    DECREASE,
    DESIGNATION,
    INCREASE,
    REQUIRED,
    REQUIRED_FOR_DESIGNATION,
    REQUIRED_FOR_INCREASE,
    fee_due,
    missing_pieces,
)

SIX = ["inventory", "water", "harvested", "sales", "total_sales", "social_equity"]


def test_an_increase_wants_the_six_pieces_of_the_rule() -> None:
    assert [it.key for it in REQUIRED_FOR_INCREASE] == SIX
    assert [it.cites for it in REQUIRED_FOR_INCREASE] == [f"16.8.8.10(A)({n}) NMAC" for n in range(1, 7)]


def test_a_designation_wants_what_the_rule_names_for_a_first_level() -> None:
    assert [it.key for it in REQUIRED_FOR_DESIGNATION] == ["level", "water", "cultivation_plan", "social_equity"]
    assert all(it.cites.startswith("16.8.8.9(A)(") for it in REQUIRED_FOR_DESIGNATION)


@pytest.mark.parametrize("piece", REQUIRED_FOR_INCREASE + REQUIRED_FOR_DESIGNATION, ids=lambda it: it.label)
def test_every_piece_says_what_to_send(piece: pieces.Piece) -> None:
    assert piece.label and piece.help.endswith(".")


@pytest.mark.parametrize("key", SIX)
def test_one_missing_piece_is_named(key: str) -> None:
    assert [it.key for it in missing_pieces(INCREASE, set(SIX) - {key})] == [key]


def test_all_missing_and_none() -> None:
    assert [it.key for it in missing_pieces(INCREASE, [])] == SIX
    assert missing_pieces(INCREASE, SIX) == missing_pieces(DECREASE, []) == []
    assert missing_pieces(DESIGNATION, []) == list(REQUIRED[DESIGNATION])


def test_the_fee_is_not_known_until_the_schedule_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2026, 11, 21)
    assert fee_due(500, on=day) is None
    monkeypatch.setattr(pieces, "INCREASE_FEE", Dated(((date(2026, 1, 1), Decimal("5.00")),)))
    assert fee_due(500, on=day) == Decimal("2500.00")
