"""What the URLs in the environment mean."""

from pathlib import Path

import pytest

from config import addresses
from config.addresses import MailServer
from config.environment import Misconfigured


def mail(monkeypatch, url: str, default: str | None = None) -> MailServer:
    monkeypatch.setenv("X", url)
    return addresses.mail("X", default=default, mailbox=Path("/box"), sender="us@a.example", archive="")


class TestDatabase:
    def test_tells_the_parts_and_undoes_the_quoting(self, monkeypatch):
        monkeypatch.setenv("X", "postgresql://us%40er:p%2Fw@db.example:5433/cases?sslmode=verify-full")
        found = addresses.database("X")
        assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
            "us@er", "p/w", "db.example", "5433", "cases",
        )  # fmt: skip
        assert found["OPTIONS"] == {"sslmode": "verify-full"}

    def test_takes_a_socket(self, monkeypatch):
        monkeypatch.setenv("X", "postgresql://app@/app?host=/a%20b/sockets")
        assert addresses.database("X")["HOST"] == "/a b/sockets"

    @pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://a/", "postgresql://a/b?slmode=off", "sqlite:///x"])
    def test_refuses_what_it_does_not_know(self, monkeypatch, url):
        monkeypatch.setenv("X", url)
        with pytest.raises(Misconfigured):
            addresses.database("X")


class TestRedis:
    @pytest.mark.parametrize(
        "url", ["redis+socket:///a/b.sock", "redis://127.0.0.1:6379/0", "rediss://u:p@r.example/1"]
    )
    def test_is_handed_on_as_it_was_given(self, monkeypatch, url):
        monkeypatch.setenv("X", url)
        assert addresses.redis("X") == url

    @pytest.mark.parametrize("url", ["redis://", "redis+socket://", "amqp://a/", "/a/b.sock"])
    def test_refuses_what_names_no_server(self, monkeypatch, url):
        monkeypatch.setenv("X", url)
        with pytest.raises(Misconfigured):
            addresses.redis("X")


class TestMail:
    @pytest.mark.parametrize(
        "url, tls, port",
        [
            ("smtp://m.example", "", 25),
            ("smtp://m.example/?tls=1", "starttls", 587),
            ("smtps://m.example/", "implicit", 465),
            ("smtp://m.example:2525/?tls=0", "", 2525),
        ],
    )
    def test_knows_the_usual_ports(self, monkeypatch, url, tls, port):
        server = mail(monkeypatch, url)
        assert (server.transport, server.host, server.tls, server.port) == ("smtp", "m.example", tls, port)

    def test_final_is_said_not_guessed(self, monkeypatch):
        assert not mail(monkeypatch, "smtp://m.example").final
        assert mail(monkeypatch, "smtp://m.example/?final=1").final

    def test_keeps_the_password_out_of_its_words(self, monkeypatch):
        server = mail(monkeypatch, "smtp://u:s%3Acret@m.example")
        assert server.password == "s:cret"
        assert "cret" not in repr(server)

    def test_the_mailbox_has_a_folder(self, monkeypatch):
        server = mail(monkeypatch, "", default="mailbox:")
        assert (server.transport, server.folder, server.final) == ("mailbox", Path("/box"), True)

    def test_is_required_where_nothing_stands_in_for_it(self, monkeypatch):
        with pytest.raises(Misconfigured, match="X is not set"):
            mail(monkeypatch, "")

    @pytest.mark.parametrize(
        "url", ["smtp:///", "mailbox:/elsewhere", "smtp://m/?tls=maybe", "smtp://m/?starttls=1", "m"]
    )
    def test_refuses_what_it_does_not_know(self, monkeypatch, url):
        with pytest.raises(Misconfigured):
            mail(monkeypatch, url)


class TestBase:
    @pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost", "https://cases.example.gov"])
    def test_is_https_or_this_machine(self, monkeypatch, url):
        monkeypatch.setenv("X", url)
        assert addresses.base("X", default="").geturl() == url

    @pytest.mark.parametrize(
        "url", ["http://cases.example.gov", "https://a.example/path", "https://u@a.example", "a.example"]
    )
    def test_refuses_what_would_be_sent_in_the_clear(self, monkeypatch, url):
        monkeypatch.setenv("X", url)
        with pytest.raises(Misconfigured):
            addresses.base("X", default="")
