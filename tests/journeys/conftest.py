"""A house in the spring of 2024, its people in front of real browsers with scripts off, and a clock that only we move."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from accounts.models import Role, User
from casefile.tasks import sweep
from licensing.models import Premises, Representative
from tests import factories
from tests.browser.conftest import browser, site
from tests.journeys.people import Licensee, Officer, Supervisor

__all__ = ["browser", "site"]

MONDAY = factories.at("2024-03-04 09:00")


class Clock:
    """The wall clock of the house. Moving it does what Celery beat does meanwhile, several times over."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self.traveller = traveller

    @property
    def now(self) -> datetime:
        return datetime.now(factories.DENVER)

    def wait(self, **span: float) -> None:
        """Let time pass in one leap, then sweep."""
        self.until(self.now + timedelta(**span))

    def until(self, when: datetime) -> None:
        self.traveller.move_to(when)
        for _ in range(3):
            sweep()

    def day_by_day(self, until: datetime) -> None:
        """To 8:30 of each morning and on to `until`, sweeping several times on each."""
        day = self.now
        while (day := (day + timedelta(days=1)).replace(hour=8, minute=30)) < until:
            self.until(day)
        self.until(until)


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield Clock(traveller)


@pytest.fixture
def place(clock, site, settings) -> Premises:
    """High Mesa Organics with its owner, and three rules of the catalog."""
    settings.BASE_URL = site
    factories.holidays()
    for code, title in (
        ("LAB-01", "Labels missing batch number"),
        ("SEC-04", "Camera blind spot"),
        ("REC-02", "No visitor log"),
    ):
        factories.entry(code=code, title=title)
    return factories.premises()


@pytest.fixture
def open_page(site, browser) -> Iterator[Callable]:
    contexts = []

    def new() -> object:
        contexts.append(
            browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 1024, "height": 900})
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(60_000)
        return page

    yield new
    for context in contexts:
        context.close()


def person(role: str, name: str) -> User:
    return factories.user(role, name=name, email=f"{name.split()[0].lower()}@example.test")


@pytest.fixture
def dana(place, open_page) -> Officer:
    return Officer(person(Role.OFFICER, "Dana Ortiz"), open_page)


@pytest.fixture
def marco(place, open_page) -> Supervisor:
    return Supervisor(person(Role.SUPERVISOR, "Marco Baca"), open_page)


@pytest.fixture
def tomas(place, open_page) -> Licensee:
    owner = factories.representative(place.licensee, name="Tomas Lucero", email="tomas@example.test")
    Representative.objects.update(added_at=MONDAY - timedelta(days=30))
    return Licensee(owner, open_page)
