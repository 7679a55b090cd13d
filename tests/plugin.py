"""One embedded PostgreSQL and one Valkey for the whole run, before Django reads its settings.

pytest-django loads the settings before any conftest, so the servers start here (`-p tests.plugin`). Workers of xdist
inherit the addresses and start none; each has a data folder of its own, so none sees the files of another.
"""

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's own loop runs in the thread of the test
_running = ExitStack()


def _start() -> None:
    from launch.places import Places
    from launch.postgres import Postgres
    from launch.valkey import Valkey

    data = Path(tempfile.mkdtemp(prefix="ccd-tests-"))
    data.chmod(0o711)
    _running.callback(shutil.rmtree, data, ignore_errors=True)
    places = Places(data)
    os.environ["DATABASE_URL"] = _running.enter_context(Postgres(places, fast=True)).url
    os.environ["REDIS_URL"] = _running.enter_context(Valkey(places)).url
    os.environ["DATA_DIR"] = str(data)
    places.static.mkdir()


def _move_out(worker: str) -> None:
    own = Path(os.environ["DATA_DIR"]) / worker
    (own / "static").mkdir(parents=True)
    os.environ["DATA_DIR"] = str(own)


if "PYTEST_XDIST_WORKER" in os.environ:
    _move_out(os.environ["PYTEST_XDIST_WORKER"])
else:
    atexit.register(_running.close)  # a run that fails before it begins must leave nothing either
    _start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started; a worker of xdist started nothing."""
    _running.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """After the migrations: the table of the database cache."""
    from django.core.management import call_command

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("createcachetable", verbosity=0)
