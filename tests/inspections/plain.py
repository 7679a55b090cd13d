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
