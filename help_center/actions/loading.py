"""Bringing the help on record up to the project's files. What staff wrote stands; a new file is then only a draft."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from help_center.actions.articles import next_number
from help_center.articles.reading import Written
from help_center.models import Article, ArticleVersion, Locality
from licensing.counties import COUNTIES

State = ArticleVersion.State
FACTS = ("title", "summary", "body", "keywords", "links", "source", "checked")
WHY = "From the project's own files"


@transaction.atomic
def load_articles(written: Iterable[Written], *, at: datetime) -> Counter[str]:
    """Record new words; returns how many were added, changed, kept as drafts beside the words of staff, unchanged."""
    by = User.objects.clockwork()
    return Counter(_load(it, by, at) for it in written)


@transaction.atomic
def load_counties() -> Counter[str]:
    """Put each county on record, without a contact: those are written down by people who know them."""
    known = set(Locality.objects.filter(kind=Locality.Kind.COUNTY).values_list("name", flat=True))
    new = [Locality(kind=Locality.Kind.COUNTY, name=name, county=name) for name in COUNTIES if name not in known]
    Locality.objects.bulk_create(new)
    return Counter(added=len(new), unchanged=len(known))


def _load(it: Written, by: User, at: datetime) -> str:
    article, _ = Article.objects.get_or_create(
        slug=it.slug, defaults={"section": it.section, "position": it.position}
    )  # fmt: skip
    versions = article.versions.filter(language=it.language)
    ours = versions.filter(by=by).first()
    words = {name: getattr(it, name) for name in FACTS}
    if ours is not None and words == {name: getattr(ours, name) for name in FACTS}:
        return "unchanged"
    state, outcome = State.PUBLISHED, "changed" if ours else "added"
    if versions.exclude(by=by).exists():
        state, outcome = State.DRAFT, "kept"
    number = next_number(article, it.language)
    article.versions.create(language=it.language, number=number, state=state, by=by, at=at, why=WHY, **words)
    return outcome
