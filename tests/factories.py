"""Plain functions that build one valid thing each. A thing in a later state got there through the door."""

from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from accounts.models import Role, User
from casefile.models import Holiday
from inspections.actions import visit
from inspections.models import CatalogEntry, Inspection
from licensing.models import Contact, License, Licensee, Premises, Representative

DENVER = ZoneInfo("America/Denver")
_serial = count(1)


def at(text: str) -> datetime:
    """An instant from Denver's wall clock: at("2026-11-18 14:00")."""
    return datetime.fromisoformat(text).replace(tzinfo=DENVER)


MORNING = at("2026-11-17 09:00")


def user(role: str = Role.OFFICER, **facts) -> User:
    n = next(_serial)
    defaults = {"email": f"{role}{n}@example.test", "name": f"{role.capitalize()} {n}", "phone": "505-555-0100"}
    return User.objects.create_user(password="correct horse battery", role=role, **(defaults | facts))


def licensee(**facts) -> Licensee:
    found = Licensee.objects.create(**({"name": f"High Mesa Organics {next(_serial)}"} | facts))
    Contact.objects.create(
        licensee=found, name="Tomás Lucero", email=f"tomas{found.pk}@example.test", phone="505-555-0142"
    )
    return found


def license(**facts) -> License:
    holder = facts.pop("licensee", None) or licensee()
    defaults = {
        "number": f"CCD-2026-{next(_serial):04}", "type": "producer", "issued_on": date(2026, 1, 5),
        "expires_on": date(2027, 1, 5), "mature_plants": 2000,
    }  # fmt: skip
    return License.objects.create(licensee=holder, **(defaults | facts))


def premises(**facts) -> Premises:
    licensed = facts.pop("license", None) or license()
    defaults = {
        "number": f"{licensed.number}-001", "name": licensed.licensee.name, "street": "1 Mesa Road", "city": "Estancia",
        "zip_code": "87016", "county": "Torrance",
    }  # fmt: skip
    return Premises.objects.create(license=licensed, **(defaults | facts))


def representative(of: Licensee, standing: str = "owner", **facts) -> User:
    person = user(Role.REPRESENTATIVE, **facts)
    Representative.objects.create(licensee=of, user=person, standing=standing, added_at=MORNING, added_by=None)
    return person


def entry(**facts) -> CatalogEntry:
    defaults = {
        "code": f"TST-{next(_serial):02}", "since": date(2021, 8, 24), "title": "Labels missing batch number",
        "citation": "16.8.3.9 NMAC", "description": "A label has no batch number.", "severity": "moderate",
    }  # fmt: skip
    return CatalogEntry.objects.create(**(defaults | facts))


def holidays() -> None:
    """The real holidays of 2024 to 2028."""
    from casefile.calendar import read_holidays

    if not Holiday.objects.exists():
        Holiday.objects.bulk_create(Holiday(**row._asdict()) for row in read_holidays())


def planned(officer: User | None = None, *, when: datetime = MORNING, **facts) -> Inspection:
    officer = officer or user()
    place = facts.pop("premises", None) or premises()
    return visit.plan_inspection(place, kind="routine", officer=officer, by=officer, at=when, **facts)


def in_progress(officer: User | None = None, *, when: datetime = MORNING, **facts) -> Inspection:
    case = planned(officer, when=when, **facts)
    return visit.begin_visit(case, present="Tomás Lucero", by=case.officer, at=when)


def with_findings(officer: User | None = None, *, findings: int = 3, when: datetime = MORNING, **facts) -> Inspection:
    """A visit that ended with violations; the notice stands in draft."""
    case = in_progress(officer, when=when, **facts)
    for n in range(findings):
        visit.record_violation(case, entry(title=f"Finding {n + 1}"), seen=f"Seen {n + 1}.", by=case.officer, at=when)
    return visit.end_visit(case, reviewed_with="Tomás Lucero", notes="", by=case.officer, at=when)
