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
    if not places.data.exists():
        return
    if kind(places) != "demo":
        raise CannotStart(f"{places.data} does not hold demonstration data; nothing was removed.")
    if not sure and not _is_yes(ask, f"Remove all data in {places.data} and load the demonstration anew? [y/N] "):
        raise CannotStart("Nothing was removed.")
    with claimed(places, "run --reset-demo"):
        for path in places.made_by_us:
            _remove(path)


def _is_yes(ask: Callable[[str], str], question: str) -> bool:
    try:
        return ask(question).strip().lower() in ("y", "yes")
    except EOFError:  # nobody is there to answer
        return False


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
