"""What the tests need of the machine beside Python: Chromium, and the libraries that draw PDFs."""

import os
import shutil
import subprocess
import sys

from launch import needs

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The browser: CHROMIUM, or the first that the system has."""
    if given := os.environ.get("CHROMIUM"):
        return shutil.which(given)
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def missing() -> list[str]:
    """The Debian packages that would bring what is not here."""
    return needs.missing_packages() if chromium() else [*needs.missing_packages(), "chromium"]


def provide() -> bool:
    """Install what is missing where we may; otherwise say what it is. True when nothing is missing in the end."""
    if packages := missing():
        if os.geteuid() == 0 and shutil.which("apt-get"):
            _install(packages)
        if packages := missing():
            said = "The tests need what this machine does not have"
            print(f"{said}: apt-get install --no-install-recommends {' '.join(packages)}", file=sys.stderr)
            print("A browser elsewhere can be named in CHROMIUM.", file=sys.stderr)
            return False
    os.environ["CHROMIUM"] = chromium() or ""
    return True


def _install(packages: list[str]) -> None:
    print(f"Installing {', '.join(packages)} ...", flush=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-q", *command], env=env, capture_output=True, text=True)
        if done.returncode:
            print(f"{done.stdout}{done.stderr}"[-2000:], file=sys.stderr)
