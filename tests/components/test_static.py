"""What a browser loads: what the manifest says, small enough, from nowhere else."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
VENDOR = STATIC / "vendor"
LINES = [line.split("\t") for line in (VENDOR / "MANIFEST").read_text().splitlines() if not line.startswith("#")]
KEPT_WITHOUT_LINE = {"MANIFEST", "uswds/LICENSE.md", "uswds/OFL-1.1.txt", "uswds/Apache-2.0.txt"}


def zipped(*paths: str) -> int:
    return sum(len(gzip.compress((STATIC / path).read_bytes(), 9)) for path in paths)


def test_manifest_names_every_vendored_file():
    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert found - KEPT_WITHOUT_LINE == {path for *_, path in LINES}


@pytest.mark.parametrize("package, version, digest, terms, path", LINES, ids=lambda value: value[-40:])
def test_file_is_what_the_manifest_says(package, version, digest, terms, path):
    assert hashlib.sha256((VENDOR / path).read_bytes()).hexdigest() == digest
    assert package and version and terms


def test_style_sheets_stay_under_40_kb():
    assert zipped("vendor/uswds/uswds.css", "css/ccd.css") <= 40_000


def test_scripts_stay_under_40_kb():
    assert zipped(*(str(path.relative_to(STATIC)) for path in STATIC.rglob("*.js"))) <= 40_000


def test_fonts_stay_under_70_kb():
    assert sum(path.stat().st_size for path in STATIC.rglob("*.woff2")) <= 70_000


@pytest.mark.parametrize("path", [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")], ids=lambda path: path.name)
def test_nothing_comes_from_elsewhere(path):
    text = path.read_text()
    assert not re.search(r"(?:url\(|src=|from |fetch\()[\"']?https?:", text)
    assert "sourceMappingURL" not in text


def test_every_icon_that_a_template_asks_for_is_in_the_sprite():
    sprite = (STATIC / "img" / "icons.svg").read_text()
    templates = "".join(path.read_text() for path in (STATIC.parent / "templates").rglob("*.html"))
    asked = set(re.findall(r'\{% icon "(\w+)"', templates)) | {
        "over",
        "soon",
        "later",
        "met",
        "success",
        "warning",
        "error",
    }
    assert {name for name in asked if f'id="{name}"' not in sprite} == set()
