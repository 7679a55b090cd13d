"""The help that everybody reads, signed in or not: answers, the search, whom to call about odor."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView
from django.views.generic.base import ContextMixin

from accounts.models import Role
from accounts.rights import OPEN, Guarded
from casefile.calendar import local_day
from help_center.articles.functions import links
from help_center.articles.values import filled
from help_center.articles.words import WORDS, language_of
from help_center.models import Article, ArticleVersion, Language, Locality
from help_center.queries.articles import all_public, answering, languages_of

MOST_TYPED = 200


class InLanguage(ContextMixin):
    """A page that speaks the language of `?lang=`."""

    request: Any

    @property
    def language(self) -> str:
        return language_of(self.request.GET.get("lang", ""))

    @property
    def said(self) -> Any:
        return WORDS[self.language]

    @property
    def typed(self) -> str:
        """The words that are looked for."""
        return " ".join(self.request.GET.get("q", "").replace("\0", "").split())[:MOST_TYPED]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        other = Language.ENGLISH if self.language == Language.SPANISH else Language.SPANISH
        return super().get_context_data(**kwargs) | {
            "lang": self.language,
            "w": self.said,
            "query": f"?lang={self.language}" if self.language != Language.ENGLISH else "",
            "other": {"code": other.value, "label": other.label},
            "asks_as": getattr(user, "role", "") == Role.REPRESENTATIVE,
        }


@method_decorator(login_not_required, name="dispatch")
class Help(InLanguage, Guarded, TemplateView):
    """All answers by heading, or those to some words."""

    rights = OPEN
    template_name = "help_center/help.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed = self.typed
        found = answering(typed, self.language) if typed else []
        every = [] if found else all_public(self.language)
        headings: dict[str, list[dict[str, Any]]] = {}
        for version in every:
            headings.setdefault(self.said[version.article.section], []).append(entry(version, self.language))
        return super().get_context_data(**kwargs) | {
            "typed": typed,
            "found": [entry(version, self.language) for version in found],
            "headings": headings,
        }


@method_decorator(login_not_required, name="dispatch")
class ShowArticle(InLanguage, Guarded, TemplateView):
    """One answer; in English, and said so, where it is not there in the language of the reader."""

    rights = OPEN
    template_name = "help_center/article.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        article = Article.objects.filter(slug=kwargs["slug"]).first()
        versions = languages_of(article) if article else {}
        version = versions.get(self.language) or versions.get(Language.ENGLISH)
        if version is None:
            raise Http404("No such article.")
        return super().get_context_data(**kwargs) | {
            "version": version,
            "text": in_figures(version),
            "links": links(version.links, version.language),
            "has_other": len(versions) > 1 or self.language != version.language,
        }


@method_decorator(login_not_required, name="dispatch")
class OdorContacts(InLanguage, Guarded, TemplateView):
    """Whom to call about odor, county by county; and what to do where nobody is on record."""

    rights = OPEN
    template_name = "help_center/odor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        places = list(Locality.objects.holding(self.typed).with_contact())
        counties: dict[str, list[dict[str, Any]]] = {}
        for place in places:
            contact = place.last[0] if place.last and not place.last[0].is_empty else None
            counties.setdefault(place.county, []).append({"place": place, "contact": contact})
        return super().get_context_data(**kwargs) | {"typed": self.typed, "counties": counties}


def entry(version: ArticleVersion, language: str) -> dict[str, Any]:
    """An article as a line of a list."""
    text = in_figures(version)
    return {
        "title": text["title"],
        "summary": text["summary"],
        "lang": version.language if version.language != language else "",
        "url": version.article.get_absolute_url() + (f"?lang={language}" if language != Language.ENGLISH else ""),
    }


def in_figures(version: ArticleVersion, *, then: bool = False) -> dict[str, str]:
    """The words of a version with the numbers of the law of today, or of the day on which it was written."""
    day = local_day(version.at if then else timezone.now())
    return {name: filled(getattr(version, name), day, version.language) for name in ("title", "summary", "body")}
