"""The people of the house: three named people and a stranger; and the days that do not count."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command

from accounts.models import Role, User
from tests import factories


@pytest.fixture(autouse=True)
def no_tries_are_left(request: pytest.FixtureRequest, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The sign-ins that a test commits are counted in a table that its flush spares; they would keep later people out."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction")
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            cache.clear()


@pytest.fixture
def dana(db: None) -> User:
    """A compliance officer."""
    return factories.user(Role.OFFICER, name="Dana Ortiz", email="dana.ortiz@example.test")


@pytest.fixture
def marco(db: None) -> User:
    """A supervisor."""
    return factories.user(Role.SUPERVISOR, name="Marco Baca", email="marco.baca@example.test")


@pytest.fixture
def place(db: None):
    """The premises of Tomás."""
    return factories.premises()


@pytest.fixture
def tomas(place) -> User:
    """The owner who answers for the licensee of `place`."""
    return factories.representative(place.licensee, name="Tomás Lucero", email="tomas@example.test")


@pytest.fixture
def stranger(db: None) -> User:
    """The owner of another licensee."""
    return factories.representative(factories.licensee(), name="Rosa Archuleta", email="rosa@example.test")


@pytest.fixture
def holidays(db: None) -> None:
    """The real holidays of 2024 to 2028."""
    factories.holidays()


@pytest.fixture
def catalog(db: None) -> None:
    """The violations that can be cited, as the project keeps them."""
    call_command("load_catalog", verbosity=0)


LONGEST = ("tests/inspections/test_machine", "tests/browser/test_pages.py", "tests/launch/", "tests/test_")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first: the workers have them while there is time to share the rest."""
    items.sort(
        key=lambda item: next((n for n, name in enumerate(LONGEST) if item.nodeid.startswith(name)), len(LONGEST))
    )
