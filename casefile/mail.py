"""The mail itself: its two forms, and the ways it leaves the house."""

from django.template.loader import render_to_string


def as_html(subject: str, text: str) -> str:
    """The same words as `text`, as an HTML mail: paragraphs, lists and links, nothing added."""
    return render_to_string("layouts/mail.html", {"subject": subject, "text": text})
