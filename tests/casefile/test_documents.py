"""Files that come in: every kind with its verdict, the bytes kept as they came, the copy clean, the door narrow."""

import io
import os
import stat
from hashlib import sha256
from pathlib import Path

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse
from PIL import Image, ImageFile
from pypdf import PdfWriter

from casefile import documents
from casefile.documents import FILE_LIMIT, NotTaken, clean_name, copies, copy_path, kinds, limits, path, store
from casefile.models import Document
from inspections.actions import correction, visit
from inspections.models import Evidence, Inspection
from inspections.stages import State
from tests import factories

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def photo(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options) -> bytes:
    buffer = io.BytesIO()
    image = Image.effect_noise(size, 60).convert(mode)
    if kind == "HEIF":  # the product only reads this kind
        pillow_heif.from_pillow(image).save(buffer)
    else:
        image.save(buffer, kind, **options)
    return buffer.getvalue()


def pdf(password: str = "") -> bytes:
    writer, buffer = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(buffer)
    return buffer.getvalue()


def upload(data: bytes, name: str = "photo.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=kind)


def exif() -> Image.Exif:
    """What a phone writes into a photo: it lies on its side, who made it, and where."""
    said = Image.Exif()
    said[ORIENTATION], said[MAKE] = 6, "Pocket camera"
    said.get_ifd(GPS)[2] = (35.0, 41.0, 13.0)
    return said


TAKEN = {
    "JPEG": (photo(), "a.jpg", "image/jpeg"),
    "JPEG of a phone": (photo(exif=exif()), "IMG_1.JPG", "image/jpeg"),
    "JPEG in gray": (photo(mode="L"), "a.jpeg", "image/jpeg"),
    "JPEG in CMYK": (photo(mode="CMYK"), "a.jpeg", "image/jpeg"),
    "PNG": (photo("PNG"), "a.png", "image/png"),
    "PNG that can be seen through": (photo("PNG", mode="RGBA"), "a.png", "image/png"),
    "PNG with a palette": (photo("PNG", mode="P"), "a.png", "image/png"),
    "WebP": (photo("WEBP"), "a.webp", "image/webp"),
    "HEIC": (photo("HEIF"), "IMG_2231.HEIC", "image/heif"),
    "PDF": (pdf(), "a.pdf", "application/pdf"),
    "wrong ending": (photo("PNG"), "a.pdf", "image/png"),
    "iPhone photo that is called jpg": (photo("HEIF"), "IMG_2231.jpg", "image/heif"),
    "two endings": (photo(), "a.php.jpg", "image/jpeg"),
    "no ending": (photo(), "a", "image/jpeg"),
    "upper case": (pdf(), "A.PDF", "application/pdf"),
    "JPEG with a ZIP behind it": (photo() + b"PK\x03\x04" + b"x" * 500, "a.jpg", "image/jpeg"),
    "PNG with HTML behind it": (photo("PNG") + b"<script>alert(1)</script>", "a.png", "image/png"),
}
WRONG = kinds.WRONG_TYPE
REFUSED = {
    "empty": (b"", documents.EMPTY),
    "one byte": (b"\xff", WRONG),
    "header only": (photo()[:12], WRONG),
    "JPEG cut in half": (photo()[: len(photo()) // 2], WRONG),
    "PNG cut in half": (photo("PNG")[: len(photo("PNG")) // 2], WRONG),
    "HEIC cut in half": (photo("HEIF")[: len(photo("HEIF")) // 2], WRONG),
    "PDF cut in half": (pdf()[: len(pdf()) // 2], WRONG),
    "HTML in PNG": (b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script></html>", WRONG),
    "HTML": (b"<!doctype html><script>alert(1)</script>", WRONG),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", WRONG),
    "GIF with script": (b"GIF89a/*" + photo("GIF")[8:] + b"*/=1;alert(1)", WRONG),
    "GIF": (photo("GIF"), WRONG),
    "TIFF": (photo("TIFF"), WRONG),
    "BMP": (photo("BMP"), WRONG),
    "AVIF": (photo("AVIF"), WRONG),
    "ZIP": (b"PK\x03\x04" + b"\0" * 100, WRONG),
    "program": (b"MZ\x90\0" + b"\0" * 100, WRONG),
    "words": (b"We fixed it.", WRONG),
    "MP4": (b"\0\0\0\x18ftypmp42" + b"\0" * 100, WRONG),
    "PDF with HTML before it": (b"<html>" + pdf(), WRONG),
    "locked PDF": (pdf(password="seven"), kinds.LOCKED_PDF),
}


@pytest.fixture
def case(dana):
    return factories.planned(dana)


@pytest.fixture
def take_in(case, dana):
    return lambda data, name="photo.jpg", kind="image/jpeg": documents.take_in(
        case, upload(data, name, kind), by=dana, at=factories.MORNING
    )


def kept_files() -> set[Path]:
    root = path("xx").parent.parent
    return {found for found in root.rglob("*") if found.is_file()} if root.exists() else set()


@pytest.mark.parametrize("name", TAKEN)
@pytest.mark.parametrize("lie", ["", "text/html"])
def test_what_we_take_is_known_by_its_bytes(take_in, name, lie):
    data, called, kind = TAKEN[name]
    document = take_in(data, called, lie or kind)
    assert document.media_type == kind
    assert (document.size, document.sha256) == (len(data), sha256(data).hexdigest())
    assert path(document.key).read_bytes() == data
    assert document.has_copy == document.is_image == copy_path(document.key).exists()


@pytest.mark.parametrize("name", REFUSED)
def test_what_we_refuse_gets_its_words_and_leaves_nothing(take_in, name):
    data, words = REFUSED[name]
    before = kept_files()
    with pytest.raises(NotTaken) as refused:
        take_in(data, "photo.jpg")
    assert refused.value.message == words
    assert kept_files() == before
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["JPEG cut in half", "HEIC cut in half"])
def test_half_a_photo_is_refused_where_another_library_allows_it(take_in, name, monkeypatch):
    """As WeasyPrint does when it is loaded, which is whenever the first letter is printed."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(NotTaken):
        take_in(REFUSED[name][0])


def test_one_byte_over_the_limit_is_refused_while_it_comes_in(case, dana):
    large = TemporaryUploadedFile("large.pdf", "application/pdf", 0, None)
    large.file.truncate(FILE_LIMIT + 1)
    large.size = FILE_LIMIT + 1
    before = kept_files()
    with pytest.raises(NotTaken) as refused:
        documents.take_in(case, large, by=dana, at=factories.MORNING)
    assert refused.value.message == limits.TOO_BIG
    assert kept_files() == before


class TestThePhotoForTheEye:
    def test_stands_upright_and_says_nothing_of_where_it_was_taken(self, take_in):
        document = take_in(photo(size=(60, 40), exif=exif(), comment=b"at home"))
        with Image.open(copy_path(document.key)) as seen:
            assert (seen.format, seen.size) == ("JPEG", (40, 60))
            assert not seen.getexif()
            assert not {"exif", "comment", "icc_profile"} & set(seen.info)
        assert b"Pocket camera" not in copy_path(document.key).read_bytes()
        assert b"Pocket camera" in path(document.key).read_bytes()

    def test_is_made_anew_without_what_hangs_behind_the_photo(self, take_in):
        document = take_in(photo("PNG") + b"<script>alert(1)</script>")
        assert b"<script>" not in copy_path(document.key).read_bytes()

    def test_is_white_where_the_photo_can_be_seen_through(self, take_in):
        buffer = io.BytesIO()
        Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(buffer, "PNG")
        with Image.open(copy_path(take_in(buffer.getvalue()).key)) as seen:
            assert seen.getpixel((5, 5)) == (255, 255, 255)

    def test_is_at_most_as_large_as_a_screen(self, take_in):
        with Image.open(copy_path(take_in(photo(size=(3000, 20))).key)) as seen:
            assert seen.width == copies.SIDE

    def test_a_photo_that_would_fill_the_memory_is_too_big(self, take_in, monkeypatch):
        monkeypatch.setattr(copies, "MOST_IN_MEMORY", 63 * 48)
        with pytest.raises(NotTaken) as refused:
            take_in(photo("PNG"))
        assert refused.value.message == limits.TOO_BIG

    def test_a_flood_of_pixels_in_a_small_file_is_too_big(self, take_in):
        flood = bytearray(photo("PNG"))
        flood[16:24] = (65_535).to_bytes(4, "big") * 2
        import zlib

        flood[29:33] = zlib.crc32(bytes(flood[12:29])).to_bytes(4, "big")
        with pytest.raises(NotTaken) as refused:
            take_in(bytes(flood))
        assert refused.value.message == limits.TOO_BIG


class TestNames:
    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            ("../../etc/passwd", "passwd"),
            ("..\\..\\secret.jpg", "secret.jpg"),
            ("C:\\Users\\tomas\\IMG 1.jpg", "IMG 1.jpg"),
            ("/etc/passwd", "passwd"),
            ("..", "file"),
            ("", "file"),
            ("a\0b.jpg", "ab.jpg"),
            ("line\nbreak.jpg", "linebreak.jpg"),
            ("\u202egpj.exe", "gpj.exe"),
            ("zero\u200bwidth.jpg", "zerowidth.jpg"),
            ("Café.jpg", "Café.jpg"),
            ("x" * 4000, "x" * 255),
        ],
    )
    def test_are_kept_without_folders_and_without_unseen_signs(self, said, kept):
        assert clean_name(said) == kept

    def test_are_never_used_as_a_path(self, take_in):
        document = take_in(photo(), "../../escape.jpg")
        assert path(document.key).name == document.key
        assert path(document.key).parent.parent == path("xx").parent.parent

    @pytest.mark.parametrize(("name", "given"), [("a.exe", "a.exe.jpg"), ("a.JPG", "a.JPG"), ("a", "a.jpg")])
    def test_end_as_what_the_file_is_when_it_is_handed_out(self, name, given):
        assert documents.download_name(Document(name=name, media_type="image/jpeg")) == given


def test_only_we_may_read_the_bytes_on_the_disk(take_in):
    document = take_in(photo())
    assert stat.S_IMODE(os.stat(path(document.key)).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(copy_path(document.key)).st_mode) == 0o600


def test_the_bytes_are_on_the_disk_before_the_row_is_written(case, dana, monkeypatch):
    synced = []
    monkeypatch.setattr(store, "_sync", synced.append)
    kept = documents.keep(upload(photo()))
    assert not Document.objects.exists()
    assert synced[:2] == [kept.path, copy_path(kept.key)]
    assert kept.path.parent in synced


# Who may open it


@pytest.fixture
def story(dana, place, tomas, holidays) -> Inspection:
    """A case with a photo of a finding and a file of the licensee, its notice served and open."""
    case = factories.in_progress(dana, premises=place)
    visit.record_violation(
        case, factories.entry(), seen="Seen.", by=dana, at=factories.MORNING, photos=(upload(photo(), "finding.jpg"),)
    )
    return case


def open_notice(case: Inspection, dana, tomas) -> Inspection:
    from inspections.actions import notice

    case = visit.end_visit(case, reviewed_with="Tomás", notes="", by=dana, at=factories.MORNING)
    case = notice.serve_nolv(case, by=dana, at=factories.MORNING)
    correction.add_evidence(
        case.violations.get(), upload(pdf(), "fix.pdf"), by=tomas, at=factories.at("2026-11-18 09:00")
    )
    return case


def status(client, user, document, query="") -> int:
    client.force_login(user)
    return client.get(reverse("casefile:document", kwargs={"key": document.key}) + query).status_code


class TestHandingOut:
    def test_an_original_is_a_download_and_can_run_nothing(self, client, story, dana):
        document = Document.objects.get()
        client.force_login(dana)
        answer = client.get(reverse("casefile:document", kwargs={"key": document.key}))
        assert answer["Content-Disposition"] == 'attachment; filename="finding.jpg"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert sha256(b"".join(answer.streaming_content)).hexdigest() == document.sha256

    def test_a_photo_is_looked_at_as_its_copy(self, client, story, dana):
        document = Document.objects.get()
        client.force_login(dana)
        answer = client.get(reverse("casefile:document", kwargs={"key": document.key}) + "?view=1")
        assert answer["Content-Type"] == "image/jpeg"
        assert "attachment" not in answer.get("Content-Disposition", "")
        assert b"".join(answer.streaming_content) == copy_path(document.key).read_bytes()

    def test_a_paper_has_no_copy_for_the_eye(self, client, story, dana, tomas):
        open_notice(story, dana, tomas)
        assert status(client, dana, Document.objects.get(name="fix.pdf"), "?view=1") == 404

    def test_the_licensee_sees_the_photo_of_a_finding_only_once_the_notice_is_theirs(self, client, story, dana, tomas):
        document = Document.objects.get()
        assert status(client, tomas, document) == 404
        open_notice(story, dana, tomas)
        assert status(client, tomas, document) == 200

    def test_the_licensee_sees_their_own_files_and_a_stranger_none(self, client, story, dana, tomas, stranger):
        open_notice(story, dana, tomas)
        for document in Document.objects.all():
            assert status(client, tomas, document) == 200
            assert status(client, stranger, document) == 404
            assert status(client, dana, document) == 200

    def test_a_paper_of_the_office_stays_there(self, client, story, dana, tomas):
        case = open_notice(story, dana, tomas)
        paper = documents.take_in(case, upload(pdf(), "note.pdf"), by=dana, at=factories.MORNING)
        assert status(client, tomas, paper) == 404

    def test_photos_close_again_when_the_notice_is_taken_back(self, client, story, dana, tomas, marco):
        from inspections.actions import notice

        case = open_notice(story, dana, tomas)
        notice.rescind_nolv(case, reason="Wrong premises.", by=marco, at=factories.at("2026-11-18 10:00"))
        assert Inspection.objects.get().state == State.FINDINGS_RECORDED
        assert status(client, tomas, Evidence.objects.get(of="finding").document) == 404

    def test_absent_looks_like_forbidden(self, client, story, tomas, stranger):
        document = Document.objects.get()
        client.force_login(stranger)
        forbidden = client.get(reverse("casefile:document", kwargs={"key": document.key}))
        absent = client.get(reverse("casefile:document", kwargs={"key": "a" * 16}))
        assert (forbidden.status_code, absent.status_code) == (404, 404)
        assert forbidden.content == absent.content
