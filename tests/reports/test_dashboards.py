"""Every number of every dashboard, followed through its address, counts the rows of the list that it opens."""

import re
from html import unescape
from random import Random

import pytest
from django.db import transaction

from accounts.models import Role
from tests import factories
from tests.factories import at
from tests.reports.invented import invent

NOW = at("2026-11-25 10:00")
DASHBOARDS = ("/team/", "/team/workload/", "/team/coverage/", "/team/outcomes/", "/team/licensing/")
NUMBER = re.compile(r'<a href="([^"]+)" data-counts[^>]*>([\d,]+)<')
TILE = re.compile(r'<a class="tile[^"]*" href="([^"]+)"><b>([\d,]+)</b>')

FOLLOWED = 14  # numbers of the tables of each page that are followed; the seed is the address
Counted = list[tuple[str, int]]

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture(scope="module")
def division(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        factories.holidays()
        yield invent(Random(20261125), NOW, premises=60, cases=110)
        transaction.set_rollback(True)


@pytest.fixture
def team(client, db, division):
    client.force_login(factories.user(Role.SUPERVISOR))
    return client


def rows_of(client, address: str) -> int:
    """How many rows the list has, over all its pages."""
    count, seen = 0, 0
    while address:
        reply = client.get(address)
        assert reply.status_code == 200, address
        context = reply.context
        count += len(context["rows"])
        address, seen = context["next_url"], seen + 1
        assert seen < 40, address
    return count


def numbers_of(client, address: str) -> tuple[Counted, Counted]:
    """The addresses and the numbers of the tiles and of the tables of a page."""
    page = client.get(address).content.decode()
    return tuple(
        list({unescape(url): int(number.replace(",", "")) for url, number in pattern.findall(page)}.items())
        for pattern in (TILE, NUMBER)
    )  # type: ignore[return-value]


@pytest.mark.parametrize("address", [*DASHBOARDS, "/team/coverage/2025/", "/team/outcomes/?days=90&county=Catron"])
def test_numbers_open_exactly_their_lists(team, address):
    tiles, numbers = numbers_of(team, address)
    assert len(numbers) > 8
    for url, number in tiles + Random(address).sample(sorted(numbers), min(len(numbers), FOLLOWED)):
        assert rows_of(team, url) == number, url
