"""The frame: a menu of what a person may open, and who is signed in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path

from accounts.models import Role, User
from accounts.permissions import TABLE
from config import context, sessions


def page(request) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("", include(([path("work/", page, name="work"), path("cases/", page, name="cases")], "inspections"))),
]


@pytest.fixture
def house(settings, monkeypatch):
    """A house with two pages, one of them for officers alone."""
    settings.ROOT_URLCONF = __name__
    monkeypatch.setitem(TABLE, "inspections.see_work", {"officer": "any"})
    monkeypatch.setitem(TABLE, "inspections.see_cases", {"officer": "any", "auditor": "any"})


def asked(role: str | None, url: str = "/work/"):
    request = RequestFactory().get(url)
    request.user = User(name="Dana Ortiz", role=role) if role else AnonymousUser()
    return request


@pytest.mark.usefixtures("house")
class TestMenu:
    def test_offers_only_pages_that_exist_and_are_open_to_the_person(self):
        assert [entry.label for entry in context.menu(asked(Role.OFFICER))] == ["My work", "Cases"]
        assert [entry.label for entry in context.menu(asked(Role.AUDITOR))] == ["Cases"]

    @pytest.mark.parametrize("url, current", [("/work/", "My work"), ("/cases/26-0187/", "Cases"), ("/else/", None)])
    def test_marks_where_the_reader_is(self, url, current):
        marked = [entry.label for entry in context.menu(asked(Role.OFFICER, url)) if entry.current]
        assert marked == ([current] if current else [])

    def test_is_empty_before_signing_in(self):
        assert context.menu(asked(None)) == []


class TestFrame:
    def test_names_the_person_and_the_role(self):
        frame = context.frame(asked(Role.OFFICER))
        assert frame["person"] == {"name": "Dana Ortiz", "role": "Compliance Officer"}

    def test_knows_nobody_before_signing_in(self):
        frame = context.frame(asked(None))
        assert not frame["person"]
        assert frame["session_seconds"] == 0

    def test_asks_nothing_until_a_page_shows_it(self):
        """An error page without a user must be possible."""
        request = RequestFactory().get("/")
        names = {"menu", "person", "profile_url", "notices_url", "help_url", "session_seconds"}
        assert set(context.frame(request)) == names
        assert not context.frame(request)["person"]


class TestSession:
    def test_moves_on_while_pages_are_opened_but_is_not_written_each_time(self, settings, monkeypatch):
        settings.SESSION_COOKIE_AGE = 1000
        request = asked(Role.OFFICER)
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "key"
        request.session = {}
        written = []
        for now in (5000, 5050, 5099, 5100, 5150, 5200):
            monkeypatch.setattr(sessions.time, "time", lambda now=now: now)
            sessions.KeepSession(page)(request)
            written.append(request.session[sessions.SEEN])
        assert written == [5000, 5000, 5000, 5100, 5100, 5200]

    def test_promises_less_than_the_shortest_it_may_last(self, settings):
        settings.SESSION_COOKIE_AGE = 1000
        assert sessions.seconds_left() == 900
