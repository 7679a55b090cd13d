"""`./test`: every check in order, fast ones first, each with its seconds. All of them run even when one fails."""

import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tools import machine

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent
TESTS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEMO": "0",
    "DEBUG": "0",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "BASE_URL": "https://cases.example.gov",
    "DATABASE_URL": "postgresql://app@db.example.gov/app?sslmode=verify-full",
    "REDIS_URL": "rediss://redis.example.gov/0",
    "EMAIL_URL": "smtp://mail.example.gov/?tls=1",
    "TRUSTED_PROXY_COUNT": "1",
}


@dataclass(frozen=True)
class Step:
    """One check: a command and what its environment has beside ours."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)

    def passes(self) -> bool:
        """Run it with its output on our terminal; print its seconds."""
        print(f"\n== {self.name}", flush=True)
        began = time.monotonic()
        code = subprocess.run(self.command, cwd=ROOT, env=os.environ | self.env).returncode
        print(f"== {self.name}: {'ok' if code == 0 else 'FAILED'}, {time.monotonic() - began:.1f} s", flush=True)
        return code == 0


def checks() -> list[Step]:
    """What CI asks for, in order."""
    manage = [PYTHON, "manage.py"]
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
    return [
        Step("format", [str(BIN / "ruff"), "format", "--check", "."]),
        Step("lint", [str(BIN / "ruff"), "check", "."]),
        Step("templates", [str(BIN / "djade"), "--target-version", "5.2", "--check", *templates]),
        Step("import contracts", [str(BIN / "lint-imports"), "--no-cache"]),
        Step("types", [str(BIN / "mypy")]),
        Step("missing migrations", [PYTHON, "-W", "ignore", *manage[1:], "makemigrations", "--check"], TESTS),
        Step("deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        Step("generated docs", [*manage, "print_docs", "--check"], TESTS),
        tests(["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]),  # on two cores a little faster than two
    ]


def tests(arguments: list[str]) -> Step:
    """pytest with whatever was asked for."""
    return Step("tests", [PYTHON, "-m", "pytest", *arguments])


def main(arguments: list[str]) -> int:
    """Run everything, or with arguments only the tests they name."""
    began = time.monotonic()
    if not machine.provide():
        return 1
    if arguments:
        return 0 if tests(arguments).passes() else 1
    failed = [step.name for step in checks() if not step.passes()]
    print(f"\n{'FAILED: ' + ', '.join(failed) if failed else 'Everything passed'} in {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
