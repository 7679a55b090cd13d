"""An invented Division in bulk: premises, cases with their clocks and violations, requests and a plan, all at random."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from accounts.models import Role, User
from casefile.calendar import local_day
from casefile.models import CaseFile, Deadline, new_key
from inspections import clocks
from inspections.models import CatalogEntry, Inspection, Violation
from inspections.stages import State
from licensing.counties import COUNTIES
from licensing.models import License, Licensee, PlantRequest, Premises
from licensing.stages import RequestState
from schedules.models import Leave, Plan, PlannedVisit
from schedules.stages import PlanState

Outcome = Inspection.Outcome
TYPES = ("producer", "retailer", "manufacturer", "courier")
SEVERITIES = ("minor", "moderate")
NOLV = [State.CAP_DUE, State.CAP_IN_REVIEW, State.CORRECTIONS_DUE, State.CORRECTIONS_IN_REVIEW, State.DISCIPLINE]
STATES = [State.PLANNED, State.IN_PROGRESS, State.FINDINGS_RECORDED, *NOLV, *[State.CLOSED] * 6, State.CANCELLED]


@dataclass
class Division:
    """What was invented."""

    at: datetime
    officers: list[User] = field(default_factory=list)
    premises: list[Premises] = field(default_factory=list)
    entries: list[CatalogEntry] = field(default_factory=list)
    cases: list[Inspection] = field(default_factory=list)


def invent(chance: Random, at: datetime, *, premises: int, cases: int, officers: int = 4) -> Division:
    """A Division of this size; everything it holds lies in the two years before `at`."""
    found = Division(at)
    found.officers = [
        User.objects.create(email=f"o{n}.{new_key()}@example.test", name=f"Officer {n}", role=Role.OFFICER)
        for n in range(officers)
    ]
    found.entries = CatalogEntry.objects.bulk_create(
        CatalogEntry(
            code=f"R-{n:02}",
            since=date(2021, 8, 24),
            title=f"Rule {n}",
            citation="16.8.3.9 NMAC",
            description="A rule.",
            severity="moderate",
        )
        for n in range(8)
    )
    found.premises = places(chance, premises)
    found.cases = visits(chance, found, cases)
    broken(chance, found)
    deadlines(chance, found)
    asked(chance, found)
    plan(chance, found)
    return found


def places(chance: Random, many: int) -> list[Premises]:
    """Premises in any county, most of them operating."""
    firms = Licensee.objects.bulk_create(Licensee(name=f"Firm {n}") for n in range(max(1, many * 2 // 3)))
    licenses = License.objects.bulk_create(
        License(
            number=f"CCD-2023-{n:05}", licensee=chance.choice(firms), type=chance.choice(TYPES), issued_on=date(2023, 1, 5),
            expires_on=date(2027, 1, 5), status=chance.choice(["active"] * 8 + ["suspended", "expired"]),
            level=chance.choice([None, 1, 2]), mature_plants=chance.choice([None, 500, 2000]),
        )
        for n in range(many)
    )  # fmt: skip
    return Premises.objects.bulk_create(
        Premises(
            number=f"{it.number}-001",
            license=it,
            name=f"Place {chance.randrange(many)}",
            city="Estancia",
            county=chance.choice(["", *COUNTIES[:6], *COUNTIES]),
            operating=chance.random() < 0.95,
        )
        for it in licenses
    )


def ago(chance: Random, at: datetime, days: int) -> datetime:
    """An instant of the last days, to the second."""
    return at - timedelta(seconds=chance.randrange(days * 86_400))


def visits(chance: Random, of: Division, many: int) -> list[Inspection]:
    """Cases in every state; their folders were opened before them."""
    told = [_case(chance, of, chance.choice(STATES)) for _ in range(many)]
    files = CaseFile.objects.bulk_create(
        CaseFile(opened_at=it.pop("opened_at"), number=f"26-{n:05}" if it["visit_began_at"] else None)
        for n, it in enumerate(told)
    )
    return Inspection.objects.bulk_create(Inspection(file=file, **it) for file, it in zip(files, told, strict=True))


def _case(chance: Random, of: Division, state: State) -> dict[str, Any]:
    opened = ago(chance, of.at, 700)

    def after(instant: datetime, days: int) -> datetime:
        return instant + (of.at - instant) * min(1.0, chance.random() * days / max(1, (of.at - instant).days))

    case: dict[str, Any] = {
        "opened_at": opened, "premises": chance.choice(of.premises), "officer": chance.choice(of.officers), "state": state,
        "kind": chance.choice(["routine"] * 3 + ["complaint"]), "visit_began_at": None,
    }  # fmt: skip
    if state == State.PLANNED:
        return case | {"planned_on": local_day(opened) + timedelta(days=9)}
    began = case["visit_began_at"] = after(opened, 8)
    if state in (State.IN_PROGRESS, State.FINDINGS_RECORDED):
        return case
    if state == State.CANCELLED:
        return case | {"closed_at": after(began, 5)}
    if state == State.CLOSED and chance.random() < 0.3:
        return case | {"closed_at": began, "outcome": Outcome.COMPLIANT, "open_to_licensee_at": began}
    served = case["nolv_served_at"] = case["open_to_licensee_at"] = after(began, 6)
    if state == State.CLOSED:
        outcome = chance.choice([Outcome.CORRECTED] * 5 + [Outcome.PENALTY, Outcome.SUSPENSION, Outcome.DISMISSED])
        case |= {"closed_at": after(served, 90), "outcome": outcome}
    return case


def broken(chance: Random, of: Division) -> None:
    """One to three violations for each case with findings."""
    rows = []
    for case in of.cases:
        if case.visit_began_at and case.outcome != Outcome.COMPLIANT and case.state != State.IN_PROGRESS:
            rows += [
                Violation(
                    inspection=case,
                    number=n,
                    entry=chance.choice(of.entries[: chance.choice([2, 8])]),
                    seen="Seen.",
                    severity=chance.choice(SEVERITIES),
                    recorded_at=case.visit_began_at,
                    recorded_by=case.officer,
                )
                for n in range(1, chance.randrange(2, 5))
            ]
    Violation.objects.bulk_create(rows)


def deadlines(chance: Random, of: Division) -> None:
    """A clock for each notice: running while the case is open, else ended in some way; the folder says what is due."""
    rows, files = [], []
    for case in of.cases:
        if case.nolv_served_at is None:
            continue
        due = case.nolv_served_at + timedelta(days=chance.randrange(5, 40))
        row = Deadline(
            file=case.file, clock=clocks.CAP_DUE.key, started_at=case.nolv_served_at, due_at=due, due_on=local_day(due),
            counted={"rule": "r", "due_at": due.isoformat()},
        )  # fmt: skip
        if case.closed_at or case.state == State.DISCIPLINE or chance.random() < 0.4:
            row.ended_at = min(case.closed_at or of.at, due + timedelta(days=chance.randrange(-4, 5)))
            row.end = chance.choice(["cancelled", "superseded", *["late" if row.ended_at > due else "met"] * 4])
        else:
            case.file.due_at = due
            files.append(case.file)
        rows.append(row)
    Deadline.objects.bulk_create(rows)
    CaseFile.objects.bulk_update(files, ["due_at"], batch_size=1000)


def asked(chance: Random, of: Division) -> None:
    """Requests about plants that wait, and some that were decided."""
    licenses = [it.license for it in of.premises[::3]]
    files = CaseFile.objects.bulk_create(CaseFile(opened_at=ago(chance, of.at, 200)) for _ in licenses)
    states = [RequestState.SUBMITTED, RequestState.INCOMPLETE, RequestState.IN_REVIEW, RequestState.APPROVED]
    rows = []
    for file, license in zip(files, licenses, strict=True):
        state = chance.choice(states)
        rows.append(
            PlantRequest(
                file=file, license=license, state=state, kind="increase", plants=500, sent_at=file.opened_at,
                last_sent_at=file.opened_at, officer=chance.choice([None, *of.officers]),
                decided_at=of.at - (of.at - file.opened_at) / 2 if state == RequestState.APPROVED else None,
                **({"granted": 500} if state == RequestState.APPROVED else {}),
            )
        )  # fmt: skip
    PlantRequest.objects.bulk_create(rows)


def plan(chance: Random, of: Division) -> None:
    """A published plan of the month, and somebody on leave."""
    month = local_day(of.at).replace(day=1)
    made = Plan(
        file=CaseFile.objects.create(opened_at=of.at), month=month, number=1, state=PlanState.PUBLISHED, made_at=of.at,
        made_by=of.officers[0], starts_on=month, seed=1, published_at=of.at,
    )  # fmt: skip
    made.save()
    PlannedVisit.objects.bulk_create(
        PlannedVisit(
            plan=made,
            premises=place,
            officer=chance.choice(of.officers),
            day=month + timedelta(days=chance.randrange(28)),
            position=1,
            minutes=90,
            purpose="routine",
            **({"skipped_at": of.at, "skip_reason": "Road closed."} if chance.random() < 0.2 else {}),
        )
        for place in chance.sample(of.premises, len(of.premises) // 4)
    )
    Leave.objects.create(
        officer=of.officers[0], first_on=month, last_on=month + timedelta(days=40), recorded_at=of.at,
        recorded_by=of.officers[1],
    )  # fmt: skip
