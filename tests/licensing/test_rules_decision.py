"""How a request is handled, as tables: the edge on both sides of every threshold."""

from datetime import date

import pytest

from casefile.calendar import Calendar
from licensing.rules import decision
from licensing.rules.decision import (
    information_term,
    reasons_against_complete_on,
    reasons_against_total,
    reasons_not_to_ask_designation,
    reasons_not_to_ask_for,
    reasons_not_to_deny,
    reasons_not_to_deny_unanswered,
    reasons_not_to_grant_part,
)
from tests.factories import at

TODAY = date(2026, 6, 10)


def test_information_term_is_thirty_days():
    assert information_term(TODAY)(at("2026-06-10 09:00"), Calendar({})).due_on == date(2026, 7, 10)
    assert decision.HEARING_DAYS.on(TODAY) == 20


@pytest.mark.parametrize(
    ("wanted", "reasons"),
    [
        ({}, ["Choose at least one piece that is missing."]),
        ({"Right to the water": " "}, ["Say what is missing of right to the water."]),
        ({"Right to the water": "The other well."}, []),
    ],
)
def test_reasons_not_to_ask_for(wanted, reasons):
    assert reasons_not_to_ask_for(wanted) == reasons


@pytest.mark.parametrize(
    ("day", "reasons"),
    [
        (date(2026, 5, 31), ["The request was sent on Monday, June 1, 2026. It was not complete before that."]),
        (date(2026, 6, 1), []),
        (TODAY, []),
        (date(2026, 6, 11), ["The day on which it was complete is still to come."]),
    ],
)
def test_reasons_against_complete_on(day, reasons):
    assert reasons_against_complete_on(day, sent_on=date(2026, 6, 1), on=TODAY) == reasons


@pytest.mark.parametrize(
    ("granted", "said", "refused"), [(999, " ", True), (999, "Water.", False), (1_000, "", False), (1_001, "", False)]
)
def test_reasons_not_to_grant_part(granted, said, refused):
    reasons = ["Say why less is granted than was asked for. The licensee will read it."] * refused
    assert reasons_not_to_grant_part(asked=1_000, granted=granted, reasons=said) == reasons


def test_reasons_not_to_deny():
    assert reasons_not_to_deny(reasons=" ") == ["Say why the request is denied. The licensee will read it."]
    assert reasons_not_to_deny(reasons="Above the count.") == []


@pytest.mark.parametrize(
    ("due_on", "refused"), [(None, False), (date(2026, 6, 9), False), (TODAY, True), (date(2026, 6, 11), True)]
)
def test_reasons_not_to_deny_unanswered(due_on, refused):
    found = reasons_not_to_deny_unanswered(due_on=due_on, on=TODAY)
    assert bool(found) == refused and all("to send what is missing" in reason for reason in found)


@pytest.mark.parametrize(
    ("level", "status", "reason"),
    [
        (None, "applied", ""),
        (None, "active", ""),
        (None, "suspended", "The license is suspended."),
        (None, "revoked", "The license is revoked."),
        (1, "active", "This license has level 1. To grow more plants, ask for an increase."),
    ],
)
def test_reasons_not_to_ask_designation(level, status, reason):
    found = reasons_not_to_ask_designation(level=level, status=status)
    assert bool(found) == bool(reason) and all(it.startswith(reason) for it in found)


@pytest.mark.parametrize(
    ("count", "before", "others", "refused"),
    [
        (20_000, 16_000, 0, False),
        (20_001, 16_000, 0, True),
        (5_000, 4_500, 15_000, False),
        (5_001, 4_500, 15_000, True),
        (20_500, 20_500, 0, False),
        (20_400, 20_500, 5_000, False),
        (20_501, 20_500, 0, True),
    ],
)
def test_reasons_against_total(count, before, others, refused):
    found = reasons_against_total(count=count, before=before, other_licenses=others, on=TODAY)
    assert bool(found) == refused
    assert not found or f"The other licenses have {others:,}, so {count:,} do not fit. (16.8.8.9(F) NMAC)" in found[0]
