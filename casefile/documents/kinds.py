"""What a file truly is, told from its bytes; what its sender calls it counts for nothing."""

import re
from mmap import ACCESS_READ, mmap
from pathlib import Path

from casefile.documents.store import NotTaken

WRONG_TYPE = "We can not open this file. Send a photo or a PDF."
LOCKED_PDF = "This PDF has a password. Take the password off, then send it again."
ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/heif": (".heic", ".heif", ".hif"),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
}
PDF_TAIL = 8192  # bytes at the end of a PDF in which it says that it ends
LOCK = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")
SIGNS = (
    ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
    ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("image/webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("image/heif", re.compile(rb"....ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1)", re.DOTALL)),
    ("application/pdf", re.compile(rb"%PDF-")),
)


def true_type(path: Path) -> str:
    """The media type of a file that we take: JPEG, PNG, HEIF, WebP or PDF. Raises NotTaken for any other.

    An image still has to prove itself when its copy is made.
    """
    with path.open("rb") as file:
        head = file.read(32)
    kind = next((kind for kind, sign in SIGNS if sign.match(head)), "")
    if not kind:
        raise NotTaken(WRONG_TYPE)
    if kind == "application/pdf":
        _read_pdf(path)
    return kind


def _read_pdf(path: Path) -> None:
    """A PDF ends as one, and opens without a password."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as whole:
        if b"startxref" not in whole[-PDF_TAIL:]:
            raise NotTaken(WRONG_TYPE)
        if LOCK.search(whole):
            raise NotTaken(LOCKED_PDF)
