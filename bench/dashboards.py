"""How fast the dashboards are at full size: `python -m bench.dashboards [--premises 3000] [--cases 10000]`.

It makes a database of its own, fills it in bulk, asks for each page as a supervisor in this process (middleware,
queries, templates), and prints the median and the 95th percentile of the milliseconds with the number of queries.
"""

import argparse
import logging
import os
import sys
from collections.abc import Iterator
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import tests.plugin  # noqa: F401  starts a PostgreSQL of its own and names it in the environment

GOAL_MS, GOAL_QUERIES = 800, 12
ADDRESSES = (
    "/team/", "/team/overdue/", "/team/workload/", "/team/coverage/", "/team/coverage/2025/", "/team/outcomes/",
    "/team/outcomes/?days=90", "/team/licensing/", "/team/cases/?view=open&sort=officer",
    "/team/cases/?view=repeats&since=2025-11-22", "/team/coverage/list/?what=due", "/team/planned/", "/team/requests/",
    "/team/files/cases.csv?view=open", "/team/files/premises.xlsx", "/team/files/coverage.xlsx",
)  # fmt: skip


def timed(client: Any, address: str, times: int) -> tuple[list[float], int, int]:
    """The milliseconds of each request after two that warm up; the queries and the bytes of the last."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = []
    read(client.get(address))
    with CaptureQueriesContext(connection) as queries:
        size = len(read(client.get(address)))
        asked = len(queries)
    for _ in range(times):
        began = perf_counter()
        read(client.get(address))
        found.append(1000 * (perf_counter() - began))
    return found, asked, size


def read(reply: Any) -> bytes:
    """The whole body; a page that fails ends the run."""
    body = b"".join(reply.streaming_content) if reply.streaming else reply.content
    if reply.status_code != 200:
        sys.exit(f"{reply.request['PATH_INFO']} answers {reply.status_code}")
    return body


def filled(options: argparse.Namespace) -> Iterator[str]:
    """A database with that many premises and cases, and what is in it."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from tests import factories
    from tests.reports.invented import invent

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    factories.holidays()
    yield f"{options.premises:,} premises, {options.cases:,} cases, seed {options.seed}"
    now = timezone.now()  # noqa: TID251
    invent(Random(options.seed), now, premises=options.premises, cases=options.cases, officers=13)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> int:
    """Print the table; 1 where a page misses a goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (("premises", 3000), ("cases", 10_000), ("times", 30), ("seed", 2026)):
        parser.add_argument(f"--{name}", type=int, default=value)
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    for line in filled(options):
        print(line, flush=True)
    from django.db import connection
    from django.test import Client

    from accounts.models import Role
    from tests import factories

    connection.settings_dict["CONN_MAX_AGE"] = None  # as the pool of the web process keeps them
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(factories.user(Role.SUPERVISOR))
    print(f"{'page':48} {'p50 ms':>8} {'p95 ms':>8} {'queries':>8} {'KB':>6}")
    missed = 0
    for address in ADDRESSES:
        found, queries, size = timed(client, address, options.times)
        slow = quantiles(found, n=20)[-1]
        is_page = "/files/" not in address
        missed += is_page and (slow > GOAL_MS or queries > GOAL_QUERIES)
        print(f"{address:48} {median(found):8.0f} {slow:8.0f} {queries:8} {size / 1024:6.0f}", flush=True)
    print(f"Goals for pages: p95 under {GOAL_MS} ms, at most {GOAL_QUERIES} queries. Missed: {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
