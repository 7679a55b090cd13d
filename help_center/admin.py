"""The help and the questions, to look at."""

from django.contrib import admin

from accounts.window import Window
from help_center.models import Answer, Article, ArticleVersion, Locality, LocalityContact, Question


@admin.register(Question)
class QuestionWindow(Window):
    search_fields = ["subject", "email"]
    exclude = ["words"]


@admin.register(ArticleVersion)
class VersionWindow(Window):
    exclude = ["words"]


admin.site.register([Answer, Article, Locality, LocalityContact], Window)
