"""Signing in and passwords, in our layout: one heading, labels, no puzzle, and help at the end."""

import pytest
from django.test import Client

PAGES = [
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
]
OWN_PAGES = ["account_logout", "account_change_password"]


@pytest.fixture
def ask(settings, db):
    settings.ROOT_URLCONF = "tests.components.urls"

    def ask(name: str, client: Client | None = None, data: dict[str, str] | None = None) -> str:
        from django.urls import reverse

        client = client or Client()
        answer = client.post(reverse(name), data) if data is not None else client.get(reverse(name))
        assert answer.status_code == 200, (name, answer)
        return answer.content.decode()

    return ask


@pytest.mark.parametrize("name", PAGES)
def test_page_stands_in_our_frame(ask, name):
    html = ask(name)
    assert html.count("<h1>") == 1
    assert "Need help?" in html
    assert 'class="usa-skipnav"' in html


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_page_names_the_person_and_offers_to_sign_out(ask, name, tomas):
    client = Client()
    client.force_login(tomas)
    html = ask(name, client)
    assert "Tomás Lucero" in html
    assert "Sign out" in html


def test_sign_in_allows_password_managers_and_pasting(ask):
    html = ask("account_login")
    assert 'autocomplete="email"' in html
    assert 'autocomplete="current-password"' in html
    assert "onpaste" not in html


def test_a_failed_sign_in_says_so_in_title_and_summary_and_keeps_the_address(ask):
    html = ask("account_login", data={"login": "nobody@example.test", "password": "wrong"})
    assert "<title>Error: Sign in | Cannabis Control Division</title>" in html
    assert "There is 1 thing to fix" in html
    assert 'value="nobody@example.test"' in html


def test_a_used_link_offers_a_new_one(ask, settings):
    html = Client().get("/-/account/password/reset/key/1-none/").content.decode()
    assert "This link does not work any more." in html
