"""The help as it is loaded, found, changed and read; and whom to call about odor."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from accounts.models import Role
from casefile.actions import Refused
from help_center.actions.articles import Words, new_article, publish_article, withdraw, write_draft
from help_center.actions.loading import load_articles, load_counties
from help_center.actions.localities import Contact, add_place, change_contact
from help_center.articles.reading import read_articles
from help_center.models import Article, ArticleVersion, Locality
from help_center.queries.articles import all_public, answering, languages_of
from licensing.counties import COUNTIES
from tests import factories

pytestmark = [pytest.mark.usefixtures("loaded"), pytest.mark.django_db]
AT = factories.MORNING
LATER = AT + timedelta(days=1)
NEW = Words("About odor", "Call your city.", "We can not act on odor.", "A talk with counsel")


@pytest.fixture
def odor(db) -> Article:
    return Article.objects.get(slug="odor")


def titles(language: str = "en") -> list[str]:
    return [it.title for it in all_public(language)]


class TestLoading:
    def test_twice_changes_nothing(self):
        assert load_articles(read_articles(), at=LATER) == {"unchanged": 26}
        assert load_counties() == {"added": 0, "unchanged": 33}

    def test_a_changed_file_is_a_new_version(self):
        changed = [it._replace(title="New words") for it in read_articles() if it.slug == "odor"]
        assert load_articles(changed, at=LATER) == {"changed": 2}
        assert "New words" in titles()

    def test_words_of_staff_stand_and_a_new_file_is_a_draft(self, odor, marco):
        publish_article(odor, "en", NEW, why="Counsel.", by=marco, at=AT)
        for words in ("New words", "Newer words"):
            changed = [it._replace(title=words) for it in read_articles() if (it.slug, it.language) == ("odor", "en")]
            assert load_articles(changed, at=LATER) == {"kept": 1}
            assert load_articles(changed, at=LATER) == {"unchanged": 1}
        assert "About odor" in titles() and odor.versions.filter(language="en", state="draft").count() == 2

    def test_a_wrong_file_is_named(self, tmp_path):
        (tmp_path / "odor.en.md").write_text("title: T")
        with pytest.raises(CommandError, match=r"odor\.en\.md"):
            call_command("load_help", folder=tmp_path)

    def test_every_county_is_on_record_and_no_contact_is_made_up(self):
        assert {it.name for it in Locality.objects.all()} == set(COUNTIES)
        assert not any(it.last for it in Locality.objects.with_contact())


class TestFinding:
    @pytest.mark.parametrize(
        ("typed", "language", "slug"),
        [
            ("username password", "en", "account-details"),
            ("how do I get my password back?", "en", "account-details"),
            ("reopening", "en", "reopened-window"),
            ("appointments", "en", "appointments"),
            ("nursery", "en", "selling-clones"),
            ("LABELS", "en", "packaging"),
            ("nurcery lisence", "en", "selling-clones"),
            ("corrective action plan", "en", "time-to-correct"),
            ("vivero", "es", "selling-clones"),
            ("contraseña", "es", "account-details"),
            ("contrasena", "es", "account-details"),
            ("smell", "en", "odor"),
        ],
    )
    def test_the_first_is_the_one_that_is_meant(self, typed, language, slug):
        assert answering(typed, language)[0].article.slug == slug

    def test_words_that_are_nowhere_find_nothing_and_break_nothing(self):
        for typed in ("", "  ", "?!", "zzzzzz qqqqqq", "the", "'; --", ":* | !"):
            assert answering(typed, "en") == [], typed

    def test_what_is_no_longer_said_is_not_found(self, odor, marco):
        publish_article(odor, "en", NEW, why="Counsel.", by=marco, at=AT)
        assert "odor" not in [it.article.slug for it in answering("smells", "en")]


class TestWriting:
    def test_a_draft_changes_nothing_for_readers(self, odor, dana):
        before = titles()
        write_draft(odor, "en", NEW, why="Plainer.", by=dana, at=AT)
        assert titles() == before

    def test_a_supervisor_publishes_and_the_old_words_stay(self, odor, dana, marco):
        with pytest.raises(PermissionDenied):
            publish_article(odor, "en", NEW, why="Counsel.", by=dana, at=AT)
        version = publish_article(odor, "en", NEW, why="Counsel.", by=marco, at=AT)
        assert (version.number, version.by, version.why) == (2, marco, "Counsel.")
        assert "About odor" in titles() and odor.versions.get(language="en", number=1).title.startswith("Smell")

    def test_nothing_is_written_over(self):
        for change in (lambda rows: rows.update(title="X"), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change(ArticleVersion.objects.all())

    def test_what_is_taken_off_is_gone_until_it_is_published_again(self, odor, marco):
        withdraw(odor, "en", NEW, why="Not true any more.", by=marco, at=AT)
        assert languages_of(odor).keys() == {"es"}
        publish_article(odor, "en", NEW, why="True again.", by=marco, at=LATER)
        assert languages_of(odor).keys() == {"en", "es"}

    def test_an_unknown_number_is_refused(self, odor, marco):
        wrong = Words("Odor", "Soon.", "You have {some_days}.", "None")
        with pytest.raises(Refused, match="some_days"):
            publish_article(odor, "en", wrong, why="Why.", by=marco, at=AT)

    def test_a_new_article_stands_last_under_its_heading(self, marco):
        article = new_article("samples", "plants")
        publish_article(article, "en", NEW, why="Asked often.", by=marco, at=AT)
        plants = [it.article.slug for it in all_public("en") if it.article.section == "plants"]
        assert plants[-1] == "samples"
        with pytest.raises(Refused, match="samples"):
            new_article("samples", "rules")

    def test_what_is_not_in_spanish_is_shown_in_english(self, marco):
        publish_article(new_article("samples", "plants"), "en", NEW, why="Asked often.", by=marco, at=AT)
        assert [it.language for it in all_public("es") if it.article.slug == "samples"] == ["en"]
        assert {it.language for it in all_public("es") if it.article.slug != "samples"} == {"es"}


class TestPlaces:
    def test_a_contact_is_a_new_version_and_the_last_counts(self, dana):
        mora = Locality.objects.get(name="Mora")
        for contact in (Contact("Planning", "555-0100"), Contact("Zoning", "555-0101"), Contact()):
            change_contact(mora, contact, source="A call", by=dana, at=AT)
        found = Locality.objects.with_contact().get(pk=mora.pk)
        assert [it.number for it in found.last] == [3] and found.last[0].is_empty
        assert [it.office for it in mora.contacts.all()] == ["", "Zoning", "Planning"]
        with pytest.raises(DatabaseError), transaction.atomic():
            mora.contacts.update(office="X")

    def test_a_city_is_added_once(self, dana):
        assert str(add_place("city", "Santa Fe", "Santa Fe", by=dana)) == "City of Santa Fe"
        with pytest.raises(Refused, match="already"):
            add_place("city", "Santa Fe", "Santa Fe", by=dana)

    def test_an_auditor_changes_nothing(self):
        with pytest.raises(PermissionDenied):
            add_place("city", "Taos", "Taos", by=factories.user(Role.AUDITOR))
