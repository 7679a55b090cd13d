"""The help as it is loaded, once for all tests of a file and undone at its end."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests import factories
from tests.help_center import told


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The project's own articles, the counties, the holidays."""
    with django_db_blocker.unblock(), transaction.atomic():
        factories.holidays()
        told.loaded()
        yield
        transaction.set_rollback(True)
