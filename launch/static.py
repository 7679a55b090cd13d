"""Whether the static files changed since they were last collected."""

import hashlib
import os
from pathlib import Path

from launch.places import PROJECT, Places


def stamp(folders: tuple[Path, ...] = ()) -> str:
    """A digest over names, sizes and times of our static files, and over the pins whose packages bring others."""
    digest = hashlib.sha256((PROJECT / "requirements.txt").read_bytes())
    for folder in folders or (PROJECT / "static", *PROJECT.glob("*/static")):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            found = path.stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def is_current(places: Places, now: str) -> bool:
    """Whether what was collected is what we have now."""
    manifest = places.static / "staticfiles.json"
    return manifest.exists() and places.static_stamp.exists() and places.static_stamp.read_text() == now


def remember(places: Places, now: str) -> None:
    """Note what was collected."""
    draft = places.static_stamp.with_suffix(".new")
    draft.write_text(now)
    os.replace(draft, places.static_stamp)
