"""Who works at the Division: added by an administrator, let go at once, never without an administrator."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role, User
from casefile import people
from casefile.models import Notice
from tests import factories

MORNING = factories.MORNING
NEW = {"name": "Priya Nair", "email": "Priya@Example.test", "phone": "", "role": "officer"}


@pytest.fixture
def admin(db):
    return factories.user(Role.ADMINISTRATOR)


def link_of(letter: Notice) -> str:
    return re.search(r"http://[^/]+(/invitation/\S+)", letter.text)[1]


class TestAdd:
    def test_a_new_person_gets_a_link_chooses_a_password_and_is_in(self, client, admin):
        client.force_login(admin)
        assert client.post("/settings/people/add/", NEW).status_code == 302
        link = link_of(Notice.objects.get())
        client.logout()
        for _ in range(2):
            assert "Welcome, Priya Nair" in client.get(link).content.decode()
        new = "purple tractor window seven"
        reply = client.post(link, {"password1": new, "password2": new})
        assert reply.status_code == 302
        assert client.get("/profile/").status_code == 200
        assert type(client)().get(link).status_code == 410
        assert type(client)().post(link, {"password1": new, "password2": new}).status_code == 410

    def test_a_weak_or_mistyped_password_uses_nothing_up(self, client, admin):
        people.invite_staff(**NEW, by=admin, at=factories.MORNING.now(factories.DENVER))
        link = link_of(Notice.objects.get())
        for typed in (("short", "short"), ("purple tractor window", "purple tractor windows")):
            page = client.post(link, dict(zip(("password1", "password2"), typed, strict=True)))
            assert page.status_code == 200
        assert client.get(link).status_code == 200

    def test_a_link_works_for_seven_days(self, client, admin, time_machine):
        people.invite_staff(**NEW, by=admin, at=MORNING)
        link = link_of(Notice.objects.get())
        time_machine.move_to(factories.at("2026-11-24 08:59"))
        assert client.get(link).status_code == 200
        time_machine.move_to(factories.at("2026-11-24 09:01"))
        assert client.get(link).status_code == 410

    def test_a_new_link_replaces_the_old_one(self, client, admin):
        now = factories.MORNING.now(factories.DENVER)
        user = people.invite_staff(**NEW, by=admin, at=now)
        people.invite_again(user, by=admin, at=now)
        second, first = Notice.objects.order_by("-pk")
        assert client.get(link_of(first)).status_code == 410
        assert client.get(link_of(second)).status_code == 200

    def test_a_deactivated_person_finds_the_link_gone(self, client, admin):
        user = people.invite_staff(**NEW, by=admin, at=factories.MORNING.now(factories.DENVER))
        people.deactivate(user, by=admin)
        assert client.get(link_of(Notice.objects.get())).status_code == 410

    def test_only_the_digest_of_the_key_is_kept(self, admin):
        user = people.invite_staff(**NEW, by=admin, at=MORNING)
        key = link_of(Notice.objects.get()).split("/")[2]
        assert user.invitations.get().key_sha256 != key and len(key) >= 43

    def test_an_address_that_is_taken_is_refused(self, client, admin, dana):
        client.force_login(admin)
        page = client.post("/settings/people/add/", NEW | {"email": dana.email.upper()})
        assert "already here" in page.content.decode()

    @pytest.mark.parametrize("role", ["representative", "clockwork", "king"])
    def test_only_roles_of_the_division(self, client, admin, role):
        client.force_login(admin)
        assert client.post("/settings/people/add/", NEW | {"role": role}).status_code == 200
        assert not User.objects.filter(name="Priya Nair").exists()


class TestLetGo:
    def test_the_next_request_is_a_strangers(self, client, admin, dana):
        theirs = type(client)()
        theirs.force_login(dana)
        assert theirs.get("/profile/").status_code == 200
        client.force_login(admin)
        assert client.post(f"/settings/people/{dana.pk}/let-go/").status_code == 302
        assert theirs.get("/profile/").status_code == 302

    def test_let_in_again(self, admin, dana):
        people.deactivate(dana, by=admin)
        people.reactivate(dana, by=admin)
        assert User.objects.get(pk=dana.pk).is_active

    def test_the_only_administrator_stays(self, client, admin):
        client.force_login(admin)
        page = client.post(f"/settings/people/{admin.pk}/let-go/").content.decode()
        assert "is the only administrator" in page
        page = client.post(f"/settings/people/{admin.pk}/", {"role": "officer"}).content.decode()
        assert "is the only administrator" in page

    def test_representatives_and_the_system_are_no_staff(self, client, admin, tomas):
        client.force_login(admin)
        for user in (tomas, User.objects.clockwork()):
            assert client.get(f"/settings/people/{user.pk}/").status_code == 404


class TestRole:
    def test_a_new_role_counts_at_once_and_ends_sessions(self, client, admin, dana):
        client.force_login(dana)
        people.change_role(dana, role="supervisor", by=admin)
        assert User.objects.get(pk=dana.pk).role == "supervisor"
        assert client.get("/profile/").status_code == 302

    def test_nobody_but_an_administrator_may(self, dana, marco):
        for by in (dana, marco):
            with pytest.raises(PermissionDenied):
                people.change_role(dana, role="administrator", by=by)


class TestPages:
    def test_supervisor_reads_officer_does_not(self, client, marco, dana):
        client.force_login(marco)
        page = client.get("/settings/people/").content.decode()
        assert dana.email in page and "Add a person" not in page
        client.force_login(dana)
        assert client.get("/settings/people/").status_code == 403

    def test_queries_do_not_grow_with_the_list(self, client, admin, django_assert_max_num_queries):
        for _ in range(20):
            factories.user()
        client.force_login(admin)
        with django_assert_max_num_queries(6):
            assert client.get("/settings/people/").status_code == 200
