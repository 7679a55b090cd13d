"""The words of the help, for those who write them: every article, its versions, and a new one."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.views.generic import TemplateView

from casefile.templatetags.ccd import day_plain, instant
from casefile.views.once import OnceView
from help_center.actions import articles
from help_center.articles.functions import links
from help_center.forms.articles import ArticleForm, NewArticleForm
from help_center.models import Article, ArticleVersion, Language
from help_center.views.desk import DeskPage
from help_center.views.public import in_figures

State = ArticleVersion.State
TONES = {State.PUBLISHED: "green", State.DRAFT: "amber", State.WITHDRAWN: ""}
COLUMNS = ["Article", "Language", "Stands", "Last version", "By"]
HISTORY = ["Version", "State", "When", "By", "Why"]
TYPED = ("title", "summary", "body", "keywords", "links", "source", "checked")


class StaffArticles(DeskPage, TemplateView):
    """Every article in each language, as it was written last."""

    rights = "help_center.see_articles"
    template_name = "help_center/articles.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = ArticleVersion.objects.newest().select_related("article", "by")
        rows = sorted(newest, key=lambda it: (it.article.section, it.article.position, it.article.slug, it.language))
        return super().get_context_data(**kwargs) | {
            "columns": COLUMNS,
            "rows": [_row(it) for it in rows],
            "may_add": self.may("help_center.publish_article"),
        }


def _row(version: ArticleVersion) -> dict[str, Any]:
    slug = version.article.slug
    return {
        "text": in_figures(version)["title"],
        "url": reverse("help_center:staff_article", args=[slug, version.language]),
        "sub": slug,
        "cells": [
            {
                "label": "Language",
                "text": version.get_language_display(),
                "sub": "" if version.checked else "not checked",
            },
            {"label": "Stands", "text": version.get_state_display(), "tone": TONES[State(version.state)] or "plain"},
            {"label": "Last version", "text": f"{version.number}, {day_plain(version.at)}"},
            {"label": "By", "text": version.by.name},
        ],
    }  # fmt: skip


class OfArticle(DeskPage):
    """A page of one article in one language."""

    rights = "help_center.see_articles"
    article: Article

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = Article.objects.filter(slug=kwargs["slug"]).first()
        if found is None or kwargs["language"] not in Language.values:
            raise Http404("No such article.")
        self.article, self.language = found, kwargs["language"]
        self.versions = found.versions.filter(language=self.language).select_related("by")

    def here(self, name: str) -> str:
        return reverse(f"help_center:{name}", args=[self.article.slug, self.language])


class StaffArticle(OfArticle, TemplateView):
    """One version as it was read, and all versions, newest first."""

    template_name = "help_center/article_versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(self.versions)
        wanted = self.kwargs.get("number")
        shown = next((it for it in versions if wanted in (None, it.number)), None)
        if wanted is not None and shown is None:
            raise Http404("No such version.")
        return super().get_context_data(**kwargs) | {
            "article": self.article,
            "language": Language(self.language),
            "version": shown,
            "text": in_figures(shown, then=True) if shown else {},
            "tone": TONES[State(shown.state)] if shown else "",
            "links": links(shown.links, self.language) if shown else [],
            "columns": HISTORY,
            "rows": [self._row(it) for it in versions],
            "change_url": self.here("article_change") if self.may("help_center.write_draft") else "",
            "others": [
                (label, reverse("help_center:staff_article", args=[self.article.slug, code]))
                for code, label in Language.choices
                if code != self.language
            ],
        }

    def _row(self, version: ArticleVersion) -> dict[str, Any]:
        return {
            "text": f"Version {version.number}",
            "url": reverse("help_center:article_version", args=[self.article.slug, self.language, version.number]),
            "cells": [
                {"label": "State", "text": version.get_state_display(), "tone": TONES[State(version.state)] or "plain"},
                {"label": "When", "text": instant(version.at)},
                {"label": "By", "text": version.by.name},
                {"label": "Why", "text": version.why},
            ],
        }


class ChangeArticle(OfArticle, OnceView):
    """A new version of an article: a draft, or for all to read, or to take it off."""

    rights = "help_center.write_draft"
    form_class = ArticleForm
    template_name = "help_center/article_change.html"
    done = "The new version is on record."

    def get_initial(self) -> dict[str, Any]:
        last = self.versions.first() or self.article.versions.filter(language=Language.ENGLISH).first()
        return {name: getattr(last, name) for name in TYPED} if last else {}

    def get_success_url(self) -> str:
        return self.here("staff_article")

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        assert isinstance(form, ArticleForm)
        does = {"publish": articles.publish_article, "withdraw": articles.withdraw}
        do = does.get(self.request.POST.get("do", ""), articles.write_draft)
        do(self.article, self.language, form.words(), why=form.cleaned_data["why"], **common)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "article": self.article,
            "language": Language(self.language),
            "may_publish": self.may("help_center.publish_article"),
            "back_url": self.here("staff_article"),
        }


class AddArticle(DeskPage, OnceView):
    """An article that is new."""

    rights = "help_center.publish_article"
    form_class = NewArticleForm
    template_name = "help_center/article_change.html"
    done = "The article is on record."

    def perform(self, form: forms.BaseForm, **common: Any) -> str:
        assert isinstance(form, NewArticleForm)
        article = articles.new_article(form.slug, form.cleaned_data["section"])
        do = articles.publish_article if self.request.POST.get("do") == "publish" else articles.write_draft
        do(article, Language.ENGLISH.value, form.words(), why=form.cleaned_data["why"], **common)
        return reverse("help_center:staff_article", args=[article.slug, Language.ENGLISH.value])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "language": Language.ENGLISH,
            "may_publish": True,
            "back_url": reverse("help_center:staff_articles"),
        }
