"""Taking in the files of a form, each by itself: one that fails holds up no other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from casefile.actions import Refused
from casefile.documents import TOO_BIG, NotTaken, clean_name, too_big


@dataclass(frozen=True)
class Failed:
    """A file that was not kept, and why; the others were."""

    name: str
    message: str


def take_in(request: HttpRequest, add: Callable[[UploadedFile], Any]) -> tuple[int, list[Failed]]:
    """Hand every file of the field `files` to `add`; how many were kept, and which were not."""
    failed, taken = [Failed(clean_name(name), TOO_BIG) for name in too_big(request)], 0
    for upload in request.FILES.getlist("files"):
        try:
            add(upload)
            taken += 1
        except NotTaken as refused:
            failed.append(Failed(clean_name(upload.name), refused.message))
        except Refused as refused:
            failed.append(Failed(clean_name(upload.name), " ".join(refused.reasons)))
    return taken, failed
