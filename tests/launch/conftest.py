"""A data folder of our own, and what still runs in it."""

import shutil
import tempfile
from pathlib import Path

import pytest

from launch.places import Places


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path)


@pytest.fixture(scope="module")
def data():
    """A short path that the user of PostgreSQL can reach; the tests of a module start on it one after another."""
    folder = Path(tempfile.mkdtemp(prefix="ccd-run-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)  # after a failure a killed child may still be writing
