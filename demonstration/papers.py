"""Small files for the demonstration: photos that are plainly drawings, and receipts of invented repairs."""

from functools import cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

COLORS = ("#3c6e47", "#8d6b48", "#2e6f95", "#7a5195", "#a05a2c")


@cache
def _picture(number: int, label: str) -> bytes:
    image = Image.new("RGB", (480, 320), "#dfe6ea")
    draw = ImageDraw.Draw(image)
    color = COLORS[number % len(COLORS)]
    draw.rectangle((30, 200, 450, 300), fill=color)
    for step in range(5):
        left = 50 + step * 80
        draw.polygon([(left, 200), (left + 30, 90 + (number * 13 + step * 7) % 60), (left + 60, 200)], fill=color)
    draw.rectangle((0, 0, 480, 40), fill="#12283a")
    draw.text((12, 10), label, fill="white", font=ImageFont.load_default(size=18))
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


def photo(number: int, label: str) -> SimpleUploadedFile:
    """A drawing that stands for a photo; `label` is written on it."""
    return SimpleUploadedFile(f"photo-{number:03}.jpg", _picture(number % 40, label), content_type="image/jpeg")


def receipt(number: int) -> SimpleUploadedFile:
    """A one-page PDF that stands for a bill of a repair."""
    page = _page("Repair done and paid. Demonstration.")
    return SimpleUploadedFile(f"receipt-{number:03}.pdf", page, content_type="application/pdf")


def water_right(number: int) -> SimpleUploadedFile:
    """A one-page PDF that stands for a permit to use water."""
    page = _page(f"Permit RG-{number:04}, 3.4 acre-feet a year. Demonstration.")
    return SimpleUploadedFile(f"water-permit-RG-{number:04}.pdf", page, content_type="application/pdf")


@cache
def _page(words: str) -> bytes:
    body = f"BT /F1 18 Tf 72 700 Td ({words}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body),
    ]
    out, offsets = BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, 2)
    for n, part in enumerate(parts, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (n, part))
    start = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()
