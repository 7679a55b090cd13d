"""Fifty pairs of worlds, a chain of fifty-one that differ in plans; and leaks that are planted, to see them found."""

import re
from collections.abc import Sequence

import pytest

from tests.secrecy import leaks
from tests.secrecy.declared import DECLARED, HELD, Difference, differences
from tests.secrecy.plans import Planner, places_of
from tests.secrecy.questions import Book
from tests.secrecy.run import NOW, Seen, Theatre
from tests.secrecy.script import Ask

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]

PAIRS = 50
TURN = 100  # requests made in earnest in each world, by turns; of the others the questions are asked
ACTS = (25, 50)  # the worlds in which all forms are sent too
WANTED = 100


@pytest.fixture(scope="module")
def first(theatre: Theatre) -> Seen:
    """What is seen in the world without plans."""
    return theatre.first()


def test_the_script_is_long_and_reaches_what_it_asks_for(theatre: Theatre, first):
    assert len(theatre.script.reads) >= WANTED
    replies = [seen for name, seen in first.items() if " GET " in name]
    assert sum(seen.startswith(b"200") for seen in replies) >= 80
    assert {seen[:3] for name, seen in first.items() if " POST " in name} >= {b"200", b"302", b"409", b"405"}
    assert not [name for name, seen in first.items() if seen.startswith(b"5")]


def test_fifty_pairs_of_worlds_read_the_same(theatre: Theatre, first, capsys):
    found, made, totals = list[Difference](), 0, dict[str, int]()
    places = places_of(theatre.house)
    for n in range(1, PAIRS + 1):
        planner = Planner(f"world {n}", theatre.house, places, NOW)
        seen = theatre.glance(planner.plan, f"{n}", turn(theatre.script.reads, n), acts=n in ACTS)
        found += differences(seen, first)  # what is as in the first world is as in the world before
        made += len(seen) - 1
        totals = {name: totals.get(name, 0) + value for name, value in vars(planner.drawn).items()}
    with capsys.disabled():
        drawn = ", ".join(f"{count} {name}" for name, count in totals.items())
        print(f"\ntwo worlds: {PAIRS} pairs x {len(theatre.script.reads)} requests, {made} made in earnest; {drawn}")
    assert not found, "\n".join(map(str, found))
    assert min(totals.values()) >= PAIRS // 5  # the worlds are not empty
    assert made >= PAIRS * TURN


def turn(asks: Sequence[Ask], n: int) -> list[Ask]:
    """The requests whose turn it is in the world `n`: in a few worlds every one has had its own."""
    start = n * TURN % len(asks)
    return [*asks[start:], *asks[:start]][:TURN]


MAY_BE_ASKED = {"schedules_feed"}  # by the key in an address, which is all the right there is; a wrong key finds no row


def test_no_table_of_the_schedule_is_asked_for(theatre: Theatre, first):
    """Not even to find nothing: what is never read can neither show nor take time."""
    assert len(theatre.statements) > 150
    assert {table for sql in theatre.statements for table in re.findall(r"schedules_\w+", sql)} <= MAY_BE_ASKED


# Leaks that are planted

READING = {
    "page text": (leaks.page_text, "/premises/{place}/"),
    "count": (leaks.count, "/notices/record/"),
    "sort order": (leaks.sort_order, "/notices/"),
    "search result": (leaks.search_result, "/help/?q=inspection"),
    "filter option": (leaks.filter_option, "/help/ask/"),
    "header": (leaks.header, "/-/live/"),
    "error text": (leaks.error_text, "/work/"),
    "feed": (leaks.feed, "/notices/{notice}/calendar.ics"),
    "file name": (leaks.file_name, "/documents/{document}/"),
    "cache key": (leaks.cache_key, "/premises/{place}/"),
    "log line": (leaks.log_line, "/premises/{place}/"),
    "last changed": (leaks.last_changed, "/licensees/{firm}/"),
    "menu": (leaks.menu, "/profile/"),
}
WRITING = {
    "mail": (leaks.mail, "/help/ask/", {"once": "planted", "subject": "Visit", "text": "When?"}),
    "number in an address": (leaks.new_key, "/licensees/{firm}/contacts/add/", {"once": "planted", "name": "Luz", "email": "luz@example.test"}),
}  # fmt: skip


def filled(path: str, theatre: Theatre) -> str:
    house = theatre.house
    paper = house.cases["corrections_in_review"].file.documents.first()
    return path.format(
        place=house.premises.number, firm=house.firm.key, notice=house.cases["cap_due"].file.key, document=paper.key
    )


def a_few(theatre: Theatre) -> Planner:
    """Some plans; whatever is planted, they are what it tells of."""
    return Planner("planted", theatre.house, places_of(theatre.house), NOW)


def told(theatre: Theatre, path: str) -> list[Difference]:
    """What two worlds differ in when one page is read."""
    ask = Ask("owner", "GET", filled(path, theatre))
    book, alone = Book(), [ask]
    with theatre.world(list):
        known = theatre.read(alone, hearing=book.hearing)
        book.close()
    with theatre.world(a_few(theatre).plan):
        changed = book.changed()
        seen = {} if book.settled(ask.name, changed) else theatre.read(alone)
    return differences(seen, known)


@pytest.mark.parametrize("channel", READING)
def test_a_leak_in_what_is_read_is_found(theatre: Theatre, monkeypatch, channel):
    plant, path = READING[channel]
    assert told(theatre, path) == []
    plant(monkeypatch)
    assert told(theatre, path)


@pytest.mark.parametrize("channel", WRITING)
def test_a_leak_in_what_follows_from_a_form_is_found(theatre: Theatre, monkeypatch, channel):
    plant, path, data = WRITING[channel]
    path = filled(path, theatre)
    asks = [Ask("owner", "POST", path, data), Ask("owner", "GET", path.removesuffix("add/"))]
    plant(monkeypatch)
    with theatre.world(list):
        known = theatre.act(asks, later=False)
    with theatre.world(a_few(theatre).plan):
        assert differences(theatre.act(asks, later=False), known)


def test_a_gap_in_the_numbers_is_found(theatre: Theatre, monkeypatch):
    """The only channel that needs a visit to begin."""
    leaks.new_number(monkeypatch)
    with theatre.world(list):
        known = theatre.act([])
    with theatre.world(a_few(theatre).plan):
        found = differences(theatre.act([]), known)
    assert {it.name for it in found} >= {"number", "mail"}


class TestDeclared:
    def test_the_list_is_short_and_every_line_has_its_reason(self):
        assert len(DECLARED) <= 5 and len(HELD) <= 8
        assert all(len(why.split()) >= 5 for _, why in DECLARED.values())
        assert all(len(why.split()) >= 5 for why in HELD.values())

    def test_bytes_are_counted(self):
        found = differences({"a": b"one two", "b": b"same"}, {"a": b"one twenty", "b": b"same"})
        assert [(it.name, it.bytes) for it in found] == [("a", 4)]
