"""The copy of a photo that people look at: small, upright, without the data that a camera hides in it."""

from pathlib import Path
from threading import BoundedSemaphore

import pi_heif
from PIL import Image, ImageFile, ImageOps

from casefile.documents.kinds import WRONG_TYPE
from casefile.documents.limits import TOO_BIG
from casefile.documents.store import NotTaken

SIDE = 2400  # pixels; enough to read a label on it
QUALITY = 85
FORMATS = ("JPEG", "PNG", "HEIF", "WEBP")  # the only parsers that a stranger's bytes reach
MOST_PIXELS = 200 * 10**6  # the largest phone cameras
MOST_IN_MEMORY = 64 * 10**6  # pixels unpacked at once; a JPEG is unpacked at a smaller scale

pi_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
_at_once = BoundedSemaphore(2)


def make(original: Path, copy: Path) -> None:
    """Write the copy of the photo `original` to `copy`. Raises NotTaken when it is broken, or would fill the memory."""
    with _at_once:
        try:
            _verify(original)
            image = _unpacked(original)
        except NotTaken:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as large:
            raise NotTaken(TOO_BIG) from large
        except Exception as broken:  # a parser may fail in any way on a stranger's bytes
            raise NotTaken(WRONG_TYPE) from broken
        image.info = {}
        image.save(copy, "JPEG", quality=QUALITY, optimize=True)
        copy.chmod(0o600)


def _verify(original: Path) -> None:
    with Image.open(original, formats=FORMATS) as image:
        _measure(image, MOST_PIXELS)
        image.verify()


def _unpacked(original: Path) -> Image.Image:
    with Image.open(original, formats=FORMATS) as image:
        image.draft("RGB", (SIDE, SIDE))
        _measure(image, MOST_IN_MEMORY)
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint allows half a photo, and that for the whole process
        image.load()
        image.thumbnail((SIDE, SIDE), reducing_gap=2.0)
        return _on_white(ImageOps.exif_transpose(image))


def _measure(image: Image.Image, most: int) -> None:
    if image.width * image.height > most:
        raise NotTaken(TOO_BIG)


def _on_white(image: Image.Image) -> Image.Image:
    """As RGB; what can be seen through is white."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")
