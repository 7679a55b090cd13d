"""How a request is handled: what is asked for, when it was complete, what a decision says; the edge on both sides."""

from datetime import date

import pytest

from licensing.rules.decision import (
    INFORMATION_DAYS,
    information_term,
    reasons_against_complete_on,
    reasons_against_total,
    reasons_not_to_ask_designation,
    reasons_not_to_ask_for,
    reasons_not_to_deny,
    reasons_not_to_deny_unanswered,
    reasons_not_to_grant_part,
)

DAY = date(2026, 11, 21)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_what_is_missing_is_due_after_thirty_days() -> None:
    assert (INFORMATION_DAYS.on(DAY), str(information_term(DAY))) == (30, "days(30)")


@pytest.mark.parametrize(
    ("wanted", "reasons"),
    [
        ({}, ["Choose at least one piece that is missing."]),
        ({"Total sales": "The period."}, []),
        ({"Total sales": " ", "Current inventory": "x"}, ["Say what is missing of total sales."]),
    ],
)
def test_more_is_asked_for_piece_by_piece(wanted: dict[str, str], reasons: list[str]) -> None:
    assert reasons_not_to_ask_for(wanted) == reasons


@pytest.mark.parametrize(
    ("complete", "reasons"),
    [
        ("2026-11-01", ["The request was sent on Monday, November 2, 2026. It was not complete before that."]),
        ("2026-11-02", []),
        ("2026-11-21", []),
        ("2026-11-22", ["The day on which it was complete is still to come."]),
    ],
)
def test_a_request_was_complete_from_its_sending_to_today(complete: str, reasons: list[str]) -> None:
    assert reasons_against_complete_on(day(complete), sent_on=day("2026-11-02"), on=DAY) == reasons


@pytest.mark.parametrize(
    ("granted", "words", "against"),
    [(1_500, "", True), (1_500, "  ", True), (1_500, "Water for 1,500.", False), (2_000, "", False)],
)
def test_less_is_granted_with_reasons(granted: int, words: str, against: bool) -> None:
    said = ["Say why less is granted than was asked for. The licensee will read it."]
    assert reasons_not_to_grant_part(asked=2_000, granted=granted, reasons=words) == (said if against else [])


@pytest.mark.parametrize(("words", "against"), [("", True), ("\n", True), ("Open notice.", False)])
def test_a_request_is_denied_with_reasons(words: str, against: bool) -> None:
    said = ["Say why the request is denied. The licensee will read it."]
    assert reasons_not_to_deny(reasons=words) == (said if against else [])


@pytest.mark.parametrize(("due", "against"), [(None, False), ("2026-11-20", False), ("2026-11-21", True)])
def test_an_unanswered_request_is_denied_after_its_day(due: str | None, against: bool) -> None:
    said = ["The licensee has until Saturday, November 21, 2026 to send what is missing."]
    found = reasons_not_to_deny_unanswered(due_on=day(due) if due else None, on=DAY)
    assert found == (said if against else [])


@pytest.mark.parametrize(
    ("level", "status", "reasons"),
    [
        (None, "applied", []),
        (None, "active", []),
        (None, "expired", ["The license is expired. A level is given to a license that is applied for or active."]),
        (2, "active", ["This license has level 2. To grow more plants, ask for an increase."]),
    ],
)
def test_a_level_is_designated_once(level: int | None, status: str, reasons: list[str]) -> None:
    assert reasons_not_to_ask_designation(level=level, status=status) == reasons


@pytest.mark.parametrize(
    ("count", "before", "others", "fits"),
    [
        (4_000, 2_000, 16_000, True), (4_001, 2_000, 16_000, False), (4_001, 4_001, 16_000, True),
        (4_002, 4_001, 16_000, False), (3_000, 4_001, 18_000, True),
    ],
)  # fmt: skip
def test_a_license_grows_within_the_cap_and_may_always_shrink(count: int, before: int, others: int, fits: bool) -> None:
    found = reasons_against_total(count=count, before=before, other_licenses=others, on=DAY)
    said = (
        f"A licensee may grow at most 20,000 mature plants on all licenses. The other licenses have {others:,}, so "
        f"{count:,} do not fit. (16.8.8.9(F) NMAC)"
    )
    assert found == ([] if fits else [said])
