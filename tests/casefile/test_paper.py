"""What printing a letter must not do to the rest of the process."""

from PIL import ImageFile

from casefile.paper import as_pdf


def test_half_a_photo_is_still_refused_after_a_letter_was_printed():
    assert as_pdf("<!doctype html><html lang='en'><title>A letter</title><p>Words</p></html>").startswith(b"%PDF")
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
