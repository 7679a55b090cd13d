"""Wrong values stop the start with a sentence; right ones are what they say."""

from pathlib import Path

import pytest

from config import environment
from config.environment import Misconfigured


@pytest.fixture
def given(monkeypatch):
    return lambda value: monkeypatch.setenv("X", value)


class TestText:
    def test_is_required_without_a_default(self, monkeypatch):
        monkeypatch.delenv("X", raising=False)
        with pytest.raises(Misconfigured, match="X is not set"):
            environment.text("X")

    def test_empty_is_absent(self, given):
        given("  ")
        assert environment.text("X", "default") == "default"


class TestFlag:
    @pytest.mark.parametrize(
        "value, meant", [("1", True), ("TRUE", True), ("yes", True), ("0", False), ("Off", False), ("no", False)]
    )
    def test_reads_the_usual_words(self, given, value, meant):
        given(value)
        assert environment.flag("X", default=not meant) is meant

    @pytest.mark.parametrize("value", ["2", "ja", "None", "truee"])
    def test_refuses_others(self, given, value):
        given(value)
        with pytest.raises(Misconfigured, match="neither yes nor no"):
            environment.flag("X", default=True)


class TestNumber:
    @pytest.mark.parametrize("value", ["-1", "1.5", "ten", "10", "0x1"])
    def test_refuses_what_is_not_in_the_range(self, given, value):
        given(value)
        with pytest.raises(Misconfigured, match="from 0 to 9"):
            environment.number("X", default=0, high=9)

    def test_reads_the_edge(self, given):
        given("9")
        assert environment.number("X", default=0, high=9) == 9


def test_words_are_split_and_trimmed(given):
    given(" a.example , b.example,")
    assert environment.words("X") == ["a.example", "b.example"]


def test_a_folder_is_absolute(given):
    given("var")
    with pytest.raises(Misconfigured, match="not an absolute path"):
        environment.folder("X", default=Path("/"))


def test_a_short_secret_is_refused_and_not_repeated(given):
    given("hunter2")
    with pytest.raises(Misconfigured) as refused:
        environment.secret("X", at_least=50)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("value", ["http://a:port/", "ftp://a/", "a"])
def test_an_address_has_a_known_scheme_and_a_port_that_is_a_number(given, value):
    given(value)
    with pytest.raises(Misconfigured):
        environment.address("X", schemes=("http",))
