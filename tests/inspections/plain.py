"""How hard a text is to read: words, sentences, and the grade of Flesch and Kincaid (0.39 w/s + 11.8 sy/w - 15.59)."""

import re
from html import unescape

ADDRESS = re.compile(r"https?://\S+")
ABBREVIATED = re.compile(r"\b([ap])\.m\.")
BLOCK = re.compile(r"</?(?:p|li|h[1-6]|td|th|br|div|tr)\b[^>]*>")


def words_in(text: str) -> list[str]:
    return re.findall(r"[A-Za-zÀ-ÿ0-9][\w’'&/.,$-]*", text)


def sentences_in(text: str) -> list[str]:
    """Each line, split where a sentence or the lead-in of a list ends; addresses are not words."""
    plain = ABBREVIATED.sub(r"\1m", ADDRESS.sub("", text))
    parts = [part for line in plain.splitlines() for part in re.split(r"(?<=[.!?:;])\s+", line)]
    return [part for part in parts if words_in(part)]


def syllables_in(word: str) -> int:
    """Groups of vowels, without a silent e; a number is read as one."""
    sounds = re.findall(r"[aeiouyà-ÿ]+", re.sub(r"(?:[^laeiou]es|ed|[^l]e)$", "", word.lower()))
    return max(1, len(sounds))


def grade(text: str) -> float:
    sentences = sentences_in(text)
    words = [word for sentence in sentences for word in words_in(sentence)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables_in, words)) / len(words) - 15.59


def longest(text: str) -> str:
    """The sentence with the most words."""
    return max(sentences_in(text), key=lambda sentence: len(words_in(sentence)))


def without_tags(html: str) -> str:
    body = re.search(r"<main>(.*)</main>", html, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", BLOCK.sub("\n", body[1] if body else html)))


# A page


def plain(body: str) -> None:
    """Grade 6 at most, and 20 words a sentence."""
    said = lines(body)
    assert grade(said) <= 6, (grade(said), said)
    assert len(words_in(longest(said))) <= 20, longest(said)


def in_order(body: str) -> None:
    """A title that says what and how it stands, one first heading, no gap between levels, no id twice, and help."""
    assert re.search(r"<title>[^<|]+ \| Cannabis Control Division</title>", body)
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", body)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), levels
    ids = re.findall(r'\sid="([^"]+)"', body)
    assert len(ids) == len(set(ids)), [it for it in ids if ids.count(it) > 1]
    assert "Need help?" in body


QUOTED = re.compile(
    r"<blockquote.*?</blockquote>|<(\w+)[^>]* data-(?:letter|cites)>.*?</\1>|<script.*?</script>", re.DOTALL
)
BLOCKS = re.compile(
    r"</?(?:p|li|h[1-6]|dt|dd|div|br|label|legend|button|summary|span class=\"(?:tag|usa-hint|due)|small|time|b|title)\b[^>]*>"
)


def lines(body: str) -> str:
    """The words of a page, one block a line, without what is quoted and without names of files."""
    main = re.search(r"<main.*?>(.*)</main>", body, re.DOTALL)
    assert main
    return unescape(re.sub(r"<[^>]+>", " ", BLOCKS.sub("\n", QUOTED.sub("", main[1]))))


def text(answer) -> str:
    """What stands on the page, as one line."""
    return shown(answer.content.decode())


def shown(body: str) -> str:
    main = re.search(r"<main.*?>(.*)</main>", body, re.DOTALL)
    assert main
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[1])).split())


def hidden(answer, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, f"no field {name}"
    return found[1]
