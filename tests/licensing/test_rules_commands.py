"""The commands that ask the law: `increase` and `level`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, ManagementUtility, call_command


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


def answer(*arguments: str) -> dict:
    return json.loads(said(*arguments, "--json"))


def increase(authorized: int, total: int, asked: int, *more: str) -> list[str]:
    return [
        "increase", f"--authorized={authorized}", f"--licensee-total={total}", f"--asked={asked}", *more,
        "--on=2026-11-21",
    ]  # fmt: skip


class TestIncrease:
    @pytest.mark.parametrize(
        ("arguments", "allowed", "cites", "largest"),
        [
            (increase(16_000, 16_000, 4_000), True, [], 4_000),
            (increase(16_200, 16_200, 4_000), False, ["16.8.8.9(F) NMAC"], 3_500),
            (increase(16_200, 16_200, 3_500), True, [], 3_500),
            (increase(2_000, 2_000, 4_500), False, ["16.8.8.9(D) NMAC"], 4_000),
            (increase(2_000, 2_000, 600), False, ["16.8.8.9(C) NMAC"], 4_000),
            (increase(2_000, 2_000, 500, "--other-requests-this-year=1"), False, ["16.8.8.9(C), 16.8.8.10(A) NMAC"], 0),
            (increase(2_000, 2_000, 500, "--other-requests-this-year=1", "--at-renewal"), True, [], 4_000),
            (increase(200, 200, 500, "--type=producer_microbusiness"), False, ["16.8.8.9(A) NMAC; NMSA 26-2C-2"], 0),
            (increase(2_000, 20_000, 500), False, ["16.8.8.9(F) NMAC"], 0),
        ],
    )
    def test_as_json(self, arguments: list[str], allowed: bool, cites: list[str], largest: int) -> None:
        it = answer(*arguments)
        assert (it["allowed"], [reason["cites"] for reason in it["reasons"]]) == (allowed, cites)
        assert it["largest_allowed"] == largest and set(it) == {"allowed", "reasons", "largest_allowed"}

    def test_in_words(self) -> None:
        assert said(*increase(16_200, 16_200, 4_000)).splitlines() == [
            "4,000 more mature plants: not allowed",
            "  A licensee may grow at most 20,000 mature plants on all licenses. You have 16,200, so 3,800 are left. "
            "(16.8.8.9(F) NMAC)",
            "The largest increase now is 3,500. A licensee may grow at most 20,000 mature plants on all licenses, so "
            "3,800 are left.",
        ]
        assert said(*increase(16_000, 16_000, 4_000)).startswith("4,000 more mature plants: allowed\nThe largest")

    def test_asks_the_law_of_today_without_a_day(self) -> None:
        assert answer("increase", "--authorized=2,000", "--licensee-total=2000", "--asked=500")["allowed"] is True

    def test_a_total_below_the_license_is_wrong_input(self) -> None:
        with pytest.raises(CommandError, match="it is at least --authorized, 500") as wrong:
            said(*increase(500, 499, 500))
        assert wrong.value.returncode == 2


class TestLevel:
    @pytest.mark.parametrize(
        ("count", "level"),
        [(200, None), (201, 1), (2_000, 1), (2_001, 2), (6_000, 2), (6_001, 3), (12_000, 3), (12_001, 4),
         (16_000, 4), (16_001, None), (20_000, None), (20_001, None)],
    )  # fmt: skip
    def test_as_json(self, count: int, level: int | None) -> None:
        it = answer("level", str(count), "--on=2026-11-21")
        assert (it["count"], it["level"], it["range"] is None) == (count, level, level is None)
        assert bool(it["reason"]) == (level is None) and "16.8.8.9(B)" in it["cites"]

    def test_as_on_the_day(self) -> None:
        assert answer("level", "300", "--on=2022-02-01")["level"] is None
        assert answer("level", "300", "--on=2022-03-22")["range"] == [201, 2_000]

    def test_in_words(self) -> None:
        assert said("level", "2001") == "Level 2: 2,001 to 6,000 mature plants (16.8.8.9(B) NMAC)"
        assert said("level", "150") == "No level holds fewer than 201 mature plants. (16.8.8.9(B), (C), (F) NMAC)"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["level", "abc"], "“abc” is not a whole number from 0 on."),
        (["level", "٢٠٠"], "“٢٠٠” is not a whole number from 0 on."),
        (["level", "5", "--on=tomorrow"], "“tomorrow” is not a day such as 2026-11-21."),
        (["level", "5", "--on=2021-08-23"], "16.8.8 NMAC came into force on 2021-08-24."),
        (["level"], "the following arguments are required: N"),
        (["increase", "--authorized=1", "--licensee-total=1"], "the following arguments are required: --asked"),
        (increase(1, 1, -500), "“-500” is not a whole number from 0 on."),
        (increase(1, 1, 500, "--type=farm"), "invalid choice: 'farm'"),
    ],
)
def test_wrong_input_says_what_is_wrong_and_ends_with_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        ManagementUtility(["manage.py", *arguments]).execute()
    assert ended.value.code == 2
    assert words in capsys.readouterr().err


def test_the_first_day_of_the_rule_can_be_asked() -> None:
    assert answer("level", "201", "--on=2021-08-24")["level"] == 1
