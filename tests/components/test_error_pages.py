"""Error pages: never a dead end, and made without database, session or context."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults

CODES = ["400", "403", "404", "413", "429", "500", "403_csrf"]


@pytest.mark.parametrize("code", CODES)
class TestPage:
    def test_says_what_happened_what_is_safe_what_now_and_whom_to_call(self, code):
        html = render_to_string(f"{code}.html")
        assert html.count("<h1>") == 1
        assert "Is my work safe?" in html
        assert "What to do now" in html
        assert "505-555-0100" in html

    def test_has_a_title_and_no_code_in_the_heading(self, code):
        html = render_to_string(f"{code}.html")
        heading = html.split("<h1>")[1].split("</h1>")[0]
        assert not any(letter.isdigit() for letter in heading)
        assert f"<title>{heading} | Cannabis Control Division</title>" in html


def test_a_lost_page_asks_the_database_nothing(settings):
    """`database` access without the mark would fail this test."""
    settings.DEBUG = False
    request = RequestFactory().get("/no-such-page/")
    answer = defaults.page_not_found(request, Exception("no such page"))
    assert answer.status_code == 404
    assert b"We could not find that page" in answer.content


def test_a_fault_is_told_plainly():
    answer = defaults.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert b"Something went wrong on our side" in answer.content


def test_a_forged_form_is_told_plainly(settings):
    settings.ROOT_URLCONF = "tests.components.urls"
    answer = Client(enforce_csrf_checks=True).post("/-/account/login/", {"login": "a"})
    assert answer.status_code == 403
    assert b"This page was open too long" in answer.content
