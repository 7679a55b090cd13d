"""`./run --reset-demo`: the demonstration begins anew."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from launch.claim import claimed
from launch.places import CannotStart, Places
from launch.surroundings import kind


def reset(places: Places, *, sure: bool, ask: Callable[[str], str] = input) -> None:
    """Remove the demonstration's data so that the next start makes it anew."""
    if os.environ.get("DATABASE_URL"):
        raise CannotStart("--reset-demo is for the embedded database only; DATABASE_URL names another.")
    if kind(places) == "plain":
        raise CannotStart(f"{places.data} does not hold demonstration data; nothing was removed.")
    question = f"Remove all data in {places.data} and load the demonstration anew? [y/N] "
    if not sure and ask(question).strip().lower() not in ("y", "yes"):
        raise CannotStart("Nothing was removed.")
    with claimed(places, "run --reset-demo"):
        for path in places.made_by_us:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
