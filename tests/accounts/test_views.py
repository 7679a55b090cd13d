"""One's own pages: where everybody begins, and what they may change of themselves."""

import pytest

from accounts.models import Role, User
from tests import factories


class TestHome:
    @pytest.mark.parametrize(
        ("role", "place"),
        [
            (Role.OFFICER, "/work/"),
            (Role.SUPERVISOR, "/team/"),
            (Role.ADMINISTRATOR, "/settings/people/"),
            (Role.AUDITOR, "/work/"),
            (Role.REPRESENTATIVE, "/notices/"),
        ],
    )
    def test_each_role_has_its_place_and_it_opens(self, client, db, role, place):
        client.force_login(factories.user(role))
        assert client.get("/")["Location"] == place
        assert client.get(place).status_code == 200

    def test_a_stranger_signs_in_first(self, client, db):
        assert client.get("/")["Location"].startswith("/sign-in/")


class TestProfile:
    def test_name_and_phone_are_changed_and_nothing_else_is(self, client, dana):
        client.force_login(dana)
        typed = {"name": "Dana M. Ortiz", "phone": "505-555-0199", "role": "administrator", "email": "x@example.test"}
        assert client.post("/profile/", typed).status_code == 302
        now = User.objects.get(pk=dana.pk)
        assert (now.name, now.phone, now.role, now.email) == ("Dana M. Ortiz", "505-555-0199", "officer", dana.email)

    def test_what_is_not_saved_stands_in_no_header(self, client, dana):
        client.force_login(dana)
        page = client.post("/profile/", {"name": "", "phone": "1"}).content.decode()
        assert "Dana Ortiz" in page

    def test_everybody_finds_it_in_the_header(self, client, dana, tomas):
        for user in (dana, tomas):
            client.force_login(user)
            assert f'<a href="/profile/"><b>{user.name}</b></a>' in client.get("/profile/").content.decode()
