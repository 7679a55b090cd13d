"""No test finds what another left: these two run in this order."""

import pytest
from django.urls import reverse

PASSWORD = "correct horse battery"
MORE_THAN_A_MINUTE_ALLOWS = 31


@pytest.mark.django_db(transaction=True)
def test_somebody_tries_to_sign_in_too_often(client, dana):
    for _ in range(MORE_THAN_A_MINUTE_ALLOWS):
        page = client.post(reverse("account_login"), {"login": "nobody@example.test", "password": "a wrong password"})
    assert "too many tries" in page.content.decode() or page.status_code == 429


def test_and_keeps_nobody_of_the_next_test_out(client, dana):
    assert client.post(reverse("account_login"), {"login": dana.email, "password": PASSWORD}).status_code == 302
