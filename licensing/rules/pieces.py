"""What has to come with a request about mature plants, piece by piece, and the fee."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casefile.law import Dated, cites
from licensing.rules.types import RULE_BEGAN

DESIGNATION, INCREASE, DECREASE = "designation", "increase", "decrease"


@dataclass(frozen=True)
class Piece:
    """One piece of information: its key in data, what it is called, where the rule asks for it, and a word of help."""

    key: str
    label: str
    cites: str
    help: str


REQUIRED_FOR_INCREASE = (
    Piece(
        "inventory", "Current inventory", "16.8.8.10(A)(1) NMAC",
        "How many mature plants and how much harvested cannabis you have today.",
    ),
    Piece(
        "water", "Right to the water", "16.8.8.10(A)(2) NMAC",
        "A paper that shows your legal right to the water for all your plants, the new ones too. Send your cultivation "
        "plan with it.",
    ),
    Piece(
        "harvested", "Plants harvested in the last three months", "16.8.8.10(A)(3) NMAC",
        "How many plants you harvested in each of the last three months.",
    ),
    Piece(
        "sales", "Medical and commercial sales of the last three months", "16.8.8.10(A)(4) NMAC",
        "What you sold to patients and what you sold to others, for each of the last three months.",
    ),
    Piece(
        "total_sales", "Total sales", "16.8.8.10(A)(5) NMAC",
        "What you sold in all. The rule names no period: say which one your number is for.",
    ),
    Piece(
        "social_equity", "Progress on your social equity plan", "16.8.8.10(A)(6) NMAC",
        "What you have done for your social equity plan since your last request, and where your places of work are.",
    ),
)  # fmt: skip
REQUIRED_FOR_DESIGNATION = (
    Piece(
        "level", "Level and count", "16.8.8.9(A)(1) NMAC",
        "The level you ask for and how many mature plants inside it.",
    ),
    Piece(
        "water", "Right to the water", "16.8.8.9(A)(2) NMAC",
        "A paper that shows your legal right to the water that your cultivation plan needs.",
    ),
    Piece(
        "cultivation_plan", "Cultivation plan", "16.8.8.9(A)(2) NMAC",
        "Your plan for growing at that level, with the water it needs.",
    ),
    Piece(
        "social_equity", "Social equity plan", "16.8.8.9(A)(5) NMAC",
        "Your social equity plan, with whom it is for and where your places of work are.",
    ),
)  # fmt: skip
REQUIRED: dict[str, tuple[Piece, ...]] = {
    DESIGNATION: REQUIRED_FOR_DESIGNATION,
    INCREASE: REQUIRED_FOR_INCREASE,
    DECREASE: (),
}

INCREASE_FEE: Dated[Decimal | None] = Dated(
    ((RULE_BEGAN, None),),
    verify="16.8.11 NMAC, verify: the fee schedule was not seen. The press names $10 for each plant, from January 2022 "
    "$5 and, for medical plants only, $2.50.",
    name="Fee for each mature plant that is added, in dollars",
    source="16.8.8.10(A), 16.8.11 NMAC",
)


@cites("16.8.8.9(A), 16.8.8.10(A), (B)(6) NMAC")
def missing_pieces(kind: str, given: Collection[str]) -> list[Piece]:
    """A request is complete when every piece that the rule asks for has come; `given` holds the keys of those."""
    return [piece for piece in REQUIRED[kind] if piece.key not in given]


@cites("16.8.8.10(A), 16.8.11 NMAC; the amount, verify with counsel")
def fee_due(added: int, *, on: date) -> Decimal | None:
    """The fee of an increase is an amount for each added plant; None while that amount is not known."""
    each = INCREASE_FEE.on(on)
    return None if each is None else each * added
