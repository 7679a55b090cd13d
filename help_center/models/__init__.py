"""Articles with their versions, whom to call about odor, and the questions that people ask us."""

from help_center.models.articles import Article, ArticleVersion, Language, Section, VersionQuerySet
from help_center.models.localities import Locality, LocalityContact, LocalityQuerySet
from help_center.models.questions import Answer, Question, QuestionQuerySet

__all__ = [
    "Answer",
    "Article",
    "ArticleVersion",
    "Language",
    "Locality",
    "LocalityContact",
    "LocalityQuerySet",
    "Question",
    "QuestionQuerySet",
    "Section",
    "VersionQuerySet",
]
