"""An article of the help, and its versions in each language. A version is written once; a change is a new one."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.functions import Cast
from django.urls import reverse

from licensing.models.words import trigrams, words_field


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    SPANISH = "es", "Español"


class Section(models.TextChoices):
    """The headings of the help, in their order."""

    BIOTRACK = "biotrack", "BioTrack"
    PLANTS = "plants", "Plants and products"
    RULES = "rules", "The rules"
    INSPECTIONS = "inspections", "Inspections and notices"
    NEIGHBORS = "neighbors", "Neighbors"


class Article(models.Model):
    """One thing that people ask."""

    slug = models.SlugField(max_length=60, unique=True)
    section = models.CharField(max_length=12, choices=Section.choices)
    position = models.PositiveSmallIntegerField(default=50, help_text="Its place under its heading.")

    class Meta:
        ordering = ["section", "position", "pk"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("help_center:article", args=[self.slug])


class VersionQuerySet(models.QuerySet["ArticleVersion"]):
    def newest(self) -> "VersionQuerySet":
        """The last version of each article in each language."""
        last = self.order_by("article_id", "language", "-number").distinct("article_id", "language")
        return self.model._default_manager.filter(pk__in=last.values("pk"))

    def public(self) -> "VersionQuerySet":
        """What people read today: the last version that is no draft, unless it takes the article off."""
        shown = self.exclude(state=ArticleVersion.State.DRAFT).newest()
        return shown.filter(state=ArticleVersion.State.PUBLISHED).select_related("article")


class ArticleVersion(models.Model):
    """What an article said in one language, from when on, by whom and why."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Taken off"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    language = models.CharField(max_length=2, choices=Language.choices)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=200)
    body = models.TextField()
    keywords = models.CharField(max_length=300, blank=True, help_text="Words people search with.")
    links = models.JSONField(default=list, blank=True, help_text="Keys of help_center.articles.functions.")
    source = models.CharField(max_length=300)
    checked = models.BooleanField(help_text="A person who knows the language has checked the words.")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    words = words_field(F("title"), F("summary"), F("keywords"), Cast("body", models.CharField()))

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "language", "number"], name="article_version_number_once")
        ]
        indexes = [trigrams("article_version_with_words")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.article}, {self.language} {self.number}"
