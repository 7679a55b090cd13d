"""A letter on paper: a PDF that a screen reader can read, made from the stored page alone."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

STANDARD = "pdf/ua-1"  # tagged, with a language and a title (ISO 14289-1)


def as_pdf(page: str) -> bytes:
    """`page`, a whole document of HTML, as a PDF, in about half a second. ValueError when it wants what is not ours."""
    # Loaded here: it takes two seconds, which are for those who print
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    document = HTML(string=page, base_url=f"{_static().as_uri()}/", url_fetcher=_fetcher())
    try:
        made = document.write_pdf(pdf_variant=STANDARD)
    except FatalURLFetchingError as error:  # which is no Exception
        raise ValueError(str(error)) from None
    assert isinstance(made, bytes)
    return made


def is_ours(url: str) -> bool:
    """Whether `url` names a file in our own folder of static files; a letter may read nothing else."""
    parts = urlsplit(url)
    return parts.scheme == "file" and not parts.netloc and Path(unquote(parts.path)).resolve().is_relative_to(_static())


def _static() -> Path:
    return Path(settings.STATICFILES_DIRS[0]).resolve()


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    class OursAlone(URLFetcher):
        """Reads our style sheet and fonts, never the web."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not is_ours(url):
                raise ValueError(f"a letter may not fetch {url}")
            return super().fetch(url, headers)

    return OursAlone(allowed_protocols=["file"], fail_on_errors=True)
