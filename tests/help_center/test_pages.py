"""The pages of the help and of the questions: without sign-in, in two languages, once, in measure, and with a second look."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from casefile.models import Notice
from help_center.articles import functions
from help_center.articles.reading import DATA
from help_center.models import Article, ArticleVersion, Locality, LocalityContact, Question
from help_center.stages import State
from tests import factories
from tests.help_center import told
from tests.inspections import plain

pytestmark = [pytest.mark.usefixtures("loaded"), pytest.mark.django_db]

ASKS = {"subject": "Adding clones", "text": "How?", "name": "Ana Sol", "email": "ana@example.test", "once": "a" * 16}


@pytest.fixture(autouse=True)
def no_questions_are_counted(db):
    cache.clear()


def text(answer) -> str:
    """What stands on the page, as one line."""
    main = re.search(r"<main.*?>(.*)</main>", answer.content.decode(), re.DOTALL)
    assert main
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[1])).split())


def lines(answer) -> str:
    main = re.search(r"<main.*?>(.*)</main>", answer.content.decode(), re.DOTALL)
    assert main
    apart = re.sub(r"</?(?:section|label|button)\b[^>]*>", "\n", main[1])
    return unescape(re.sub(r"<[^>]+>", "", plain.BLOCK.sub("\n", apart)))


def forms_key(answer) -> dict[str, str]:
    """What a form that acts carries."""
    found = re.findall(r'name="(once|version|author)" value="([^"]*)"', answer.content.decode())
    return {name: unescape(value) for name, value in found}


class TestReading:
    def test_needs_no_sign_in(self, client):
        page = client.get("/help/")
        assert page.status_code == 200 and "set-cookie" not in {key.lower() for key in page.headers}
        assert "Where to find your BioTrack user name and password" in text(page)

    def test_a_search_leads_to_the_answer_and_on_to_a_question(self, client):
        said = client.get("/help/?q=packaging").content.decode()
        assert 'href="/help/packaging/"' in said and 'href="/help/ask/?q=packaging"' in said

    def test_no_answer_is_said_and_all_are_shown(self, client):
        said = text(client.get("/help/?q=zzzzzz"))
        assert "We found no answer for “zzzzzz”." in said and "Can we approve your packaging?" in said

    def test_what_is_typed_is_only_words(self, client):
        for typed in ("\0", "%00", "<script>", "'", "a" * 5000):
            page = client.get("/help/", {"q": typed})
            assert page.status_code == 200 and "<script>" not in page.content.decode()

    def test_an_article_says_the_numbers_of_the_law_and_leads_on(self, client):
        page = client.get("/help/time-to-correct/")
        assert "Send us a plan within 5 business days" in text(page) and "within 1 calendar month" in text(page)
        assert f'href="{reverse("inspections:notices")}"' in page.content.decode()
        assert "CCD Compliance FAQs" in text(page)

    def test_every_page_is_plain(self, client):
        slugs = [it.stem.split(".")[0] for it in DATA.glob("*.en.md")]
        for path in ("", "ask/", "ask/sent/", "odor-contacts/", *(f"{slug}/" for slug in slugs)):
            said = lines(client.get(f"/help/{path}")).split("Source: ")[0]
            assert plain.grade(said) <= 6, (path, plain.grade(said))
            assert len(plain.words_in(plain.longest(said))) <= 20, plain.longest(said)

    def test_a_page_that_is_not_there_is_left_out(self, client, monkeypatch):
        def nowhere(name: str) -> str:
            raise NoReverseMatch(name)

        monkeypatch.setattr(functions, "reverse", nowhere)
        page = client.get("/help/time-to-correct/")
        assert page.status_code == 200 and "What you can do here" not in text(page)

    def test_what_is_not_there_is_absent(self, client, marco):
        article = Article.objects.get(slug="odor")
        for path in ("/help/no-such/", "/help/no-such/?lang=es"):
            assert client.get(path).status_code == 404
        for language in ("en", "es"):
            last = article.versions.filter(language=language).first()
            facts = {it: getattr(last, it) for it in ("title", "summary", "body", "source", "checked", "language")}
            ArticleVersion.objects.create(
                article=article, number=2, state="withdrawn", at=told.ASKED, by=marco, why="Off.", **facts
            )
        assert client.get("/help/odor/").status_code == 404
        assert "Smell of cannabis" not in text(client.get("/help/"))


class TestInSpanish:
    def test_says_that_it_is_a_draft_in_its_own_language(self, client):
        for path in ("", "time-to-correct/", "ask/", "ask/sent/", "odor-contacts/"):
            said = client.get(f"/help/{path}?lang=es").content.decode()
            assert '<div lang="es">' in said and "Nadie ha revisado todavía" in said and 'hreflang="en"' in said

    def test_says_what_the_english_says(self, client):
        said = text(client.get("/help/time-to-correct/?lang=es"))
        assert "5 días hábiles" in said and "1 mes calendario" in said

    def test_an_unknown_language_is_english(self, client):
        assert "Help" in text(client.get("/help/?lang=xx")) and "Borrador" not in text(client.get("/help/?lang=xx"))


class TestOdor:
    def test_every_county_says_that_nobody_is_on_record(self, client):
        said = text(client.get("/help/odor-contacts/"))
        assert said.count("We have no contact on record.") == 33
        assert "Call the city hall or county office where the smell is." in said

    def test_the_last_contact_is_shown(self, client, dana):
        mora = Locality.objects.get(name="Mora")
        for n, office in enumerate(("Planning", "Zoning"), 1):
            LocalityContact.objects.create(
                locality=mora, number=n, office=office, phone="575-555-0100", source="A call", at=told.ASKED, by=dana
            )
        said = text(client.get("/help/odor-contacts/?q=mora"))
        assert "Zoning 575-555-0100" in said and "Planning" not in said and "Bernalillo" not in said


class TestAsking:
    def test_from_outside(self, client):
        answer = client.post("/help/ask/", ASKS)
        assert answer["Location"] == "/help/ask/sent/"
        question = Question.objects.get()
        assert (question.asker, question.licensee, question.state) == (None, None, State.ASKED)
        assert Notice.objects.get().deliveries.get().email == "ana@example.test"

    def test_sent_twice_it_is_asked_once(self, client):
        for _ in range(2):
            assert client.post("/help/ask/", ASKS).status_code == 302
        assert Question.objects.count() == 1
        other = client.post("/help/ask/", ASKS | {"text": "Other words."})
        assert other.status_code == 200 and "already sent" in text(other)

    def test_too_many_wait_and_lose_no_word(self, client):
        for n in range(3):
            assert client.post("/help/ask/", ASKS | {"once": f"{n:016}"}).status_code == 302
        answer = client.post("/help/ask/", ASKS | {"once": "b" * 16, "text": "One more."})
        assert answer.status_code == 429 and "too many questions" in text(answer) and "One more." in text(answer)
        assert Question.objects.count() == 3
        elsewhere = client.post("/help/ask/", ASKS | {"once": "c" * 16, "email": "eva@example.test"})
        assert elsewhere.status_code == 302

    @pytest.mark.parametrize("name", ["http://shop.example", "Ana <b>", "a/b", "1"])
    def test_a_greeting_holds_no_address_of_a_shop(self, client, name):
        assert "letters only" in text(client.post("/help/ask/", ASKS | {"name": name}))
        assert not Question.objects.exists()

    def test_what_is_missing_is_said_in_the_language_of_the_page(self, client):
        assert "Write your question." in text(client.post("/help/ask/", {}))
        assert "Escriba su pregunta." in text(client.post("/help/ask/?lang=es", {}))

    def test_for_a_licensee_and_only_for_ones_own(self, client, tomas, stranger, place):
        client.force_login(tomas)
        assert "Your email" not in text(client.get("/help/ask/"))
        sent = ASKS | {"licensee": place.licensee.key}
        where = client.post("/help/ask/", sent)["Location"]
        question = Question.objects.get()
        assert (question.licensee, question.email, question.name) == (place.licensee, tomas.email, tomas.name)
        assert where == f"/help/questions/{question.file.key}/" and client.get(where).status_code == 200
        client.force_login(stranger)
        assert "Select a valid choice" in text(client.post("/help/ask/", sent | {"once": "d" * 16}))
        assert client.get(where).status_code == 404

    def test_staff_write_down_what_they_were_asked(self, client, dana):
        client.force_login(dana)
        where = client.post("/help/ask/", ASKS)["Location"]
        assert where == Question.objects.get().get_absolute_url()


class TestOwn:
    def test_shows_the_answer_and_names_nobody(self, client, dana, tomas, place):
        question = told.answered(dana, place.licensee, tomas)
        client.force_login(tomas)
        assert "Adding clones" in text(client.get("/help/questions/"))
        page = client.get(f"/help/questions/{question.file.key}/")
        assert "Use the page for windows." in text(page) and dana.name not in page.content.decode()
        assert plain.grade(lines(page)) <= 6

    def test_nothing_asked_is_fine(self, client, tomas):
        client.force_login(tomas)
        assert "You have not asked us a question yet." in text(client.get("/help/questions/"))


class TestDesk:
    @pytest.fixture
    def desk(self, client, dana):
        client.force_login(dana)
        return client

    def test_shows_each_view(self, desk, dana, place, tomas):
        told.ask(subject="One")
        told.taken(dana, subject="Two")
        told.taken(factories.user(), place.licensee, tomas, subject="Three")
        told.answered(dana, subject="Four")

        def shown(view: str, **more: str) -> set[str]:
            said = text(desk.get("/questions/", {"view": view} | more))
            return {it for it in ("One", "Two", "Three", "Four") if re.search(rf"\b{it}\b", said)}

        assert shown("open") == shown("") == shown("nonsense") == {"One", "Two", "Three"}
        assert (shown("new"), shown("mine"), shown("done"), shown("back")) == ({"One"}, {"Two"}, {"Four"}, set())
        assert shown("late") == {"One", "Two", "Three"}  # asked in November 2026, read later
        assert (shown("open", who="licensee"), shown("open", q="two")) == ({"Three"}, {"Two"})
        assert shown("open", q="ana@example.test") == {"One", "Two"}

    def test_a_question_is_taken_answered_and_corrected(self, desk, dana):
        at = f"/questions/{told.ask().file.key}/"
        assert desk.get(f"{at}answer/").status_code == 403  # who has not taken it does not answer it
        desk.post(f"{at}take/", forms_key(desk.get(f"{at}take/")))
        for words in ("Use page A.", "Use page B."):
            desk.post(f"{at}answer/", forms_key(desk.get(f"{at}answer/")) | {"text": words})
        question = Question.objects.get()
        assert question.officer == dana and [it.text for it in question.answers.all()] == ["Use page A.", "Use page B."]
        assert "Our answer before" in text(desk.get(at))

    def test_a_doubtful_answer_is_shown_again_with_a_box(self, desk, dana):
        at = f"/questions/{told.taken(dana).file.key}/answer/"
        page = desk.get(at)
        assert "What an answer must not say" in text(page) and 'name="confirmed"' not in page.content.decode()
        sent = forms_key(page) | {"text": "We will visit you next week."}
        again = desk.post(at, sent)
        assert again.status_code == 200 and 'name="confirmed"' in again.content.decode()
        assert "Look at this again: “visit you next week”." in text(again) and "We will visit you next week." in text(
            again
        )
        assert desk.post(at, sent | {"confirmed": "on"}).status_code == 302
        assert Question.objects.get().state == State.ANSWERED

    def test_an_article_is_inserted_and_what_is_typed_is_kept(self, desk, dana):
        at = f"/questions/{told.taken(dana, subject='Approve my label', text='Can you?').file.key}/answer/"
        page = desk.get(at)
        assert 'value="packaging"' in page.content.decode()
        assert desk.post(at, forms_key(page) | {"text": "Hello.", "insert": "packaging"}).status_code == 302
        typed = re.search(r"<textarea[^>]*>(.*?)</textarea>", desk.get(at).content.decode(), re.DOTALL)
        assert typed and typed[1].strip().startswith("Hello.") and "We can not approve or deny packaging" in typed[1]
        assert not Question.objects.get().answers.exists()
        assert desk.post(f"{at}?save=1", {"text": "Later."}, headers={"X-Requested-With": "fetch"}).status_code == 204
        assert "Later." in desk.get(at).content.decode()

    def test_it_is_closed_with_a_reason(self, desk):
        at = f"/questions/{told.ask().file.key}/"
        desk.post(f"{at}close/", forms_key(desk.get(f"{at}close/")) | {"ending": "twice", "note": "See the other one."})
        assert Question.objects.get().state == State.CLOSED and "See the other one." in text(desk.get(at))


class TestWriters:
    def test_an_officer_drafts_a_supervisor_publishes(self, client, dana, marco):
        at = "/questions/articles/odor/en/"
        said = {
            "title": "About odor",
            "summary": "Call your city.",
            "body": "We can not act.",
            "source": "FAQ",
            "why": "So.",
        }
        for person, do in ((dana, "draft"), (dana, "publish"), (marco, "publish")):
            client.force_login(person)
            page = client.get(f"{at}change/")
            assert ("Publish" in text(page)) == (person == marco)
            answer = client.post(f"{at}change/", forms_key(page) | said | {"do": do})
            assert answer.status_code == (403 if (person, do) == (dana, "publish") else 302)
        states = ArticleVersion.objects.filter(article__slug="odor", language="en").order_by("number")
        assert [it.state for it in states] == ["published", "draft", "published"]
        assert "Smell of cannabis near you" in text(client.get(f"{at}1/")) and client.get(f"{at}9/").status_code == 404

    def test_a_number_that_is_none_is_told(self, client, marco):
        client.force_login(marco)
        page = client.get("/questions/articles/add/")
        said = {"title": "Wait", "summary": "A", "body": "{days}", "source": "B", "why": "C", "section": "rules"}
        answer = client.post("/questions/articles/add/", forms_key(page) | said | {"do": "publish"})
        assert "There is no number called {days}." in text(answer)
        taken = client.post("/questions/articles/add/", forms_key(page) | said | {"title": "Ask", "body": "B"})
        assert "Choose another title." in text(taken)

    def test_a_new_article_and_its_spanish(self, client, marco):
        client.force_login(marco)
        page = client.get("/questions/articles/add/")
        said = {"title": "Wait times", "summary": "A", "body": "B", "source": "C", "why": "D", "section": "rules"}
        where = client.post("/questions/articles/add/", forms_key(page) | said | {"do": "publish"})["Location"]
        assert where == "/questions/articles/wait-times/en/" and client.get("/help/wait-times/").status_code == 200
        assert "No words in this language yet." in text(client.get("/questions/articles/wait-times/es/"))
        assert client.get("/questions/articles/wait-times/es/change/").status_code == 200

    def test_a_contact_is_written_down(self, client, dana):
        client.force_login(dana)
        at = f"/questions/odor/{Locality.objects.get(name='Mora').pk}/"
        client.post(at, forms_key(client.get(at)) | {"office": "Planning", "source": "A call"})
        assert "Planning" in text(client.get(at)) and "Planning" in text(client.get("/questions/odor/"))
        page = client.get("/questions/odor/add/")
        sent = forms_key(page) | {"kind": "village", "name": " Wagon  Mound ", "county": "Mora"}
        assert client.post("/questions/odor/add/", sent).status_code == 302
        assert Locality.objects.filter(name="Wagon Mound", kind="village").exists()
