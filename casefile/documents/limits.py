"""How much is read of a file that comes in."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

FILE_LIMIT = 50 * 10**6  # bytes of one file, as the pages say
TOO_BIG = "This file is too big. Send a file smaller than 50 MB, or take the photo again at a smaller size."


class LimitUploads(FileUploadHandler):
    """Stands first in FILE_UPLOAD_HANDLERS: stops keeping a file at the limit; the other files of the form come in."""

    read = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.read = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.read += len(raw_data)
        if self.read > FILE_LIMIT:
            too_big(self.request).append(self.file_name or "")  # type: ignore[arg-type]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def too_big(request: HttpRequest) -> list[str]:
    """The names of the files of this form that were over the limit, and were not kept."""
    return request.META.setdefault("casefile.too_big", [])
