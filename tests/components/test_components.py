"""Every component: small, closed, with a contract and a sample that makes valid HTML."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from config.samples import SAMPLES

FOLDER = Path(__file__).parents[2] / "templates"
FILES = sorted((FOLDER / "components").glob("*.html"))
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "rect", "path", "wbr"}


class Page(HTMLParser):
    """Reads tags, ids and what points at ids; complains about what is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.wanted: set[str] = set()
        self.feed(html)
        self.faults += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids[value] += 1
            if name in ("aria-labelledby", "aria-describedby", "for"):
                self.wanted |= set((value or "").split())
            if name == "style" or name.startswith("on"):
                self.faults.append(f"{name} on <{tag}>")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def name_of(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", FILES, ids=name_of)
class TestFile:
    def test_states_its_contract_on_line_one(self, path):
        first = path.read_text().splitlines()[0]
        assert re.fullmatch(r"\{# [A-Z].+  (\w+[,:;( ].*) #\}", first), first

    def test_is_small(self, path):
        assert len(path.read_text().splitlines()) <= 30

    def test_has_one_sample(self, path):
        assert sum(sample.name == path.stem for sample in SAMPLES) == 1

    def test_includes_others_closed(self, path):
        includes = re.findall(r"\{% include [^%]*%\}", path.read_text())
        assert all(include.endswith("only %}") for include in includes), includes

    def test_names_everything_it_takes(self, path):
        """A variable that is read but not in the contract would be ambient context."""
        text = path.read_text()
        contract, rest = text.split("\n", 1)
        local = set(re.findall(r"\{% for ([\w, ]+) in", rest)) | set(re.findall(r" as (\w+) %\}", rest))
        names = {word for words in local for word in words.split(", ")} | {"forloop"}
        read = {match.split(".")[0] for match in re.findall(r"\{\{ ([a-z_.]+)", rest)}
        assert {word for word in read - names if not re.search(rf"\b{word}\b", contract)} == set()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
class TestSample:
    def test_makes_valid_html(self, sample):
        page = Page(sample.html())
        assert page.faults == []
        assert [id_ for id_, count in page.ids.items() if count > 1] == []
        assert sample.name == "error_summary" or page.wanted <= set(page.ids)

    def test_shows_every_word_it_was_given(self, sample):
        words = sample.html()
        for key in ("title", "label", "text", "caption"):
            if isinstance(value := sample.context.get(key), str):
                assert value in words


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.html")), ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_template_has_inline_style_or_script(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


INCLUDE = re.compile(r'\{% include "components/(\w+)\.html"(?: with (.*?))?( only)? %\}')
INCLUDES = [
    pytest.param(path, *found.groups(default=""), id=f"{path.relative_to(FOLDER)}:{found[1]}:{found.start()}")
    for path in sorted(FOLDER.rglob("*.html"))
    for found in INCLUDE.finditer(path.read_text())
]


@pytest.mark.parametrize("path, name, given, only", INCLUDES)
def test_include_is_closed_and_gives_only_what_the_contract_names(path, name, given, only):
    contract = (FOLDER / "components" / f"{name}.html").read_text().splitlines()[0]
    assert only
    assert {word for word in re.findall(r"(\w+)=", given) if not re.search(rf"\b{word}\b", contract)} == set()
