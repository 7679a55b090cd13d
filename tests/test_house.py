"""The laws of the house that no linter knows."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import packages_distributions
from inspect import getmembers, isfunction, signature
from pathlib import Path
from pkgutil import iter_modules

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db.migrations.loader import MigrationLoader

from accounts.permissions import COLUMNS, TABLE, Reach
from accounts.window import Window
from casefile.law import RULES, citation
from casefile.models import Case
from tests.test_rights import METHODS, PAGES

ROOT = Path(__file__).parent.parent
APPS = settings.PARTS
CASES = [model for model in apps.get_models() if issubclass(model, Case)]
EDGES = re.compile(r"/(views/|views\.py|tasks\.py|notices\.py|checks\.py|management/commands/)")


@cache
def modules() -> dict[Path, ast.Module]:
    """Our code, parsed, without migrations."""
    files = [file for app in APPS for file in (ROOT / app).rglob("*.py") if "migrations" not in file.parts]
    return {file: ast.parse(file.read_text()) for file in files}


def nodes(kind: type, only: str = "") -> Iterator[tuple[Path, ast.AST]]:
    for file, tree in modules().items():
        if re.search(only, str(file)):
            yield from ((file, node) for node in ast.walk(tree) if isinstance(node, kind))


def where(file: Path, node: ast.AST) -> str:
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', '?')}"


def transitions() -> Iterator[tuple[type, object]]:
    for model in CASES:
        for move in model._meta.get_field("state").get_all_transitions(model):
            yield model, move


STEPS = {f"{model._meta.app_label}.{move.name}" for model, move in transitions()}


class TestRights:
    def test_every_step_has_a_row(self):
        assert set(TABLE) >= STEPS

    def test_every_row_is_a_step_an_action_a_page_or_narrows_a_list(self):
        pages = {page.rows(method) for page in PAGES for method in METHODS}
        assert not set(TABLE) - STEPS - actions() - pages - asked()

    def test_no_one_holds_a_reach_that_means_nothing_to_them(self):
        """Licensees reach what is theirs and no more; OWN means nothing to staff."""
        licensees = {"owner", "manager", "viewer"}
        for row, cells in TABLE.items():
            for column, reach in cells.items():
                assert column in COLUMNS and (reach == Reach.OWN) == (column in licensees), row

    def test_the_auditor_changes_nothing(self):
        acts = {row for row in TABLE if row.split(".")[1].split("_")[0] != "see"}
        assert not {row for row in acts if "auditor" in TABLE[row]}


def actions() -> set[str]:
    """What people do that is more than a step: the public functions of each app's actions."""
    found = set()
    for app in ("licensing", "help_center", "inspections", "inventory_windows", "schedules"):
        package = import_module(f"{app}.actions")
        for info in iter_modules(package.__path__):
            module = import_module(f"{app}.actions.{info.name}")
            found |= {f"{app}.{name}" for name, _ in getmembers(module, isfunction) if not name.startswith("_")}
    return found


def asked() -> set[str]:
    """The rows that `visible_to` asks."""
    calls = (node for _, node in nodes(ast.Call, only="/models") if getattr(node.func, "id", "") == "ever_allows")
    return {str(getattr(node.args[1], "value", "")) for node in calls}


class TestSteps:
    def test_every_step_says_its_line_in_the_journal(self):
        assert all(move.custom["title"] for _, move in transitions())

    def test_every_step_takes_the_instant_and_has_one_sentence(self):
        for model in CASES:
            for move in model._meta.get_field("state").get_all_transitions(model):
                step = getattr(model, move.name)
                assert "at" in signature(step).parameters and step.__doc__, move.name

    def test_no_step_is_called_outside_the_door(self):
        """A function of an app's actions may bear the name of its step; a case is asked by nobody but the door."""
        names = {step.split(".")[1] for step in STEPS}
        calls = [(file, node) for file, node in nodes(ast.Call) if isinstance(node.func, ast.Attribute)]
        taken = [
            where(file, node)
            for file, node in calls
            if node.func.attr in names and not is_module(file, node.func.value)
        ]
        assert not taken

    def test_only_the_door_writes_a_state(self):
        updates = [
            where(file, node)
            for file, node in nodes(ast.Call)
            if isinstance(node.func, ast.Attribute) and node.func.attr in ("update", "bulk_update")
            and "state" in {keyword.arg for keyword in node.keywords} and is_of_cases(node)
        ]  # fmt: skip
        assert not updates

    def test_nobody_refreshes_from_the_database(self):
        """django-fsm-2 4.2.4 loses its protection there (docs/house.md, part 6)."""
        found = [where(f, n) for f, n in nodes(ast.Attribute) if n.attr in ("refresh_from_db", "arefresh_from_db")]
        assert not found


