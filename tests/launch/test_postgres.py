"""The embedded PostgreSQL where it is not easy. Slow because each test makes a cluster."""

import os
import signal
import threading
import time

import psycopg
import pytest

from launch.places import Places
from launch.postgres import Postgres

pytestmark = pytest.mark.slow


def answer(cluster: Postgres, query: str) -> object:
    with psycopg.connect(cluster.url) as connection:
        return connection.execute(query).fetchone()[0]


def compute_for_minutes(cluster: Postgres) -> threading.Thread:
    """A backend that does not notice that its postmaster is gone."""

    def compute() -> None:
        with pytest.raises(psycopg.OperationalError), psycopg.connect(cluster.url) as connection:
            connection.execute("SELECT count(*) FROM generate_series(1, 1000000000) a")

    thread = threading.Thread(target=compute)
    thread.start()
    while not answer(
        cluster, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%1000000000) a' AND state = 'active'"
    ):
        time.sleep(0.01)
    return thread


def test_it_starts_again_after_kill_9_with_every_row(data):
    cluster = Postgres(Places(data))
    with cluster:
        with psycopg.connect(cluster.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 200)")
        busy = compute_for_minutes(cluster)
        os.kill(cluster.child.process.pid, signal.SIGKILL)
        cluster.child.process.wait()
        with Postgres(Places(data)) as again:
            assert answer(again, "SELECT count(*) FROM kept") == 200
        busy.join(10)
        assert not busy.is_alive()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the folder to another user")
def test_it_works_below_a_folder_that_is_closed_to_its_user(data):
    closed = data / "closed"
    closed.mkdir(mode=0o700)
    for _ in range(2):
        with Postgres(Places(closed / "var"), fast=True) as cluster:
            assert answer(cluster, "SELECT 1") == 1
            assert cluster.sockets.stat().st_mode & 0o777 == 0o700
        assert not cluster.sockets.exists()


def test_it_has_what_migrations_may_ask_for(data):
    with Postgres(Places(data), fast=True) as cluster:
        for extension in ("btree_gist", "pg_trgm", "citext", "unaccent"):
            with psycopg.connect(cluster.url) as connection:
                connection.execute(f"CREATE EXTENSION {extension}")
        assert answer(cluster, "SELECT unaccent('Doña Ana')") == "Dona Ana"
        assert str(answer(cluster, "SELECT timestamptz '2025-11-21 22:00Z' AT TIME ZONE 'America/Denver'")) == (
            "2025-11-21 15:00:00"
        )
