"""Handing out a paper to those who may see it: the original as a download, a photo's copy for the eye."""

import logging
from pathlib import Path
from typing import Any, BinaryIO

from django.http import FileResponse, Http404, HttpRequest

from accounts.rights import Guarded
from casefile.documents import copy_path, download_name, path
from casefile.models import Document

logger = logging.getLogger(__name__)

SEALED = "sandbox; default-src 'none'; frame-ancestors 'none'"


class DocumentView(Guarded):
    """The original; with `?view=1` the copy of a photo, shown in the page."""

    http_method_names = ["get", "head", "options"]
    rights = "casefile.see_document"
    document: Document

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = Document.objects.select_related("file", "by").filter(key=kwargs["key"]).first()
        if found is None:
            raise Http404("No such document.")
        self.document = found

    def get_guarded(self) -> Document:
        return self.document

    def get(self, request: HttpRequest, key: str) -> FileResponse:
        response = self._copy() if "view" in request.GET else self._original()
        response["Content-Security-Policy"] = SEALED
        response["X-Content-Type-Options"] = "nosniff"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Cache-Control"] = "private, max-age=300"
        return response

    def _copy(self) -> FileResponse:
        if not self.document.has_copy:
            raise Http404("There is no copy for the eye.")
        return FileResponse(_bytes(copy_path(self.document.key)), content_type="image/jpeg")

    def _original(self) -> FileResponse:
        name, kind = download_name(self.document), self.document.media_type
        return FileResponse(_bytes(path(self.document.key)), as_attachment=True, filename=name, content_type=kind)


def _bytes(place: Path) -> BinaryIO:
    try:
        return place.open("rb")
    except FileNotFoundError:
        logger.error("the bytes of a document are gone: %s", place.name)
        raise Http404("The bytes are gone.") from None
