"""What printing a letter must not do to the rest of the process."""

import io

import pytest
from PIL import Image

from casefile.documents import NotTaken, copies
from casefile.paper import as_pdf


def test_half_a_photo_is_still_refused_after_a_letter_was_printed(tmp_path):
    assert as_pdf("<!doctype html><html lang='en'><title>A letter</title><p>Words</p></html>").startswith(b"%PDF")
    whole = io.BytesIO()
    Image.effect_noise((64, 48), 60).save(whole, "JPEG")
    (tmp_path / "half").write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    with pytest.raises(NotTaken):
        copies.make(tmp_path / "half", tmp_path / "copy")
