"""Two licensees, everybody who may come near them, one inspection in every state: what the matrix of rights walks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from http.cookies import SimpleCookie
from io import BytesIO
from itertools import count
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import Invitation, Role, User
from casefile import notices
from casefile.actions import act
from casefile.mailbox import Mailbox
from casefile.models import Holiday
from help_center.models import Locality, Question
from inspections.actions import correction, discipline, visit
from inspections.models import Inspection
from licensing.actions import requests
from licensing.actions.answers import save_answers
from licensing.actions.keep_terms import take_up
from licensing.actions.plants import authorize
from licensing.actions.reports import save_report_draft, send_report
from licensing.models import (
    HeldReport,
    HeldRow,
    License,
    Licensee,
    Premises,
    RegisterRun,
    ReportImport,
    ShortageMeasure,
)
from schedules.actions import officers
from schedules.actions.feeds import make_feed
from schedules.actions.reads import note_read
from tests import factories
from tests.help_center import told as told_of_help
from tests.inspections import told
from tests.inventory_windows import told as told_of_windows
from tests.licensing import asked, report_files, shortages
from tests.schedules import told as told_of_plans

STAFF = {
    "officer": Role.OFFICER,
    "other officer": Role.OFFICER,
    "supervisor": Role.SUPERVISOR,
    "administrator": Role.ADMINISTRATOR,
    "auditor": Role.AUDITOR,
}
OURS = ("owner", "manager", "viewer")
LICENSEES = (*OURS, "stranger", "removed")
OUTSIDE = ("anonymous", "deactivated", "clockwork")
VIEWPOINTS = (*STAFF, *LICENSEES, *OUTSIDE)


@dataclass
class Place:
    """Something an address may speak of: its arguments, and whether our licensee's people may know of it."""

    arguments: dict[str, Any]
    shown: bool = True
    state: str = ""


@dataclass
class World:
    """The people by viewpoint, each with a browser; and the cases by state."""

    people: dict[str, User] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    cases: dict[str, Inspection] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    windows: dict[str, Any] = field(default_factory=dict)
    firm: Licensee = None  # type: ignore[assignment]
    premises: Premises = None  # type: ignore[assignment]

    def browser(self, viewpoint: str) -> Client:
        """The browser as it was after signing in, whatever the last page did to its cookies."""
        found = self.browsers[viewpoint]
        found.cookies = SimpleCookie(found.signed_in)  # type: ignore[attr-defined]
        return found


def build() -> World:
    """A new world; call it inside a transaction."""
    world = World()
    factories.holidays()
    world.premises = factories.premises()
    world.firm = world.premises.licensee
    for name, role in STAFF.items():
        world.people[name] = factories.user(role)
    for name in OURS:
        world.people[name] = factories.representative(world.firm, name)
    world.people["stranger"] = factories.representative(factories.licensee())
    world.people["removed"] = factories.representative(world.firm)
    world.people["deactivated"] = factories.user(Role.SUPERVISOR)
    world.people["clockwork"] = User.objects.clockwork()
    world.cases = dict(cases(world))
    told_of_help.loaded()
    world.questions = told_of_help.asked(world.firm, world.people["owner"], world.people["officer"])
    world.windows = told_of_windows.every(world.firm, world.people["officer"])
    notices.pdf_of(world.cases["cap_due"].file.notices.get(letter="inspections.nolv"))  # once, not for every reader
    for viewpoint in VIEWPOINTS:
        world.browsers[viewpoint] = sign_in(world.people.get(viewpoint))
    removed = world.people["removed"].represents.get()
    removed.removed_at, removed.removed_by = factories.MORNING, world.people["owner"]
    removed.save()
    User.objects.filter(pk=world.people["deactivated"].pk).update(is_active=False)
    return world


def sign_in(person: User | None) -> Client:
    browser = Client(raise_request_exception=False)
    if person is not None:
        browser.force_login(person)
        browser.get("/profile/")  # the first page of a session is the one that writes it
    browser.signed_in = browser.cookies.output(header="", sep=";")  # type: ignore[attr-defined]
    return browser


