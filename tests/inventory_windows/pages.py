"""How the page tests read a page and fill in its form: by what stands in it, as a browser does."""

import re
from html.parser import HTMLParser

from django.urls import reverse

from tests.inspections import plain


def url(name: str, *args: str) -> str:
    return reverse(f"inventory_windows:{name}", args=args)


def words(reply) -> str:
    """The words of the page's main part, a line for each box."""
    body = re.sub(r'<main id="main".*?>', "<main>", reply.content.decode())
    return plain.without_tags(re.sub(r"<(form|section|div|dt|dd|button|label|option|legend|span)\b", r"\n<\1", body))


def said(reply) -> str:
    return " ".join(words(reply).split())


class Fields(HTMLParser):
    """The fields of the last form of a page, with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        name, kind = about.get("name") or "", about.get("type")
        if tag == "form":
            self.values = {}
        elif (
            tag == "input"
            and name
            and kind not in ("submit", "file")
            and (kind not in ("radio", "checkbox") or "checked" in about)
        ):
            self.values[name] = about.get("value") or ""
        elif tag in ("textarea", "select") and name:
            self.values[name], self.open = "", name
        elif tag == "option" and "selected" in about:
            self.values[self.open] = about.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.lasttag == "textarea" and self.open:
            self.values[self.open] += data.removeprefix("\n") if not self.values[self.open] else data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select"):
            self.open = ""


def form(reply, **typed: str) -> dict[str, str]:
    """What the form of a page would send, with these fields typed."""
    parser = Fields()
    parser.feed(re.sub(r"(?s)^.*?<main\b", "<main", reply.content.decode()))
    return parser.values | typed


def press(browser, where: str, **typed: str):
    """Open a page, type, send."""
    return browser.post(where, form(browser.get(where), **typed))


def day(name: str, at) -> dict[str, str]:
    return {f"{name}_month": str(at.month), f"{name}_day": str(at.day), f"{name}_year": str(at.year)}
