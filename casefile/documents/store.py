"""Where the bytes lie: one folder, names of ours, on the disk before anything says that they are there."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from casefile.documents.limits import FILE_LIMIT, TOO_BIG
from casefile.models import new_key


class NotTaken(Exception):
    """The file is not kept. `message` says why, in words for the sender."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@dataclass
class Stored:
    """Bytes that were kept, and what is known of them."""

    key: str
    name: str
    size: int
    sha256: str
    media_type: str = ""
    has_copy: bool = False

    @property
    def path(self) -> Path:
        return path(self.key)


def path(key: str) -> Path:
    """Where the original of a document lies."""
    return Path(default_storage.path(f"{key[:2]}/{key}"))


def copy_path(key: str) -> Path:
    """Where its copy for the eye lies, if there is one."""
    return path(key).with_suffix(".view.jpg")


def write(upload: UploadedFile, name: str) -> Stored:
    """Write the bytes under a new key, counting and hashing as they pass. Raises NotTaken over the limit."""
    key, digest, size = new_key(), sha256(), 0
    place = path(key)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with open(place, "xb", opener=_private) as file:
            for chunk in upload.chunks():
                size += len(chunk)
                if size > FILE_LIMIT:
                    raise NotTaken(TOO_BIG)
                digest.update(chunk)
                file.write(chunk)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    return Stored(key, name, size, digest.hexdigest())


def settle(stored: Stored) -> None:
    """Have the bytes and their names on the disk before the transaction that mentions them commits."""
    for place in (stored.path, copy_path(stored.key), stored.path.parent, stored.path.parent.parent):
        if place.exists():
            _sync(place)


def drop(stored: Stored) -> None:
    """Forget bytes that were not taken."""
    stored.path.unlink(missing_ok=True)
    copy_path(stored.key).unlink(missing_ok=True)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _sync(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
