"""What keeps plans apart: no way leads from the storeys below to them, administrators see none, each read is on record."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from accounts.permissions import allows
from casefile.models import CaseFile, Deadline, Delivery, Document, Draft, Event, Notice
from inspections.actions import discipline, visit
from inspections.models import Inspection
from reports.views.files import PAGES as FILES
from schedules.actions import changes, officers
from schedules.models import Leave, OfficerSetup, Plan, PlannedVisit, PlanRead
from tests import factories
from tests.schedules import told
from tests.secrecy import dice
from tests.test_rights import PAGES, Page

BELOW = ("accounts", "casefile", "licensing", "help_center", "inspections", "inventory_windows")
CODE = Path(__file__).parents[2] / "schedules"
OURS = [model for model in apps.get_models() if model._meta.app_label == "schedules"]
NOW = factories.at("2026-11-20 10:00")
HANDED_DOWN = {  # what a lower storey may ask of the schedule by a name in the settings, and why no licensee is near it
    "WORK_OF": "the pages on which a supervisor hands work over",
    "COVERS": "the mail of the morning to officers: whose cases they look after",
    "SECRET_FOLDERS": "keeps plans out of the window on all records",
    "CHORES": "what the sweep does for plans whose bell nobody heard",
}
NOT_NOTED = {  # pages that hold no visit of a plan
    "schedules:plan_make": "asks for a month, officers and lengths of visits",
    "schedules:plan_progress": "how far the planner is",
    "schedules:plan_again": "asks whether the planner shall try again",
    "schedules:officers": "how officers work",
    "schedules:officer": "how one officer works",
    "schedules:leave_add": "asks for days of leave",
    "schedules:leave": "days of leave",
    "schedules:leave_end": "asks whether leave ends",
    "schedules:cover": "cases that are due, of whom the reader stands in for",
    "schedules:feed_page": "whether there is a feed",
    "schedules:hand_over_choose": "how much work each person has: no premises, no day",
    "schedules:unowned": "open work that nobody has",
    "schedules:reads": "who read plans",
}


class TestNoWayUp:
    def test_no_model_below_points_to_a_plan(self):
        lower = [model for model in apps.get_models() if model._meta.app_label in BELOW]
        fields = [field for model in lower for field in model._meta.get_fields() if field.is_relation]
        assert len(OURS) >= 7 and len(lower) > 40
        assert not [str(field) for field in fields if field.related_model in OURS]

    def test_every_table_is_of_the_schedule(self):
        assert all(model._meta.db_table.startswith("schedules_") for model in OURS)

    def test_only_named_settings_hand_something_down(self):
        named = {name for name in dir(settings) if name.isupper() and "schedules." in repr(getattr(settings, name))}
        assert named <= {*HANDED_DOWN, "LOGGING", "INSTALLED_APPS"}

    def test_nothing_of_a_plan_is_cached(self):
        """A key of a cache, or how long something takes to come out of it, would tell. Towns and roads are no plan."""
        files = list(CODE.rglob("*.py"))
        assert len(files) > 20
        assert not [file for file in files if re.search(r"core\.cache|cache_page", file.read_text())]

    def test_a_line_of_the_log_names_no_visit(self):
        """Words in full and names of errors; an operator reads them who may not read plans."""
        calls = [
            (f"{file.name}:{node.lineno}", argument)
            for file in CODE.rglob("*.py")
            for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call) and is_logger(node.func)
            for argument in node.args[1:]
        ]  # fmt: skip
        assert not [
            place for place, argument in calls if ast.unparse(argument) not in ("type(error).__name__", "plan_id")
        ]


def is_logger(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "logger"


# A small world with one plan


@pytest.fixture
def marco(db) -> User:
    return factories.user(Role.SUPERVISOR, name="Marco Baca")


@pytest.fixture
def planned(marco, dana, place) -> Plan:
    return told.published(marco, (dana, place), (dana, None))


def of_plan(plan: Plan, officer: User, by: User) -> dict[str, Any]:
    """What the addresses of the schedule may speak of."""
    row = plan.visits.order_by("pk")[0]
    days = {"first_on": NOW.date(), "last_on": NOW.date()}
    leave = officers.record_leave(officer, **days, cover=by, by=by, at=NOW)
    about = {"ref": plan.ref, "month": f"{plan.month:%Y-%m}", "key": row.key, "visit": row.key, "leave": leave.pk}
    about |= {"draft": told.drafted(by).ref, "officer": officer.pk, "person": officer.pk}
    return about | {"year": NOW.year, "kind": "csv"}


def signed_in(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    browser.get("/profile/")
    return browser


def addresses(about: dict[str, Any]) -> Iterator[tuple[Page, set[str], str]]:
    """Each page of the schedule and of the reports with the names in its address; the files of each dashboard are pages.

    A KeyError means: say in `of_plan` what a new address may speak of.
    """
    for page in PAGES:
        if page.name.startswith(("schedules:", "reports:")) and page.name != "schedules:feed":
            names = re.findall(r"<(?:\w+:)?(\w+)>", page.route)
            for dashboard in FILES if "page" in names else [""]:
                kwargs = {name: (about | {"page": dashboard})[name] for name in names}
                yield page, set(names), reverse(page.name, kwargs=kwargs)


@pytest.mark.django_db
class TestReads:
    def test_each_page_that_shows_a_plan_notes_the_read(self, marco, dana, planned):
        """Which pages show one is seen, not said: their words change with the plan."""
        about = of_plan(planned, dana, marco)
        browser, wrong = signed_in(marco), []
        with time_machine.travel(NOW, tick=False):
            for page, names, url in addresses(about):
                shows = names & {"ref", "key", "visit"} or self.read(browser, url) != self.read(browser, url, none=True)
                before = PlanRead.objects.count()
                if browser.get(url).status_code == 200 and shows and PlanRead.objects.count() == before:
                    wrong.append(page.name)
        assert not set(wrong) - set(NOT_NOTED)

    def read(self, browser: Client, url: str, *, none: bool = False) -> bytes:
        """What stands there; with `none`, as it would without plans."""
        with transaction.atomic(), dice.loaded(url):
            if none:
                PlannedVisit.objects.all().delete()
            reply = browser.get(url)
            found = b"".join(reply.streaming_content) if reply.streaming else reply.content
            transaction.set_rollback(True)
        return found

    def test_the_list_of_pages_without_a_read_is_of_pages_that_are_there(self):
        names = {page.name for page in PAGES}
        assert set(NOT_NOTED) <= names and all(NOT_NOTED.values())


@pytest.mark.django_db
class TestAdministrators:
    def test_of_the_schedule_the_window_has_what_the_table_of_rights_gives_them(self):
        """They see how officers work and who read plans (schedules.see_officers, see_reads), and no plan."""
        shown = {model for model in OURS if admin.site.is_registered(model)}
        assert shown <= {OfficerSetup, Leave, PlanRead}
        assert allows(factories.user(Role.ADMINISTRATOR), "schedules.see_officers")

    def test_the_folder_of_a_plan_is_not_there_either(self, planned):
        browser = signed_in(factories.user(Role.ADMINISTRATOR))
        event = planned.file.events.latest("pk")
        for model, pk in (("casefile", planned.file_id), ("event", event.pk)):
            shown = browser.get(reverse(f"admin:casefile_{model}_changelist"))
            assert (
                shown.status_code == 200 and "Plan published" not in shown.text and planned.file.key not in shown.text
            )
            assert browser.get(reverse(f"admin:casefile_{model}_change", args=[pk])).status_code == 302

    def test_no_page_of_theirs_changes_with_the_visits_of_a_plan(self, marco, dana, planned):
        about, browser = of_plan(planned, dana, marco), signed_in(factories.user(Role.ADMINISTRATOR))
        told_of = []
        with time_machine.travel(NOW, tick=False):
            for page, _, url in addresses(about):
                one, other = (TestReads().read(browser, url, none=none) for none in (False, True))
                told_of += [page.name] if one != other else []
        assert not told_of


OF_FOLDERS: tuple[type[models.Model], ...] = (CaseFile, Event, Deadline, Notice, Delivery, Document, Draft)


def rows(model: type[models.Model]) -> dict[int, str]:
    return {row["id"]: repr(row) for row in model._default_manager.values()}


@pytest.mark.django_db
class TestLeavesNothing:
    def test_what_is_done_to_a_plan_stays_on_its_own_folder(self, marco, dana, place):
        """Published, moved, fixed, skipped, replaced: no row below the schedule changes but the folders of plans."""
        case = factories.planned(dana, premises=place)
        before = {model: rows(model) for model in (*OF_FOLDERS, Inspection)}
        plan = told.published(marco, (dana, place), (dana, None))
        first, second = plan.visits.order_by("position")
        PlannedVisit.objects.filter(pk=first.pk).update(case=case)
        changes.fix_visit(first, by=marco, at=NOW)
        changes.skip_visit(second, reason="The road is closed.", by=dana, at=NOW)
        files = set(Plan.objects.values_list("file", flat=True))
        new = {model: {pk for pk, row in rows(model).items() if kept.get(pk) != row} for model, kept in before.items()}
        assert new.pop(CaseFile) == files
        assert new.pop(Event) == set(Event.objects.filter(file__in=files).values_list("pk", flat=True))
        assert not any(new.values())

    def test_a_planned_inspection_leaves_no_gap_in_the_numbers(self, dana):
        first = factories.in_progress(dana).file.number
        plan = factories.planned(dana)
        second = factories.in_progress(dana).file.number
        assert plan.file.number is None
        assert int(second[-4:]) == int(first[-4:]) + 1

    def test_it_gets_its_number_when_the_visit_begins(self, dana):
        plan = factories.planned(dana)
        other = factories.in_progress(dana)
        begun = visit.begin_visit(plan, present="Tomás Lucero", by=dana, at=factories.MORNING)
        assert begun.file.number > other.file.number

    def test_it_writes_to_nobody_at_the_licensee(self, dana, marco, place, tomas):
        case = factories.planned(dana, premises=place)
        discipline.cancel_inspection(case, reason="Moved.", by=marco, at=NOW)
        theirs = {contact.email for contact in place.licensee.contacts.all()} | {tomas.email}
        assert not Notice.objects.filter(deliveries__email__in=theirs).exists()
