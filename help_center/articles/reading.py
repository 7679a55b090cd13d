"""The help as the project keeps it: `data/<slug>.<language>.md`, a few facts, a line of dashes, and the words.

The words are ours and say no more than their source. `data/faq.csv` lists the questions of the Division's own FAQ, each
with the article that answers it.
"""

import csv
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parent.parent / "data"
LINE = "\n---\n"
FACTS = ("title", "summary", "section", "position", "keywords", "links", "source", "checked")
LANGUAGES = ("en", "es")


class Written(NamedTuple):
    """One article in one language."""

    slug: str
    language: str
    title: str
    summary: str
    section: str
    position: int
    keywords: str
    links: list[str]
    source: str
    checked: bool  # a person who knows both languages has read the translation
    body: str


class Asked(NamedTuple):
    """A question of the Division's FAQ, word for word, and the article that answers it."""

    key: str
    article: str
    question: str


def read_articles(folder: Path = DATA) -> list[Written]:
    """Every article of the folder. Raises ValueError that names the file and says what is wrong."""
    return [_read(path) for path in sorted(folder.glob("*.md"))]


def read_questions(folder: Path = DATA) -> list[Asked]:
    """The questions of the FAQ in its order."""
    with (folder / "faq.csv").open(encoding="utf-8", newline="") as file:
        return [Asked(**row) for row in csv.DictReader(file)]


def _read(path: Path) -> Written:
    slug, _, language = path.stem.partition(".")
    head, line, body = path.read_text(encoding="utf-8").partition(LINE)
    facts = dict(_fact(path.name, row) for row in head.splitlines())
    missing = [name for name in FACTS if not facts.get(name) and name != "links"]
    if not line or missing or language not in LANGUAGES or not body.strip():
        raise ValueError(f"{path.name}: {', '.join(missing) or 'its language or its words'} missing.")
    return Written(
        slug, language, facts["title"], facts["summary"], facts["section"], int(facts["position"]), facts["keywords"],
        facts.get("links", "").split(), facts["source"], facts["checked"] == "yes", body.strip() + "\n",
    )  # fmt: skip


def _fact(name: str, row: str) -> tuple[str, str]:
    key, colon, value = row.partition(":")
    if not colon or key not in FACTS:
        raise ValueError(f"{name}: “{row}” is no fact of an article.")
    return key, value.strip()
