"""Who and what every example finds, and what lies outside the building."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from django.db import connection

from accounts.models import Role, User
from casefile import documents
from casefile.models import Delivery, new_key
from casefile.transports import Answer
from inspections import rules as law
from inspections.models import Inspection
from licensing.models import Representative
from tests import factories, invariants

START = factories.at("2024-03-01 09:00")  # in the past of the database too, so that what was opened then is open
SEEN = ("version", "state", "officer_id", "received_at", "nolv_served_at", "open_to_licensee_at")
FINGERPRINT = """
    SELECT i.version, i.state, i.officer_id, i.received_at, i.nolv_served_at, i.open_to_licensee_at, f.due_at, f.number,
        (SELECT (count(*), max(id)) FROM casefile_event WHERE file_id = f.id)::text,
        (SELECT (count(*), count(ended_at), count(told_at)) FROM casefile_deadline WHERE file_id = f.id)::text,
        (SELECT (count(*), count(stopped_at)) FROM casefile_notice WHERE file_id = f.id)::text,
        (SELECT count(*) FROM inspections_receipt WHERE inspection_id = i.id),
        (SELECT (count(*), count(verified_at), sum(v.count)) FROM inspections_violation v WHERE inspection_id = i.id)::text,
        (SELECT (count(*), count(decided_at)) FROM inspections_planitem JOIN inspections_violation v ON v.id = violation_id
         WHERE inspection_id = i.id)::text,
        (SELECT (count(*), count(decided_at)) FROM inspections_proof JOIN inspections_violation v ON v.id = violation_id
         WHERE inspection_id = i.id)::text,
        (SELECT count(*) FROM inspections_evidence JOIN inspections_violation v ON v.id = violation_id
         WHERE inspection_id = i.id),
        (SELECT count(*) FROM inspections_penalty WHERE inspection_id = i.id)
    FROM inspections_inspection i JOIN casefile_casefile f ON f.id = i.file_id WHERE i.id = $1
"""


class World:
    """Two licensees of different organisations with two premises each, the office, the catalog, the holidays."""

    def __init__(self) -> None:
        factories.holidays()
        self.officers = [factories.user(Role.OFFICER), factories.user(Role.OFFICER)]
        self.supervisor = factories.user(Role.SUPERVISOR)
        self.administrator = factories.user(Role.ADMINISTRATOR)
        self.auditor = factories.user(Role.AUDITOR)
        self.entries = [factories.entry(severity=severity) for severity in law.SEVERITIES]
        first = [factories.premises(), factories.premises()]
        second = [factories.premises(license=it.license, number=f"{it.license.number}-002") for it in first]
        self.places = [*first, *second]
        self.people: dict[tuple[int, str], User] = {
            (place.licensee.pk, standing): factories.representative(place.licensee, standing)
            for place in first
            for standing in ("owner", "manager", "viewer")
        }
        Representative.objects.update(added_at=START - timedelta(days=30))
        invariants.prepare()
        invariants.prepare_statement("fingerprint", f"(bigint) AS {FINGERPRINT}")

    @property
    def everybody(self) -> list[User]:
        return [*self.people.values(), *self.officers, self.auditor, self.administrator, self.supervisor]

    def of(self, case: Inspection, standing: str) -> User:
        """Who answers for the licensee of a case."""
        return self.people[case.premises.license.licensee_id, standing]


def fingerprint(case: Inspection) -> tuple:
    """All of a case that a step must have left alone when it was not taken."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXECUTE fingerprint ({case.pk:d})")
        return cursor.fetchone()


class Post:
    """A mail server that answers as it is told."""

    answer = Answer(Delivery.State.ACCEPTED, "250 taken")

    def send(self, _message: object, _to: str) -> Answer:
        return self.answer

    def evidence(self, _message_id: str) -> Answer:
        return self.answer


POST = Post()


def stored(_upload: object) -> documents.Stored:
    """A photo that the disk has taken; the disk itself is tried elsewhere."""
    return documents.Stored(new_key(), "photo.jpg", 1000, "0" * 64, "image/jpeg", True)


@contextmanager
def outside() -> Iterator[None]:
    """The disk, the mail server, and the words of the letters, which their own tests read."""
    with (
        patch("casefile.documents.keep", stored),
        patch("casefile.delivery.transport_of", lambda _: POST),
        patch("casefile.delivery.notices.pdf_of", lambda _: b""),
        patch("casefile.notices.render_to_string", lambda name, context: f"{name} {context['at']}"),
        patch("casefile.notices.as_html", lambda subject, text: f"{subject} {text}"),
    ):
        yield