def cases(world: World) -> Iterator[tuple[str, Inspection]]:
    """One inspection in every state, all of one officer, each at premises of its own under one license."""
    officer, supervisor = world.people["officer"], world.people["supervisor"]
    serial = count(2)

    def at() -> dict[str, Any]:
        licensed = world.premises.license
        return {"premises": factories.premises(license=licensed, number=f"{licensed.number}-{next(serial):03}")}

    yield "planned", factories.planned(officer, **at())
    yield "in_progress", violated(factories.in_progress(officer, **at()), officer)
    yield "findings_recorded", factories.with_findings(officer, **at())
    yield "cap_due", told.received(officer, **at())
    yield "cap_in_review", told.with_plan(officer, **at())
    yield "corrections_due", told.in_corrections(officer, **at())
    yield "corrections_in_review", proved(told.in_corrections(officer, **at()))
    yield "ready_to_close", (fixed := told.all_fixed(officer, **at()))
    yield "closed", act(told.all_fixed(officer, **at()), "close_out", by=officer, at=fixed.received_at + 5 * told.LATER)
    yield "discipline", told.referred(officer, supervisor, **at())
    case = factories.planned(officer, **at())
    yield "cancelled", discipline.cancel_inspection(case, reason="It moved.", by=officer, at=told.SERVED)


def picture() -> SimpleUploadedFile:
    """A photo of nothing, as a phone would send it."""
    bytes_ = BytesIO()
    Image.new("RGB", (32, 24), "#4f7f4d").save(bytes_, "JPEG")
    return SimpleUploadedFile("photo.jpg", bytes_.getvalue(), "image/jpeg")


def violated(case: Inspection, officer: User) -> Inspection:
    """With one violation and its photo, of a visit that the licensee does not see yet."""
    visit.record_violation(case, factories.entry(), seen="Seen.", photos=[picture()], by=officer, at=factories.MORNING)
    return case


def proved(case: Inspection) -> Inspection:
    """With a real photo as proof of every violation."""
    owner, at = told.owner_of(case), case.received_at + 3 * told.LATER
    numbers = [violation.number for violation in case.violations.all()]
    for violation in case.violations.all():
        correction.add_evidence(violation, picture(), by=owner, at=at)
    return correction.send_evidence(case, dict.fromkeys(numbers, "Fixed."), by=owner, at=at)


# What an address may speak of


def places(world: World, name: str, route: str, states: tuple[str, ...]) -> list[Place]:
    """The things to put into the address of the page `name`; raises LookupError for a kind nobody has named here."""
    if "<" not in route:
        return [Place({})]
    first = route.split("/")[0]
    if first in ("cases", "inspections", "notices"):
        return [Place(of_case(world.cases[state]), is_open(world.cases[state]), state) for state in states]
    if first in ("my-windows", "my-corrections", "windows"):
        return [of_window(world, name.split(":")[-1])]
    if first not in ABOUT:
        raise LookupError(f"{name}: say in tests/world.py what {route} may speak of (ABOUT)")
    return ABOUT[first](world)


def is_open(case: Inspection) -> bool:
    return case.open_to_licensee_at is not None


def of_case(case: Inspection) -> dict[str, Any]:
    letter, deadline = case.file.notices.order_by("pk").first(), case.file.deadlines.first()
    return {
        "ref": case.file.ref,
        "key": case.file.key,
        "n": 1,
        "code": factories.entry().code,
        "letter": letter.key if letter else "a" * 16,
        "deadline": deadline.pk if deadline else 0,
    }


def of_licensee(world: World) -> list[Place]:
    manager = world.people["manager"].represents.get()
    return [Place({"key": world.firm.key, "person": manager.pk, "contact": world.firm.contacts.first().pk})]


def of_license(world: World) -> list[Place]:
    """A license with a history of plants, and with the year that the sweep gives it."""
    license, supervisor = world.premises.license, world.people["supervisor"]
    if take_up(at=factories.MORNING):
        authorize(
            license, level=1, mature_plants=1_900, since=factories.MORNING.date(), source="decrease", by=supervisor,
            at=factories.MORNING,
        )  # fmt: skip
    return [Place({"number": reported(world).number})]


def of_document(world: World) -> list[Place]:
    """Proof that our licensee sent, and a photo of a visit that is not open to it."""
    proof, photo = (world.cases[state].file.documents.first() for state in ("corrections_in_review", "in_progress"))
    assert proof and photo
    return [Place({"key": proof.key}), Place({"key": photo.key}, shown=False)]


def of_letter(world: World) -> list[Place]:
    found = world.cases["cap_due"].file.notices.get(letter="inspections.nolv")
    return [Place({"key": found.key, "copy": found.deliveries.first().pk})]


