"""Taking in a file: its size, its true type, its checksum; its name is never trusted, its bytes never change.

The bytes lie sealed as they came; people look at a copy. A scan for viruses and a sandbox for the parsers belong
between `keep` and `record`, and are not built yet.
"""

import unicodedata
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from casefile.documents import copies, kinds, store
from casefile.documents.limits import FILE_LIMIT, TOO_BIG, LimitUploads, too_big
from casefile.documents.store import NotTaken, Stored, copy_path, drop, path
from casefile.models import Case, Document

__all__ = [
    "FILE_LIMIT",
    "TOO_BIG",
    "LimitUploads",
    "NotTaken",
    "clean_name",
    "copy_path",
    "download_name",
    "drop",
    "keep",
    "path",
    "record",
    "take_in",
    "too_big",
]

NAME_LENGTH = 255
EMPTY = "This file is empty. Send the photo or the PDF again."


def take_in(case: Case, upload: UploadedFile, *, by: User, at: datetime) -> Document:
    """Keep an uploaded file on the folder of `case`. Raises NotTaken with words for the sender."""
    return record(keep(upload), case, by=by, at=at)


def keep(upload: UploadedFile) -> Stored:
    """Put the bytes under a name of ours, judge them and make the copy for the eye; slow, and asks no database.

    Raises NotTaken, and leaves nothing behind. Bytes without a row, after a transaction that failed, do no harm.
    """
    stored = store.write(upload, clean_name(upload.name))
    try:
        if stored.size == 0:
            raise NotTaken(EMPTY)
        stored.media_type = kinds.true_type(stored.path)
        if stored.media_type.startswith("image/"):
            copies.make(stored.path, copy_path(stored.key))
            stored.has_copy = True
        store.settle(stored)
    except BaseException:
        drop(stored)
        raise
    return stored


def record(stored: Stored, case: Case, *, by: User, at: datetime) -> Document:
    """Write down what was kept, on the folder of `case`."""
    return Document.objects.create(
        key=stored.key, file=case.file, name=stored.name, media_type=stored.media_type, size=stored.size,
        sha256=stored.sha256, has_copy=stored.has_copy, received_at=at, by=by,
    )  # fmt: skip


def clean_name(name: str | None) -> str:
    """The sender's name for a file without its folders and without signs that nobody can see."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    return seen.strip(" .")[:NAME_LENGTH] or "file"


def download_name(document: Document) -> str:
    """The name under which the original is handed out: with an ending that says what it is."""
    endings = kinds.ENDINGS.get(document.media_type, (".bin",))
    if PurePosixPath(document.name).suffix.lower() in endings:
        return document.name
    return document.name[: NAME_LENGTH - 5] + endings[0]
