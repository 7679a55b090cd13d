"""How the plain text of a letter becomes a page with the same words."""

import re

from django import template
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ITEM = re.compile(r"(?:-|\d+\.) +")


@register.filter
def as_page(text: str) -> SafeString:
    """Plain text as HTML: paragraphs, lists ("1. " or "- "), addresses as links; the same words, nothing added."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return mark_safe(
        "\n".join(_block(block.splitlines()) for block in blocks if block.strip())
    )  # every word is escaped


def _block(lines: list[str]) -> str:
    """One paragraph, with the list that may follow its first lines."""
    start = next((at for at, line in enumerate(lines) if ITEM.match(line)), len(lines))
    words, items = lines[:start], lines[start:]
    paragraph = f"<p>{'<br>'.join(_line(line) for line in words)}</p>" if words else ""
    return paragraph + _list(items)


def _list(lines: list[str]) -> str:
    if not lines:
        return ""
    tag = "ul" if lines[0].startswith("-") else "ol"
    items = re.split(r"\n(?=(?:-|\d+\.) )", "\n".join(lines))
    said = "".join(f"<li>{_line(ITEM.sub('', item, count=1))}</li>" for item in items)
    first = re.match(r"\d+", lines[0])
    start = f' start="{first[0]}"' if first and first[0] != "1" else ""
    return f"<{tag}{start}>{said}</{tag}>"


def _line(text: str) -> str:
    return urlize(escape(text.strip()), autoescape=False).replace("\n", "<br>")
