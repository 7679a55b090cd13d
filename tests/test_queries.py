"""Queries per page: at most twelve with session and user, as many with ten times the rows; nothing counts or skips a table.

Every address of the URLconf is asked for by GET, by everybody who may see it, in the state in which it has most to show.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, models, transaction

from accounts.models import User
from casefile.calendar import months_before
from casefile.models import Case, Deadline, Delivery, Event, Holiday, Notice, new_key
from help_center.models import Answer, ArticleVersion, Locality, LocalityContact
from inspections.models import Evidence, Inspection, PlanItem, Proof, Receipt
from inventory_windows.models import Opening, Question
from licensing.models import (
    Contact,
    HeldReport,
    HeldRow,
    MonthlyReport,
    PlantRequest,
    Premises,
    ReportImport,
    RequestPiece,
    ShortageEvent,
    ShortageFinding,
    ShortageMeasure,
)
from schedules.models import Leave, OfficerSetup, PlannedVisit, PlanRead, VisitChange
from tests import factories, world
from tests.addresses import Addresses
from tests.test_rights import PAGES
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]

MOST = 12
TIMES = 10
MOST_ROWS = (
    1_500  # the printed case shows all of a case: here thirty violations with plan, proof and photo, and its journal
)
VIEWPOINTS = ("officer", "supervisor", "administrator", "owner")
CONTROL = re.compile(r"^(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET )")
OURS = re.compile(r"^(?!admin:)")  # the admin is Django's own; it is a window for administrators and no daily page


@dataclass
class Cost:
    """What one request asked of the database."""

    statements: list[str] = field(default_factory=list)
    rows: int = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if not CONTROL.match(sql):
            self.statements.append(sql)
            self.rows += max(0, context["cursor"].rowcount)
        return answer

    def __len__(self) -> int:
        return len(self.statements)

    @property
    def bad(self) -> list[str]:
        """Statements that skip rows, or that count a whole table."""
        return [sql for sql in self.statements if " OFFSET " in sql or ("COUNT(" in sql and " WHERE " not in sql)]


def ask(house: World, viewpoint: str, url: str) -> tuple[int, Cost]:
    """The status of one GET and what it cost; it leaves nothing behind."""
    cost, browser = Cost(), house.browser(viewpoint)
    with transaction.atomic():
        with connection.execute_wrapper(cost):
            reply = browser.get(url)
            for _ in reply if reply.streaming else ():
                pass
        transaction.set_rollback(True)
    return reply.status_code, cost


@pytest.fixture(scope="module")
def costs(django_db_setup, django_db_blocker, request) -> Iterator[dict[str, list[Cost]]]:
    """For each page and reader: the cost with few rows and with ten times as many."""
    logging.disable(logging.CRITICAL)
    found: dict[str, list[Cost]] = defaultdict(list)
    with django_db_blocker.unblock(), transaction.atomic():
        house = world.build()
        Inspection.objects.filter(pk__in=[case.pk for case in house.cases.values()]).update(premises=house.premises)
        where = Addresses(house, rich=True)
        pages = {page.name: list(where.of(page)) for page in PAGES if OURS.match(page.name)}
        for grown in (False, True):
            if grown:
                grow(house)
            for name, urls in pages.items():
                for url, viewpoint in ((url, viewpoint) for url in urls for viewpoint in VIEWPOINTS):
                    status, cost = ask(house, viewpoint, url)
                    if status in (200, 302):
                        found[f"{name} {viewpoint} {url}"].append(cost)
        yield found
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
    with request.config.pluginmanager.get_plugin("capturemanager").global_and_fixture_disabled():
        print_table(found)


def print_table(found: dict[str, list[Cost]]) -> None:
    most: dict[str, tuple[int, int, int]] = {}
    for key, costs in found.items():
        name = key.split()[0]
        most[name] = max(most.get(name, (0, 0, 0)), (len(costs[0]), len(costs[-1]), costs[-1].rows))
    print(f"\n{'page':40} queries  with {TIMES} x rows  rows read")
    for name, (few, many, rows) in sorted(most.items(), key=lambda it: (-it[1][1], it[0])):
        print(f"{name:40} {few:7} {many:14} {rows:10}")
    print(
        f"{len(most)} pages, {len(found)} pages by reader, at most {max(many for _, many, _ in most.values())} queries"
    )


def test_every_page_is_asked_for(costs):
    asked = {key.split()[0] for key in costs}
    missing = {page.name for page in PAGES if OURS.match(page.name)} - asked
    assert not {name for name in missing if not name.endswith(NOT_READ)}


NOT_READ = ("_save", "_draft", "account_inactive")  # answer a POST only


def test_no_page_takes_more_than_twelve(costs):
    dear = {key: "\n".join(it[0].statements) for key, it in costs.items() if len(it[0]) > MOST}
    assert not dear, "\n\n".join(f"{key}\n{what}" for key, what in dear.items())


def test_ten_times_the_rows_take_as_many(costs):
    worse = {key: [len(cost) for cost in it] for key, it in costs.items() if len({len(cost) for cost in it}) > 1}
    assert not worse, "\n".join(f"{key}: {what}" for key, what in worse.items())


def test_no_page_reads_a_table(costs):
    greedy = {key: it[-1].rows for key, it in costs.items() if it[-1].rows > MOST_ROWS}
    assert not greedy


def test_nothing_is_skipped_and_no_table_is_counted(costs):
    bad = {sql for it in costs.values() for cost in it for sql in cost.bad}
    assert not bad, "\n".join(bad)


# Ten times the rows


def again(row: models.Model, n: int, **facts: Any) -> models.Model:
    """The same row once more, with what has to differ."""
    values = {
        f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not (f.primary_key or f.generated)
    }
    return type(row)(**(values | facts))


def more(rows: models.QuerySet, **differs: Any) -> None:
    """Nine more of each row; a value that is callable is asked for each (of the row and its turn)."""
    copies = [
        again(row, n, **{name: value(row, n) for name, value in differs.items()})
        for row in rows.order_by("pk")
        for n in range(1, TIMES)
    ]
    type(copies[0])._default_manager.bulk_create(copies) if copies else None


def key(_row: models.Model, _n: int) -> str:
    return new_key()


def grow(house: World) -> None:
    """Ten times the cases, and ten times of everything in the cases that the pages show."""
    for case in house.cases.values():
        for n in range(1, TIMES):
            case_again(case, n, premises_id=house.premises.pk)
    shown = [case.file_id for case in house.cases.values()]
    shown += PlantRequest.objects.values_list("file", flat=True)
    more(Event.objects.filter(file__in=shown))
    more(Holiday.objects.filter(date__year=2028), date=lambda row, n: row.date.replace(year=2030 + n))
    more(
        Deadline.objects.filter(file__in=shown),
        ended_at=lambda row, _: row.ended_at or row.due_at,
        end=lambda row, _: row.end or "met",
        follows_id=lambda *_: None,
    )
    more(Notice.objects.filter(file__in=shown), key=key, once=lambda *_: new_key())
    for notice in Notice.objects.filter(file__in=shown):
        if not notice.deliveries.exists():
            notice.deliveries.create(
                name="A", email="a@example.test", state="sent", message_id=new_key(), settled_at=notice.queued_at
            )
    more(Delivery.objects.filter(notice__file__in=shown), email=lambda row, n: f"{n}.{row.email}", message_id=key)
    more(Receipt.objects.filter(inspection__file__in=shown))
    for case in house.cases.values():
        grow_violations(case)
    more(Contact.objects.filter(licensee=house.firm), email=lambda row, n: f"{n}.{row.email}")
    for _ in range(TIMES - 1):
        factories.representative(house.firm, "manager")
        factories.user("officer")
        factories.license(licensee=house.firm)
        factories.premises()
    grow_help(house)
    grow_windows(house)
    grow_schedule()
    grow_reports()
    more(RequestPiece.objects.all(), round=lambda row, n: row.round + TIMES * n)
    for model in (ShortageFinding, ShortageMeasure):
        more(model.objects.all(), key=key)
    more(ShortageEvent.objects.all())


def grow_reports() -> None:
    """Ten times what was reported and what is held."""
    more(ReportImport.objects.all())
    more(MonthlyReport.objects.all(), month=lambda row, n: months_before(row.month, 2 * n))
    for held in (HeldRow, HeldReport):
        more(held.objects.all(), key=key, line=lambda _, n: n + 2, fingerprint=key)


def grow_schedule() -> None:
    """Ten times the visits and changes of each plan, the leave of each officer, how officers work, and the reads."""
    for visit in PlannedVisit.objects.select_related("plan").order_by("plan_id", "pk").distinct("plan_id"):
        places = Premises.objects.exclude(pk__in=visit.plan.visits.values("premises"))
        for n, place in enumerate(places[: 3 * TIMES], start=2):
            again(visit, n, premises_id=place.pk, key=new_key(), position=n).save()
    more(Leave.objects.all())
    people = User.objects.filter(role="officer").exclude(pk__in=OfficerSetup.objects.values("officer"))
    OfficerSetup.objects.bulk_create(OfficerSetup(officer=it, town="Taos", weekdays=[0]) for it in people)
    more(PlanRead.objects.all())
    more(VisitChange.objects.all())


def grow_windows(house: World) -> None:
    """Ten times the requests, first windows and corrections, each with its lines, its opening and its record."""
    for case in (it for it in house.windows.values() if isinstance(it, Case)):
        for n in range(1, TIMES):
            file = again(case.file, n, key=new_key())
            file.save()
            license = factories.license(licensee=house.firm, mature_plants=10)
            copy = again(case, n, file_id=file.pk, license_id=license.pk, number=case.number and f"{case.number}-{n}")
            copy.save()
            for item in case.items.all() if hasattr(case, "items") else ():
                again(item, n, request_id=copy.pk).save()
            for opening in Opening.objects.filter(file=case.file):
                again(opening, n, file_id=file.pk, license_id=license.pk).save()
        more(Event.objects.filter(file=case.file))
        more(Question.objects.filter(file=case.file), answered_at=lambda row, _: row.asked_at)


def grow_help(house: World) -> None:
    """Ten times the questions, the answers, the versions of articles, the places and their contacts."""
    for question in house.questions:
        for n in range(1, TIMES):
            file = again(question.file, n, key=new_key())
            file.save()
            copy = again(question, n, file_id=file.pk)
            copy.save()
            for answer in question.answers.all():
                again(answer, n, question_id=copy.pk).save()
        more(Event.objects.filter(file=question.file))
    more(Answer.objects.filter(question__in=house.questions), sent_with=lambda row, n: row.sent_with + n)
    more(ArticleVersion.objects.all(), number=lambda row, n: row.number + n)
    more(Locality.objects.all(), name=lambda row, n: f"{row.name} {n}")
    contact = {"number": 1, "office": "Planning", "source": "A call", "at": factories.MORNING}
    by = house.people["officer"]
    LocalityContact.objects.bulk_create(LocalityContact(locality=it, by=by, **contact) for it in Locality.objects.all())
    more(LocalityContact.objects.all(), number=lambda row, n: row.number + n)


def case_again(case: Inspection, n: int, **facts: Any) -> None:
    """One more case like this one, with its clocks, its violations and its notice."""
    number = case.file.number and f"{case.file.number[:3]}{5000 + case.pk % 100 * 20 + n}"
    file = again(case.file, n, key=new_key(), number=number)
    file.save()
    copy = again(case, n, file_id=file.pk, **facts)
    copy.save()
    for row in case.violations.all():
        again(row, n, inspection_id=copy.pk).save()
    for row in case.file.deadlines.all():
        again(row, n, file_id=file.pk, follows_id=None).save()
    for row in case.file.notices.all():
        letter = again(row, n, file_id=file.pk, key=new_key(), once=new_key())
        letter.save()
        for sent in row.deliveries.all():
            again(sent, n, notice_id=letter.pk, message_id=new_key()).save()


def grow_violations(case: Any) -> None:
    """Ten times the violations, each with its plan, its proof and its files."""
    for violation in list(case.violations.all()):
        for n in range(1, TIMES):
            number = violation.number + 100 * n
            copy = again(violation, n, number=number)
            copy.save()
            for plan in PlanItem.objects.filter(violation=violation):
                again(plan, n, violation_id=copy.pk).save()
            proofs = {}
            for proof in Proof.objects.filter(violation=violation):
                proofs[proof.pk] = again(proof, n, violation_id=copy.pk)
                proofs[proof.pk].save()
            for evidence in Evidence.objects.filter(violation=violation).select_related("document"):
                document = again(evidence.document, n, key=new_key())
                document.save()
                sent = proofs[evidence.proof_id].pk if evidence.proof_id else None
                again(evidence, n, violation_id=copy.pk, proof_id=sent, document_id=document.pk).save()
