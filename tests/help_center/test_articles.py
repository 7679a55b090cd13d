"""The help as the project keeps it: every question of the FAQ, plain, exact, and true to the law of the day."""

from datetime import date
from pathlib import Path

import pytest

from casefile.law import VALUES
from help_center.articles.functions import FUNCTIONS
from help_center.articles.reading import LANGUAGES, Written, read_articles, read_questions
from help_center.articles.values import NUMBERS, TOKEN, filled, unknown
from help_center.articles.words import WORDS
from help_center.models import Section
from help_center.rules import concerns
from inspections import rules
from tests.inspections.plain import grade, longest, words_in

SEED = Path(__file__).resolve().parents[2].parent / "shared" / "seeds" / "ccd-compliance-faqs.txt"
TODAY = date(2026, 11, 20)
ARTICLES = read_articles()
ENGLISH = [it for it in ARTICLES if it.language == "en"]


def text_of(it: Written) -> str:
    return filled(f"{it.title}\n{it.summary}\n\n{it.body}", TODAY, it.language)


class TestEveryQuestion:
    def test_of_the_faq_has_its_article_in_each_language(self):
        asked = {it.article for it in read_questions()}
        assert len(asked) == 13
        assert {(it.slug, it.language) for it in ARTICLES} == {(slug, code) for slug in asked for code in LANGUAGES}

    def test_of_the_seed_is_in_our_list(self):
        if not SEED.exists():
            pytest.skip("the Division's FAQ does not lie beside this tree (../shared/seeds)")
        asked = [line.strip() for line in SEED.read_text().splitlines() if line.strip().endswith("?")]
        assert [it.question for it in read_questions()] == asked

    def test_names_the_question_as_its_source(self):
        questions = {it.article: it.question for it in read_questions()}
        assert all(questions[it.slug] in it.source for it in ARTICLES)


@pytest.mark.parametrize("it", ENGLISH, ids=lambda it: it.slug)
class TestInEnglish:
    def test_is_plain(self, it):
        said = text_of(it)
        assert grade(said) <= 6, f"{grade(said):.1f}"
        assert len(words_in(longest(said))) <= 20, longest(said)

    def test_is_calm(self, it):
        assert "!" not in text_of(it) and "please" not in text_of(it).lower()


@pytest.mark.parametrize("it", ARTICLES, ids=lambda it: f"{it.slug}.{it.language}")
class TestEveryArticle:
    def test_fits_and_stands_under_a_heading_we_have(self, it):
        assert len(it.title) <= 120 and len(it.summary) <= 200 and len(it.source) <= 300
        assert it.section in Section.values

    def test_links_to_functions_and_numbers_that_we_know(self, it):
        assert set(it.links) <= set(FUNCTIONS)
        assert not unknown(text_of(it)) and not TOKEN.search(text_of(it))

    def test_says_nothing_that_an_answer_must_not_say(self, it):
        assert concerns(text_of(it), today=TODAY) == []

    def test_is_checked_only_where_somebody_has(self, it):
        assert it.checked == (it.language == "en")


class TestNumbers:
    def test_come_from_the_law(self):
        for name, value in (("plan_days", rules.CAP_BUSINESS_DAYS), ("correction_months", rules.CORRECTION_MONTHS)):
            assert VALUES[NUMBERS[name].value] is value
        assert filled("{plan_days}, {correction_months}", TODAY) == "5 business days, 1 calendar month"
        assert filled("{plan_days}, {correction_months}", TODAY, "es") == "5 días hábiles, 1 mes calendario"

    def test_no_number_of_the_notice_is_typed(self):
        for it in ARTICLES:
            if it.slug == "time-to-correct":
                digits = [word for word in TOKEN.sub("", f"{it.summary} {it.body}").split() if word.isdigit()]
                assert digits == ["4"]  # things that a plan says

    def test_change_with_the_law(self, monkeypatch):
        later = type(rules.CAP_BUSINESS_DAYS)(((date(2021, 6, 29), 5), (date(2027, 1, 1), 7)))
        monkeypatch.setitem(VALUES, NUMBERS["plan_days"].value, later)
        assert filled("{plan_days}", TODAY) == "5 business days"
        assert filled("{plan_days}", date(2027, 1, 1)) == "7 business days"

    def test_are_the_faqs_where_no_app_keeps_them(self, monkeypatch):
        for name in ("first_window_days", "reopened_hours", "months_between"):
            monkeypatch.delitem(VALUES, NUMBERS[name].value, raising=False)
        said = filled("{first_window_days}, {reopened_hours}, {months_between}", TODAY)
        assert said == "15 days, 24 hours, 3 months"

    def test_a_token_that_we_do_not_know_is_told(self):
        assert unknown("{plan_days} {no_such}") == ["no_such"]


class TestWords:
    def test_both_languages_have_the_same(self):
        assert set(WORDS["en"]) == set(WORDS["es"])

    def test_are_plain(self):
        said = "\n".join(words for words in WORDS["en"].values() if words)
        assert grade(said) <= 6 and len(words_in(longest(said))) <= 20


class TestReading:
    HEAD = "title: T\nsummary: S\nsection: rules\nposition: 1\nkeywords: k\nlinks:\nsource: FAQ\nchecked: yes"

    @pytest.mark.parametrize(
        ("name", "text", "says"),
        [
            ("a.en.md", HEAD, "missing"),
            ("a.en.md", f"{HEAD}\n---\n", "missing"),
            ("a.fr.md", f"{HEAD}\n---\nWords.\n", "missing"),
            ("a.en.md", f"{HEAD}\ncolor: red\n---\nWords.\n", "color"),
            ("a.en.md", f"{HEAD.replace('title: T', 'title:')}\n---\nWords.\n", "title"),
        ],
    )
    def test_a_file_that_is_wrong_is_named(self, tmp_path, name, text, says):
        (tmp_path / name).write_text(text)
        with pytest.raises(ValueError, match=f"{name}.*{says}"):
            read_articles(tmp_path)
