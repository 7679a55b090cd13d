"""No test finds what another left: these two run in this order."""

import pytest
from django.db import connection
from django.urls import reverse

pytestmark = pytest.mark.django_db(transaction=True)


def kept() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        return [key for (key,) in cursor.fetchall()]


def test_a_sign_in_that_is_refused_is_counted(client, dana):
    client.post(reverse("account_login"), {"login": dana.email, "password": "not the right one"})
    assert any("login_failed" in key for key in kept())


def test_and_keeps_nobody_of_the_next_test_out():
    assert kept() == []
