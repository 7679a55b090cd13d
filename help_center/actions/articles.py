"""Writing the help: a draft, a new version for all to read, or an article taken off. Nothing is ever written over."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from accounts.permissions import allows
from casefile.actions import Refused
from help_center.articles.values import unknown
from help_center.models import Article, ArticleVersion

State = ArticleVersion.State


@dataclass(frozen=True)
class Words:
    """What a version says."""

    title: str
    summary: str
    body: str
    source: str
    keywords: str = ""
    links: list[str] = field(default_factory=list)
    checked: bool = False


@transaction.atomic
def write_draft(article: Article, language: str, words: Words, *, why: str, by: User, at: datetime) -> ArticleVersion:
    """Keep new words for an article that nobody outside reads yet. Raises PermissionDenied, Refused."""
    return _write(article, language, words, "write_draft", state=State.DRAFT, why=why, by=by, at=at)


@transaction.atomic
def publish_article(
    article: Article, language: str, words: Words, *, why: str, by: User, at: datetime
) -> ArticleVersion:
    """Let everybody read these words from now on. Raises PermissionDenied, Refused."""
    return _write(article, language, words, "publish_article", state=State.PUBLISHED, why=why, by=by, at=at)


@transaction.atomic
def withdraw(article: Article, language: str, words: Words, *, why: str, by: User, at: datetime) -> ArticleVersion:
    """Take an article off in one language; what it said stays on record. Raises PermissionDenied, Refused."""
    return _write(article, language, words, "publish_article", state=State.WITHDRAWN, why=why, by=by, at=at)


def new_article(slug: str, section: str) -> Article:
    """An article without words, the last under its heading. Raises Refused where the address is taken."""
    if Article.objects.filter(slug=slug).exists():
        raise Refused([f"There is an article with the address “{slug}”. Choose another title, or change that article."])
    last = Article.objects.filter(section=section).aggregate(last=Max("position"))["last"] or 0
    return Article.objects.create(slug=slug, section=section, position=last + 10)


def next_number(article: Article, language: str) -> int:
    """The number of the next version; the article is held until the transaction ends."""
    Article.objects.select_for_update().get(pk=article.pk)
    last = article.versions.filter(language=language).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _write(
    article: Article, language: str, words: Words, action: str, *, state: str, why: str, by: User, at: datetime
) -> ArticleVersion:
    if not allows(by, f"help_center.{action}"):
        raise PermissionDenied(f"{by} may not {action}")
    if wrong := unknown(f"{words.title} {words.summary} {words.body}"):
        raise Refused([f"There is no number called {{{name}}}." for name in wrong])
    return article.versions.create(
        language=language, number=next_number(article, language), state=state, why=why, by=by, at=at, **asdict(words)
    )
