"""Rules cite, values have a history."""

from datetime import date

import pytest

from casefile import law
from casefile.law import RULES, VALUES, Dated, cites


@pytest.fixture(autouse=True)
def _leave_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law, "RULES", [*RULES])
    monkeypatch.setattr(law, "VALUES", {**VALUES})


class TestCites:
    def test_puts_the_source_where_pages_and_docs_find_it(self) -> None:
        @cites("1.2.3 NMAC")
        def rule() -> list[str]:
            """A rule of law."""
            return ["no"]

        assert rule() == ["no"]
        assert law.citation(rule) == "1.2.3 NMAC"
        assert rule.__doc__ == "A rule of law.\n\n    Cites: 1.2.3 NMAC\n    "
        assert law.RULES[-1] is rule

    def test_a_function_without_a_source_cites_nothing(self) -> None:
        assert law.citation(len) == ""


class TestDated:
    LIMIT = Dated(((date(2021, 8, 24), 10), (date(2022, 3, 22), 20)))

    @pytest.mark.parametrize(
        ("day", "value"),
        [
            (date(2021, 8, 24), 10),
            (date(2022, 3, 21), 10),
            (date(2022, 3, 22), 20),
            (date(2030, 1, 1), 20),
        ],
    )
    def test_gives_the_version_in_force(self, day: date, value: int) -> None:
        assert self.LIMIT.on(day) == value

    def test_says_when_nothing_was_in_force(self) -> None:
        with pytest.raises(LookupError, match="nothing was in force on 2021-08-23"):
            self.LIMIT.on(date(2021, 8, 23))

    @pytest.mark.parametrize(
        "versions",
        [
            (),
            ((date(2022, 1, 1), 1), (date(2021, 1, 1), 2)),
            ((date(2022, 1, 1), 1), (date(2022, 1, 1), 2)),
        ],
    )
    def test_refuses_a_history_out_of_order(self, versions: tuple[tuple[date, int], ...]) -> None:
        with pytest.raises(ValueError, match="newest last"):
            Dated(versions)

    def test_is_on_the_list_when_it_has_a_name(self) -> None:
        Dated(((date(2022, 1, 1), 1),))
        assert law.VALUES.keys() == VALUES.keys()
        value = Dated(((date(2022, 1, 1), 1),), name="A limit", source="1.2.3 NMAC")
        assert law.VALUES["A limit"] is value
