"""Bring in the outside front-end files anew, for upgrades only: npm and sass to static/vendor and tests/browser/axe.

    python3 tools/vendor.py

It needs Node; running and testing the product do not. Change a version below, run it, look at the pages, commit.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
AXE = ROOT / "tests" / "browser" / "axe"
LICENSES = ROOT / "tools" / "vendor_licenses"
PACKAGES = {"@uswds/uswds": "3.14.0", "sass": "1.108.2", "axe-core": "4.14.1"}
ITALIC = re.compile(r"@font-face\{[^}]*font-style:italic[^}]*\}")
SOURCE_MAP = re.compile(r"/\*[#@]\s*sourceMappingURL=.*?\*/")
ADDRESS = re.compile(r"url\([\"']?((?:fonts|img)/[^\"')]+)[\"']?\)")


@dataclass(frozen=True)
class Kept:
    """A vendored file and the terms it comes under."""

    path: str
    package: str
    license: str


def install(folder: Path) -> Path:
    """Fetch the packages with npm, without running their scripts; answers the node_modules folder."""
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    (folder / "package.json").write_text("{}")
    subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *wanted], cwd=folder, check=True)
    return folder / "node_modules"


def compile_uswds(modules: Path) -> str:
    """USWDS with our theme as one style sheet, without source maps and without the italic faces we never show."""
    path = modules / "@uswds" / "uswds" / "packages"
    run = subprocess.run(
        [modules / ".bin" / "sass", f"--load-path={path}", "--style=compressed", "--no-source-map", "tools/theme.scss"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return SOURCE_MAP.sub("", ITALIC.sub("", run.stdout))


def license_of(address: str) -> str:
    """The terms of one file of USWDS, by its LICENSE.md."""
    if address.startswith("fonts/"):
        return "OFL-1.1"
    return "Apache-2.0 and CC0-1.0" if "usa-icons" in address else "CC0-1.0"


def uswds(modules: Path, css: str) -> list[Kept]:
    """Write the style sheet and copy exactly the fonts and images that it names."""
    dist, target, name = modules / "@uswds" / "uswds" / "dist", VENDOR / "uswds", "@uswds/uswds"
    target.mkdir(parents=True)
    (target / "uswds.css").write_text(css, encoding="utf-8")
    kept = [Kept("uswds/uswds.css", name, "CC0-1.0 and MIT")]
    for address in sorted(set(ADDRESS.findall(css))):
        (target / address).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(dist / address, target / address)
        kept.append(Kept(f"uswds/{address}", name, license_of(address)))
    shutil.copyfile(modules / "@uswds" / "uswds" / "LICENSE.md", target / "LICENSE.md")
    for text in sorted(LICENSES.iterdir()):
        shutil.copyfile(text, target / text.name)
    return kept


def manifest(kept: list[Kept]) -> str:
    """One line for each file: package, version, sha256, license, path."""
    lines = ["# package version sha256 license path; written by tools/vendor.py"]
    for item in kept:
        digest = hashlib.sha256((VENDOR / item.path).read_bytes()).hexdigest()
        lines.append("\t".join((item.package, PACKAGES[item.package], digest, item.license, item.path)))
    return "\n".join(lines) + "\n"


def axe(modules: Path) -> None:
    """Copy the accessibility checker of the browser tests; it is never served."""
    AXE.mkdir(parents=True, exist_ok=True)
    for name in ("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"):
        shutil.copyfile(modules / "axe-core" / name, AXE / name)
    digest = hashlib.sha256((AXE / "axe.min.js").read_bytes()).hexdigest()
    line = "\t".join(("axe-core", PACKAGES["axe-core"], digest, "MPL-2.0", "axe.min.js"))
    (AXE / "MANIFEST").write_text(f"# package version sha256 license path; for tests only, unchanged\n{line}\n")


def main() -> int:
    """Fetch, compile, replace; nothing is touched when fetching or compiling fails."""
    with tempfile.TemporaryDirectory() as folder:
        modules = install(Path(folder))
        css = compile_uswds(modules)
        shutil.rmtree(VENDOR, ignore_errors=True)
        (VENDOR / "MANIFEST").write_text(manifest(uswds(modules, css)))
        axe(modules)
    return 0


if __name__ == "__main__":
    sys.exit(main())