def of_held_row(world: World) -> list[Place]:
    run = RegisterRun.objects.create(**RUN)
    row = HeldRow.objects.create(run=run, line=2, facts={}, fingerprint="f", reason="no_number")
    return [Place({"key": row.key})]


def of_shortage(world: World) -> list[Place]:
    """A finding with a measure that reports tell of; made once."""
    measure = ShortageMeasure.objects.select_related("finding").first() or shortages.ordered(
        world.people["supervisor"], shortages.QUOTA, at=factories.at("2026-07-31 09:00"),
        finding=shortages.found(
            world.people["supervisor"], at=factories.at("2026-07-31 09:00"), period_from=date(2026, 1, 1)
        ),
    )  # fmt: skip
    return [Place({"finding": measure.finding.key, "measure": measure.key, "kind": shortages.SET_ASIDE.value})]


def of_own_license(world: World) -> list[Place]:
    """A license that has reported, with a month that its owner has typed and not sent."""
    license, owner = reported(world), world.people["owner"]
    typed = report_files.NUMBERS | {"notes": "A good month."}
    save_report_draft(license, date(2026, 10, 1), typed, seen="", by=owner, at=LATER)
    return [Place({"number": license.number, "month": "2026-10", "kind": "increase"})]


def of_own_request(world: World) -> list[Place]:
    """A draft with words and a paper, one that lacks something, and one that was denied."""
    owner, officer = world.people["owner"], world.people["officer"]
    licenses = [asked.grower(licensee=world.firm, mature_plants=500) for _ in range(3)]
    draft = asked.begun(licenses[0])
    requests.attach_document(draft, "water", asked.paper(), by=owner, at=asked.BEGUN)
    save_answers(draft, {"water": {"quantity": "3 acre-feet"}}, seen={}, by=owner, at=asked.BEGUN)
    cases = {"draft": draft, "incomplete": asked.incomplete(officer, licenses[1])}
    cases["denied"] = asked.denied(officer, licenses[2])
    pieces = {"draft": "water", "incomplete": "inventory", "denied": "water"}
    return [Place({"key": case.file.key, "piece": pieces[name]}, state=name) for name, case in cases.items()]


def of_request(world: World) -> list[Place]:
    """A request of our licensee to check, one that lacks something, one to decide, and one that was granted."""
    officer = world.people["officer"]
    ways = {
        "submitted": asked.taken,
        "incomplete": asked.incomplete,
        "in_review": asked.again_in_review,
        "approved": asked.approved,
    }
    licenses = [asked.grower(licensee=world.firm, mature_plants=500) for _ in ways]
    cases = {name: way(officer, license) for (name, way), license in zip(ways.items(), licenses, strict=True)}
    return [Place({"ref": case.file.ref}, state=name) for name, case in cases.items()]


def of_held_report(world: World) -> list[Place]:
    month, by = reported(world).reports.all()[0].month, world.people["officer"]
    counts = {"rows": 1, "created": 0, "corrected": 0, "unchanged": 0, "held": 1}
    run = ReportImport.objects.create(month=month, at=LATER, by=by, file_name="a.csv", sha256="0" * 64, **counts)
    facts = {"month": month, "line": 2, "fingerprint": "f", "reason": "license not on record", "reasons": ["Why."]}
    row, _ = HeldReport.objects.get_or_create(
        fingerprint="f", defaults=facts | {"run": run, "facts": {"notes": "Words"}}
    )
    return [Place({"key": row.key})]


def reported(world: World) -> License:
    """The license with two months of reports, the later one corrected."""
    license, owner = world.premises.license, world.people["owner"]
    numbers = {name: Decimal(value) for name, value in report_files.NUMBERS.items()}
    if not license.reports.exists():
        for month in (date(2026, 8, 1), date(2026, 9, 1)):
            send_report(license, month, numbers | {"flowering_female": Decimal(2_500)}, by=owner, at=LATER)
        send_report(license, date(2026, 9, 1), numbers, by=owner, at=LATER, reason="We counted one room twice.")
    return license


def of_settings(world: World) -> list[Place]:
    day = Holiday.objects.first()
    assert day is not None
    return [Place({"member": world.people["auditor"].pk, "day": day.date.isoformat(), "name": "receipt_kinds"})]


