"""`.venv/bin/python -m drills.mutation`: the mutation score of licensing/rules, measured by mutmut.

mutmut leaves decorated functions alone, and every rule is decorated with its citation. So the drill works on a copy in
which `@cites(...)` above a function is a call below it, which is the same. Only tests of pure functions run.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES, TESTS = "licensing/rules", "tests/licensing"
BESIDE = ("casefile/__init__.py", "casefile/law.py", "casefile/calendar", "casefile/data", "licensing/__init__.py",
          "inspections/data")  # fmt: skip
PURE = ("licensing", "licensing.rules", "casefile.law", "casefile.calendar")
HOUSE = {"accounts", "casefile", "config", "demonstration", "django", "inspections", "licensing", "reports", "tests"}
WANTED = 90
SETTINGS = f"""
[tool.mutmut]
source_paths = ["{RULES}"]
also_copy = ["casefile", "licensing", "inspections"]
pytest_add_cli_args = ["-p", "no:django", "-p", "no:xdist"]
pytest_add_cli_args_test_selection = ["{TESTS}"]

[tool.pytest.ini_options]
"""


def main() -> int:
    """Measure, print the score and every mutant that no test found; 1 when the score is below what is wanted."""
    with tempfile.TemporaryDirectory(prefix="ccd-mutation-") as folder:
        shop = Path(folder)
        tests = furnish(shop)
        print(f"{len(tests)} test files: {', '.join(sorted(tests))}", flush=True)
        mutmut(shop, "run", "--max-children", str(os.cpu_count() or 1))
        mutmut(shop, "export-cicd-stats")
        found = json.loads((shop / "mutants" / "mutmut-cicd-stats.json").read_text())
        fates = dict(results(shop))
        for name in (name for name, fate in fates.items() if fate == "survived"):
            print("\n" + mutmut(shop, "show", name).strip())
        print("\nNo pure test runs:", *sorted({it.split("__mutmut")[0] for it in fates if fates[it] == "no tests"}))
    return say(found)


def furnish(shop: Path) -> list[str]:
    """Copy the rules, what they stand on and their pure tests; the names of the test files."""
    for name in (*BESIDE, RULES):
        copy(ROOT / name, shop / name)
    for file in (shop / RULES).glob("*.py"):
        file.write_text(undecorated(file.read_text()))
    (shop / TESTS).mkdir(parents=True)
    for package in (shop / TESTS, shop / TESTS / ".."):
        (package / "__init__.py").touch()
    tests = [file for file in (ROOT / TESTS).glob("test_rules*.py") if is_pure(file.read_text())]
    for file in tests:
        copy(file, shop / TESTS / file.name)
    (shop / "pyproject.toml").write_text(SETTINGS)
    return [file.name for file in tests]


def copy(source: Path, target: Path) -> None:
    """A file or a folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copyfile(source, target)


def undecorated(source: str) -> str:
    """The same code with `@mark` above a function written as `function = mark(function)` below it."""
    lines = source.splitlines()
    marked = [it for it in ast.walk(ast.parse(source)) if isinstance(it, ast.FunctionDef) and it.decorator_list]
    for it in sorted(marked, key=lambda it: it.lineno, reverse=True):
        call = it.name
        for mark in reversed(it.decorator_list):
            call = f"{ast.unparse(mark)}({call})"
        lines.insert(it.end_lineno or it.lineno, f"{' ' * it.col_offset}{it.name} = {call}")
        del lines[it.decorator_list[0].lineno - 1 : it.lineno - 1]
    return "\n".join(lines) + "\n"


def is_pure(source: str) -> bool:
    """Whether a test file needs of our code only what was copied, and no database."""
    ours = [name for name in imported(ast.parse(source)) if name.split(".")[0] in HOUSE]
    return all(
        any(name == room or name.startswith(f"{room}.") and room != "licensing" for room in PURE) for name in ours
    )


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module that is imported anywhere in a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def mutmut(shop: Path, *arguments: str) -> str:
    """What mutmut answers in the copy; its own failure ends the drill."""
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments], cwd=shop, env=env, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"mutmut {arguments[0]} failed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def results(shop: Path) -> Iterator[tuple[str, str]]:
    """Every mutant that no test found, with what became of it: survived, no tests."""
    for line in mutmut(shop, "results").splitlines():
        name, _, fate = line.strip().rpartition(": ")
        yield name, fate


def say(found: dict[str, int]) -> int:
    """Print the score; a mutant that no test runs counts like one that survived."""
    killed = found["killed"] + found["timeout"]
    score = 100 * killed / found["total"]
    print(f"\n{found['total']} mutants of {RULES}: {killed} found by a test, {found['survived']} not, "
          f"{found['no_tests']} in code that no pure test runs")  # fmt: skip
    print(f"Mutation score {score:.1f} %, wanted {WANTED} %")
    return 0 if score >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
