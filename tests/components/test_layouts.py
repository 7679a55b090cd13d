"""The layouts that leave the house: a letter as PDF, a mail as HTML."""

from io import BytesIO
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import render_to_string
from pypdf import PdfReader
from weasyprint import HTML

STATIC = Path(__file__).parents[2] / "static"
LETTER = """{% extends "layouts/letter.html" %}
{% block title %}Notice of License Violation{% endblock %}{% block number %}Case 26-0187{% endblock %}
{% block to %}High Mesa Organics{% endblock %}
{% block content %}<h1>Notice of License Violation</h1>{% for row in rows %}<p>Finding {{ row }}</p>{% endfor %}{% endblock %}"""


@pytest.fixture(scope="module")
def letter() -> PdfReader:
    html = engines["django"].from_string(LETTER).render({"rows": range(60)})
    return PdfReader(BytesIO(HTML(string=html, base_url=f"{STATIC}/").write_pdf(pdf_variant="pdf/ua-1")))


class TestLetter:
    def test_numbers_its_pages_and_names_the_case_on_each(self, letter):
        feet = [page.extract_text()[-40:] for page in letter.pages]
        assert len(feet) > 1
        assert all(f"Page {n} of {len(feet)}" in foot and "Case 26-0187" in foot for n, foot in enumerate(feet, 1))

    def test_carries_our_fonts_inside(self, letter):
        fonts = letter.pages[0]["/Resources"]["/Font"].values()
        assert {font.get_object()["/BaseFont"].split("+")[1] for font in fonts} == {"Public-Sans", "Public-Sans-Bold"}

    def test_is_tagged_titled_and_in_english(self, letter):
        assert letter.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert letter.trailer["/Root"]["/Lang"] == "en"
        assert letter.metadata.title == "Notice of License Violation"

    def test_is_on_letter_paper(self, letter):
        box = letter.pages[0].mediabox
        assert (float(box.width), float(box.height)) == (612.0, 792.0)


class TestMail:
    def test_says_the_words_of_its_text_and_no_style_sheet(self):
        html = render_to_string("layouts/mail.html", {"subject": "Case closed", "text": "Hello,\n\n1. One\n2. Two"})
        assert "<title>Case closed</title>" in html
        assert "<p>Hello,</p>\n<ol><li>One</li><li>Two</li></ol>" in html
        assert "<link" not in html
        assert "style" not in html