def of_mail(world: World) -> list[Place]:
    assert settings.MAIL.folder
    box = Mailbox(settings.MAIL.folder)
    box.put("<world@example.test>", b"Subject: Hello\nTo: a@example.test\n\nHello.\n")
    return [Place({"name": box.latest(1)[0].name})]


def of_invitation(world: World) -> list[Place]:
    _, key = Invitation.objects.issue(
        world.people["auditor"], by=world.people["administrator"], at=factories.MORNING.now(factories.DENVER)
    )
    return [Place({"key": key})]


def of_window(world: World, name: str) -> Place:
    """A window or a correction in the state in which this page has most to show, all of our licensee."""
    window = world.windows[WINDOW_IN.get(name, "in_review")]
    correction = world.windows["correction_asked" if "answer" in name else "correction"]
    asked = correction if "correction" in name else window
    return Place(
        {
            "key": asked.file.key, "number": world.windows["drafted"].license.number, "window": window.number,
            "correction": correction.number, "license": world.windows["new"].number,
        }
    )  # fmt: skip


WINDOW_IN = {
    "own_documents": "documents_asked", "window_review": "requested", "window_time": "approved",
    "window_opened": "approved", "window_shut": "shut", "own_window": "open",
}  # fmt: skip


def of_help(world: World) -> list[Place]:
    """An article, and two questions of our licensee."""
    return [Place({"slug": "time-to-correct", "key": question.file.key}) for question in world.questions]


def of_questions(world: World) -> list[Place]:
    """The desk's side of the same questions, and of the words of the help."""
    about = {"slug": "time-to-correct", "language": "en", "number": 1, "place": Locality.objects.first().pk}  # type: ignore[union-attr]
    return [Place(about | {"ref": question.file.key}) for question in world.questions]


def of_schedule(world: World) -> list[Place]:
    """A published month of the officer, who stands in for a colleague, and has a calendar feed."""
    officer, other, supervisor = (world.people[name] for name in ("officer", "other officer", "supervisor"))
    plan = told_of_plans.published(supervisor, (officer, world.premises), (officer, None), (other, None))
    days = {"first_on": LATER.date(), "last_on": date(2027, 12, 31)}
    leave = officers.record_leave(other, **days, cover=officer, by=supervisor, at=LATER)
    officers.set_up(officer, officers.Setup("Estancia", ("Torrance",), (0, 1, 2, 3), 600, True), by=supervisor)
    note_read(supervisor, month=plan.month, page="schedules:plan", at=LATER)
    about = {"month": f"{plan.month:%Y-%m}", "key": plan.visits.get(premises=world.premises).key, "leave": leave.pk}
    waits = told_of_plans.proposed(supervisor, (officer, world.premises), (other, None))
    told_of_plans.changed(waits, supervisor)
    about |= {"ref": waits.ref, "draft": told_of_plans.failed(supervisor).ref, "visit": waits.visits.all()[0].key}
    return [Place(about | {"feed": make_feed(officer, at=LATER), "officer": officer.pk, "person": officer.pk})]


TEAM_FILES = (("today", "xlsx"), ("coverage", "csv"), ("cases", "csv"))
LATER = factories.at("2026-11-10 09:00")
RUN = {"file_name": "extract.csv", "sha256": "0" * 64, "at": factories.MORNING}
RUN |= {"rows": 1, "created": 0, "updated": 0, "unchanged": 0, "held": 1}
ABOUT = {
    "premises": lambda world: [Place({"number": world.premises.number})],
    "licenses": of_license,
    "licensees": of_licensee,
    "documents": of_document,
    "letters": of_letter,
    "register": of_held_row,
    "my-licenses": of_own_license,
    "my-requests": of_own_request,
    "reports": of_held_report,
    "requests": of_request,
    "settings": of_settings,
    "mail": of_mail,
    "shortage": of_shortage,
    "team": lambda world: [Place({"year": 2026, "page": page, "kind": kind}) for page, kind in TEAM_FILES],
    "schedule": of_schedule,
    "rules": lambda world: [Place({"code": factories.entry().code})],
    "invitation": of_invitation,
    "help": of_help,
    "questions": of_questions,
    "password": lambda world: [Place({"uidb36": "1", "key": "set-password"})],
    "admin": lambda world: [Place({"object_id": str(world.cases["planned"].pk), "app_label": "casefile"})],
}  # fmt: skip
