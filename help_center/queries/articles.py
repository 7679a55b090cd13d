"""What people read of the help: all of it in one language, one article, and what answers some words."""

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVector,
    TrigramWordSimilarity,
)
from django.db.models import Q, Value
from django.db.models.expressions import Combinable

from help_center.models import Article, ArticleVersion, Language, Section, VersionQuerySet
from licensing.models.words import Plain

CONFIGS = {Language.ENGLISH: "english", Language.SPANISH: "spanish"}
MOST_WORDS = 20
LIKE = 0.4  # how like a word of the article a typed one is, where no word is the same
SECTIONS = list(Section.values)
COMMON = re.compile(
    r"back|can|do|find|get|give|got|have|help|how|know|make|need|please|tell|use|want|what|when|where"
    r"|ayuda|c[óo]mo|cu[áa]l|cu[áa]ndo|d[óo]nde|hacer|hago|necesito|puedo|qu[ée]|quiero|saber|tener|tengo",
    re.IGNORECASE,
)


def all_public(language: str) -> list[ArticleVersion]:
    """Every public article, by heading; in English where it is not there in `language`."""
    found: dict[int, ArticleVersion] = {}
    for version in ArticleVersion.objects.public().filter(language__in={language, Language.ENGLISH}):
        if version.language == language or version.article_id not in found:
            found[version.article_id] = version
    return sorted(found.values(), key=lambda it: (SECTIONS.index(it.article.section), it.article.position, it.pk))


def languages_of(article: Article) -> dict[str, ArticleVersion]:
    """The public words of one article, by language."""
    return {version.language: version for version in ArticleVersion.objects.public().filter(article=article)}


def answering(typed: str, language: str, *, most: int = 10) -> list[ArticleVersion]:
    """The public articles that speak of any typed word, the best first; without one, those with words like it."""
    every = re.findall(r"\w+", typed)[:MOST_WORDS]
    words = [word for word in every if not COMMON.fullmatch(word)] or every
    if not words:
        return []
    public = ArticleVersion.objects.public().filter(language=language)
    config = CONFIGS[Language(language)]
    asked = reduce(or_, (SearchQuery(word, config=config) for word in words))
    vector = _vector(config)
    ranked = public.annotate(search=vector, rank=SearchRank(vector, asked)).filter(search=asked)
    found: list[ArticleVersion] = list(ranked.order_by("-rank", "article__position", "pk")[:most])
    return found or _alike(public, words, most)


def _vector(config: str) -> Combinable:
    return (
        SearchVector("title", weight="A", config=config)
        + SearchVector("keywords", "summary", weight="B", config=config)
        + SearchVector("body", weight="D", config=config)
    )


def _alike(public: VersionQuerySet, words: Sequence[str], most: int) -> list[ArticleVersion]:
    """For words that are spelled otherwise."""
    long = [word for word in words if len(word) > 3]
    scores = {f"like_{n}": TrigramWordSimilarity(Plain(Value(word)), "words") for n, word in enumerate(long)}  # type: ignore[arg-type]
    if not scores:
        return []
    near = reduce(or_, (Q(**{f"{name}__gte": LIKE}) for name in scores))
    found = public.annotate(**scores).filter(near)
    return sorted(found, key=lambda it: -sum(getattr(it, name) for name in scores))[:most]
