"""One process starts the servers of a folder, others join."""

import pytest

from launch.claim import State, Taken, claimed, read, write


def test_a_second_claim_learns_who_has_it(places):
    with claimed(places, "run"):
        write(places, State(pid=7, purpose="run", url="http://127.0.0.1:1"))
        with pytest.raises(Taken) as taken, claimed(places, "run"):
            pass
    assert taken.value.state == State(pid=7, purpose="run", url="http://127.0.0.1:1")


def test_a_claim_can_be_had_again_when_it_is_over(places):
    for _ in range(2):
        with claimed(places, "run"):
            assert read(places).purpose == "run"
        assert read(places) is None


def test_the_state_is_for_our_eyes_only(places):
    with claimed(places, "run"):
        assert places.state.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("words", ["", "{", "[]", '{"pid": 1, "unknown": 2}'])
def test_a_state_that_cannot_be_read_is_none(places, words):
    places.state.write_text(words)
    assert read(places) is None
