"""The register of 16.8.8 NMAC: no paragraph without a row, and no row that names what is not there."""

import ast
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import get_resolver

from reports.docs import DOCS
from reports.docs.register import REGISTER, Paragraph
from tests.reports.seed import paragraphs

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).with_name("16.8.8-paragraphs.txt")
SEED = ROOT.parent / "shared" / "seeds" / "nmac-16.8.8-plant-limits.txt"
EVERY = pytest.mark.parametrize("row", REGISTER, ids=lambda row: row.id)


def kept() -> list[str]:
    return KEPT.read_text().split()


@cache
def names_in(file: str) -> set[str]:
    """Every test of a file as test and as Class::test, and every class."""
    found = set()
    for node in ast.parse((ROOT / file).read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{it.name}" for it in node.body if isinstance(it, ast.FunctionDef)}
    return found


def is_there(function: str) -> bool:
    module, _, name = function.rpartition(".")
    return callable(getattr(import_module(module), name, None))


def has_address(page: str) -> bool:
    space, _, name = page.partition(":")
    _, resolver = get_resolver().namespace_dict[space]
    return name in resolver.reverse_dict


class TestParagraphs:
    def test_each_has_one_row_in_the_order_of_the_rule(self) -> None:
        assert [row.id for row in REGISTER] == kept()

    def test_the_list_kept_here_is_that_of_the_text(self) -> None:
        if not SEED.exists():
            pytest.skip(f"The text of the rule is not beside this tree ({SEED.name}); the list kept here was compared.")
        assert list(paragraphs(SEED.read_text())) == kept()

    def test_the_text_is_read_to_the_sub_paragraph(self) -> None:
        text = "16.8.8.9 LIMITS\nA. First:\n(1) one;\n(2) two. B. The second\nC. Third\n(4) four\n(a) small\n16.8.8.10 NEXT\nA. More"
        assert list(paragraphs(text)) == [
            "16.8.8.9", "16.8.8.9(A)", "16.8.8.9(A)(1)", "16.8.8.9(A)(2)", "16.8.8.9(B)", "16.8.8.9(C)",
            "16.8.8.9(C)(4)", "16.8.8.9(C)(4)(a)", "16.8.8.10", "16.8.8.10(A)",
        ]  # fmt: skip


class TestRows:
    @EVERY
    def test_a_paragraph_is_carried_and_tested_or_says_why_not(self, row: Paragraph) -> None:
        assert row.is_implemented == bool(row.tests) != bool(row.why)
        assert row.says

    @EVERY
    def test_what_a_row_names_is_there(self, row: Paragraph) -> None:
        assert not [name for name in row.functions if not is_there(name)]
        assert not [name for name in row.pages if not has_address(name)]
        nodes = [name.partition("::") for name in row.tests]
        assert not [file for file, _, name in nodes if name and name not in names_in(file)]
        assert not [file for file, _, _ in nodes if not (ROOT / file).exists()]

    def test_what_is_not_there_is_found_out(self) -> None:
        assert not is_there("licensing.rules.levels.no_such_rule")
        assert not has_address("licensing:no_such_page") and has_address("licensing:limits")
        assert "TestRows::no_such_test" not in names_in("tests/reports/test_register.py")

    def test_the_paper_prints_every_row_and_counts_them(self) -> None:
        paper = DOCS["law.md"]()
        done = sum(row.is_implemented for row in REGISTER)
        assert f"{len(REGISTER)} paragraphs: {done} are carried by code" in paper
        assert not [row.id for row in REGISTER if f"\n| {row.id} | {row.says} |" not in paper]