def is_module(file: Path, value: ast.AST) -> bool:
    """Whether this name was imported as a module of actions."""
    if not isinstance(value, ast.Name):
        return False
    imported = {
        alias.asname or alias.name.split(".")[-1]
        for node in ast.walk(modules()[file])
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    return value.id in imported and value.id.islower()


def is_of_cases(call: ast.Call) -> bool:
    """Whether the rows that are updated can be cases: their queryset names a case's model or relation."""
    words = {node.attr for node in ast.walk(call.func) if isinstance(node, ast.Attribute)}
    words |= {node.id for node in ast.walk(call.func) if isinstance(node, ast.Name)}
    return bool(words & ({model.__name__ for model in CASES} | {"inspections", "inspection", "follow_ups", "case"}))


class TestRules:
    def test_every_rule_cites(self):
        rules = {
            f"{app}.{name}": rule
            for app in ("licensing", "help_center", "inspections", "inventory_windows", "schedules")
            for name, rule in getmembers(import_module(f"{app}.rules"), isfunction)
            if name.startswith("reasons_not_to")
        }
        assert len(rules) > 15
        assert not [name for name, rule in rules.items() if not citation(rule)]

    def test_every_rule_that_cites_is_one_sentence_in_plain_words(self):
        for rule in RULES:
            words = (rule.__doc__ or "").split("Cites:")[0].strip()
            assert words and words.endswith("."), rule.__qualname__


class TestTime:
    def test_only_the_edges_read_the_clock(self):
        reads = [
            where(file, node)
            for file, node in nodes(ast.Attribute)
            if node.attr in ("now", "today", "utcnow") and isinstance(node.value, ast.Name)
            and node.value.id in ("timezone", "datetime", "date") and not EDGES.search(str(file))
        ]  # fmt: skip
        assert not [it for it in reads if not it.startswith("demonstration/")]


class TestEffects:
    def test_no_signals(self):
        imports = [
            where(file, node)
            for file, node in nodes(ast.ImportFrom)
            if node.module and re.search(r"\.signals$|^django\.dispatch", node.module)
        ]
        assert not imports

    def test_one_package_owns_django_fsm(self):
        assert set(packages_distributions()["django_fsm"]) == {"django-fsm-2"}
        assert "django_fsm_log" not in packages_distributions()

    def test_no_view_does_without_the_token(self):
        assert not [where(file, node) for file, node in nodes(ast.Name) if node.id == "csrf_exempt"]


class TestLists:
    VISIBLE = {
        model.__name__ for model in apps.get_models()
        if model._meta.app_label in APPS and hasattr(model._default_manager, "visible_to")
    }  # fmt: skip

    def managers(self) -> Iterator[tuple[str, str, str]]:
        """Every `Model.objects.first(...)` in a view: where, the model, the first word."""
        for file, node in nodes(ast.Attribute, only=r"/views/|/views\.py"):
            below = node.value
            if isinstance(below, ast.Attribute) and below.attr in ("objects", "_default_manager", "_base_manager"):
                yield where(file, node), getattr(below.value, "id", "?"), node.attr

    def test_what_people_see_comes_from_visible_to(self):
        assert {"Inspection", "Licensee", "Premises"} <= self.VISIBLE
        raw = [(place, model, word) for place, model, word in self.managers() if model in self.VISIBLE]
        assert not [it for it in raw if it[2] != "visible_to"]

    def test_no_view_takes_a_row_from_a_raw_manager(self):
        assert not [it for it in self.managers() if it[2] == "get"]


class TestTemplates:
    FILES = sorted((ROOT / "templates").rglob("*.html"))

    @pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT / "templates")))
    def test_components_see_only_what_they_are_given(self, file):
        includes = re.findall(r"{%\s*include\s+[\"']components/[^%]*%}", file.read_text())
        assert not [it for it in includes if not re.search(r"\bonly\s*%}$", it)]

    def test_no_sentence_ends_in_two_periods(self):
        """A time of day ends in one of its own: 4:12 p.m."""
        twice = re.compile(r"\|\s*(time_12|instant)\s*}}\.")
        assert not [str(file) for file in self.FILES if twice.search(file.read_text())]

    def test_no_page_carries_script_or_style_of_its_own(self):
        """The policy for browsers forbids both. Letters are mailed or printed, not shown by us."""
        pages = [file for file in self.FILES if not {"letters", "uswds"} & set(file.parts)]
        own = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=\"|\son[a-z]+=\"|\|safe\b|autoescape off")
        frames = {"mail.html", "letter.html", "print.html"}
        assert not [file.name for file in pages if file.name not in frames and own.search(file.read_text())]


class TestAdmin:
    def test_it_is_a_window(self):
        assert all(isinstance(shown, Window) for shown in admin.site._registry.values())


class TestMigrations:
    def test_each_app_has_one_last_migration(self):
        leaves = MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes()
        ours = [app for app, _ in leaves if app in APPS]
        assert len(ours) == len(set(ours))

    def test_their_names_say_what_they_do(self):
        names = [file.stem for app in APPS for file in (ROOT / app / "migrations").glob("0*.py")]
        assert not [name for name in names if re.search(r"_auto_|_alter_|\d{8}", name)]
