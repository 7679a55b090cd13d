"""The papers printed from the code: true, whole, and out of date only with a word."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.permissions import TABLE
from casefile.law import RULES, VALUES
from casefile.policies import POINTS
from inspections.models import Inspection
from reports.docs import DOCS
from reports.docs.law import test_of as file_that_tests


def run(folder, **options) -> str:
    said = StringIO()
    call_command("print_docs", folder=folder, stdout=said, stderr=said, **options)
    return said.getvalue()


class TestCommand:
    def test_it_writes_what_it_then_finds_unchanged(self, tmp_path):
        assert "3 written" in run(tmp_path)
        assert "0 differ" in run(tmp_path, check=True)

    def test_check_names_the_paper_and_the_line_and_writes_nothing(self, tmp_path):
        run(tmp_path)
        paper = tmp_path / "permissions.md"
        paper.write_text(text := paper.read_text().replace("own cases", "any", 1))
        said = StringIO()
        with pytest.raises(CommandError, match="permissions.md"):
            call_command("print_docs", folder=tmp_path, check=True, stdout=said, stderr=said)
        assert "own cases" in said.getvalue() and paper.read_text() == text


class TestPapers:
    def test_every_right_stands_in_the_table_with_words(self):
        lines = {line.split("`")[1]: line for line in DOCS["permissions.md"]().splitlines() if line.startswith("| `")}
        assert set(lines) == set(TABLE)
        assert not [row for row, line in lines.items() if not line.split("|")[2].strip()]

    def test_every_state_and_step_stands_in_the_machine(self):
        paper = DOCS["states.md"]()
        assert all(f"`{state}`" in paper for state in Inspection.State.values)
        moves = Inspection._meta.get_field("state").get_all_transitions(Inspection)
        assert all(f"| `{move.name}` |" in paper for move in moves)

    def test_every_rule_value_and_open_point_stands_in_the_law(self):
        paper = DOCS["law.md"]()
        assert all(f"`{rule.__module__}.{rule.__qualname__}`" in paper for rule in RULES)
        assert all(name in paper for name in VALUES) and all(point.label in paper for point in POINTS.values())

    def test_every_rule_has_its_test(self):
        assert not [rule.__qualname__ for rule in RULES if not file_that_tests(rule)]
