"""Coming in: by address and password, with limits, and without a word about who is known."""

import threading

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from tests import factories

PASSWORD = "correct horse battery"
SIGN_IN = "/sign-in/"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    caches["default"].clear()


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"login": email, "password": password}, **extra)


def is_in(client) -> bool:
    return client.get("/profile/").status_code == 200


class TestSignIn:
    def test_address_and_password_let_a_person_in_whatever_the_letters_case(self, client, dana):
        reply = sign_in(client, " Dana.Ortiz@EXAMPLE.test ")
        assert reply.status_code == 302 and reply["Location"] == "/"
        assert is_in(client)

    def test_next_is_kept_and_never_leaves_the_house(self, client, dana):
        assert sign_in(client, dana.email, QUERY_STRING="next=/profile/")["Location"] == "/profile/"
        client.logout()
        assert sign_in(client, dana.email, QUERY_STRING="next=https://evil.example/")["Location"] == "/"

    def test_unknown_address_and_wrong_password_read_the_same(self, client, dana):
        def reply_to(email):
            page = sign_in(client, email, "wrong password here").content.decode()
            token = client.cookies["csrftoken"].value
            return without_token(page).replace(email, "EMAIL"), bool(token)

        assert reply_to(dana.email) == reply_to("nobody@example.test")

    def test_deactivated_person_with_the_right_password_is_told_so(self, client, dana):
        dana.deactivate()
        reply = client.post(SIGN_IN, {"login": dana.email, "password": PASSWORD}, follow=True)
        assert reply.redirect_chain[-1][0] == reverse("account_inactive")
        assert "Your access has ended" in reply.content.decode()
        assert not is_in(client)

    def test_deactivated_person_with_a_wrong_password_learns_nothing(self, client, dana):
        dana.deactivate()
        page = sign_in(client, dana.email, "wrong password here")
        assert "is not right" in page.content.decode()

    def test_deactivation_ends_running_sessions_at_once(self, client, dana):
        client.force_login(dana)
        assert is_in(client)
        dana.deactivate()
        assert not is_in(client)

    def test_new_password_ends_the_other_sessions(self, client, dana):
        sign_in(client, dana.email)
        other = type(client)()
        sign_in(other, dana.email)
        new = "purple tractor window seven"
        reply = client.post("/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
        assert reply.status_code == 302
        assert is_in(client) and not is_in(other)

    def test_session_key_changes_at_sign_in(self, client, dana):
        client.get(SIGN_IN)
        session = client.session
        session["before"] = 1
        session.save()
        client.cookies["sessionid"] = before = session.session_key
        sign_in(client, dana.email)
        assert client.cookies["sessionid"].value != before


class TestClockwork:
    def test_the_system_never_signs_in_not_even_with_a_password(self, client, db):
        clockwork = User.objects.clockwork()
        clockwork.set_password(PASSWORD)
        clockwork.save()
        sign_in(client, clockwork.email)
        assert not is_in(client)

    def test_the_database_keeps_it_inactive(self, db):
        from django.db import IntegrityError

        with pytest.raises(IntegrityError):
            User.objects.filter(pk=User.objects.clockwork().pk).update(is_active=True)


class TestLimits:
    def test_the_sixth_wrong_try_is_refused_and_so_is_the_right_password(self, client, dana):
        for _ in range(5):
            assert "is not right" in sign_in(client, dana.email, "wrong password here").content.decode()
        assert "too many tries" in sign_in(client, dana.email).content.decode()

    def test_the_count_survives_a_flush_of_redis(self, client, dana, settings):
        import redis

        for _ in range(5):
            sign_in(client, dana.email, "wrong password here")
        redis.from_url(settings.REDIS_URL.replace("redis+socket", "unix")).flushall()
        assert "too many tries" in sign_in(client, dana.email).content.decode()

    def test_unknown_addresses_are_limited_in_the_same_words(self, client, dana):
        for _ in range(5):
            sign_in(client, "nobody@example.test", "wrong password here")
        assert "too many tries" in sign_in(client, "nobody@example.test").content.decode()

    def test_a_stranger_elsewhere_does_not_keep_the_owner_out(self, client, dana):
        for _ in range(6):
            sign_in(client, dana.email, "wrong password here", REMOTE_ADDR="203.0.113.9")
        assert sign_in(client, dana.email, REMOTE_ADDR="198.51.100.7").status_code == 302

    def test_an_address_is_limited_from_everywhere_together(self, client, dana):
        tries = [
            sign_in(client, dana.email, "wrong password here", REMOTE_ADDR=f"203.0.113.{n // 4}") for n in range(101)
        ]
        assert "is not right" in tries[99].content.decode()
        assert "too many tries" in tries[100].content.decode()

    @pytest.mark.slow  # real threads
    @pytest.mark.django_db(transaction=True)
    def test_guesses_at_once_do_not_pass_the_limit(self, transactional_db):
        dana, judged = factories.user(), []

        def guess() -> None:
            try:
                judged.append("is not right" in sign_in(Client(), dana.email, "wrong password here").content.decode())
            finally:
                connection.close()

        threads = [threading.Thread(target=guess) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(judged) == 16 and 1 <= sum(judged) <= 5

    def test_a_flood_of_addresses_does_not_push_out_a_count(self, client, dana, settings):
        assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000


class TestForgottenPassword:
    def ask(self, client, email):
        reply = client.post("/password/link/", {"email": email}, follow=True)
        for thread in threading.enumerate():
            if thread.name == "mail":
                thread.join()
        return reply

    def test_the_link_comes_by_mail_works_once_and_is_not_used_up_by_looking(self, client, dana):
        self.ask(client, dana.email.upper())
        (letter,) = mail.outbox
        assert letter.to == [dana.email] and letter.subject == "Choose a new password"
        link = next(line for line in letter.body.splitlines() if line.startswith("http"))
        for _ in range(2):
            page = client.get(link, follow=True)
        new = "purple tractor window seven"
        reply = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
        assert reply.status_code == 302
        assert sign_in(client, dana.email, new).status_code == 302
        assert "does not work any more" in type(client)().get(link, follow=True).content.decode()

    def test_known_unknown_and_deactivated_addresses_get_the_same_reply(self, client, dana):
        gone = factories.user(Role.OFFICER)
        gone.deactivate()
        replies = {self.ask(client, email).content for email in (dana.email, "nobody@example.test", gone.email)}
        assert len(replies) == 1
        assert [letter.to for letter in mail.outbox] == [[dana.email]]

    def test_asking_is_limited(self, client, dana):
        codes = [self.ask(client, dana.email).status_code for _ in range(6)]
        assert codes == [200] * 5 + [429]


class TestWhatIsNotThere:
    @pytest.mark.parametrize(
        "path",
        ["signup/", "email/", "confirm-email/", "phone/change/", "login/code/confirm/", "reauthenticate/", "login/"],
    )
    @pytest.mark.parametrize("before", ["/", "/accounts/"])
    def test_pages_of_allauth_that_we_do_not_use(self, client, dana, before, path):
        assert client.get(before + path).status_code == 404
        client.force_login(dana)
        assert client.get(before + path).status_code == 404


def without_token(page: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
