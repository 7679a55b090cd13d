"""The promises of the record (`reports.record`), asked of one folder so fast that a test can ask after every step."""

from django.db import connection

from reports.record import PROMISES, Broken, broken

ONE, ALL = "promises_to_one_folder", "promises_to_all"


def prepare() -> None:
    """Have the database plan all promises as one query, about one folder and about all; lasts with the connection."""
    parts = [f"SELECT {n}, file_id, what FROM ({promise.sql}) p{n}" for n, promise in enumerate(PROMISES)]
    prepare_statement(ONE, "(bigint) AS " + " UNION ALL ".join(f"{part} WHERE file_id = $1" for part in parts))
    prepare_statement(ALL, "AS " + " UNION ALL ".join(parts))


def prepare_statement(name: str, what: str) -> None:
    """PREPARE `name`, once for each connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_prepared_statements WHERE name = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"PREPARE {name} {what}")


def broken_of(file_id: int) -> list[Broken]:
    """Every promise that is broken on one folder; `prepare` comes first."""
    return _ask(f"EXECUTE {ONE} ({file_id:d})")


def broken_anywhere() -> list[Broken]:
    """Every promise that is broken, as `reports.record.broken` finds them; `prepare` comes first."""
    return _ask(f"EXECUTE {ALL}")


def _ask(statement: str) -> list[Broken]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [Broken(PROMISES[n].says, file_id, what) for n, file_id, what in cursor.fetchall()]


def assert_kept() -> None:
    """Every promise holds on the whole record."""
    found = broken()
    assert not found, "\n".join(map(str, found))
