"""What is done before the first page can be answered, in one process: tables, facts, static files, demonstration."""

import argparse

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands

FACTS = ("load_holidays", "load_catalog", "load_help")  # from the project's own files; each may be run again and again


def main() -> None:
    """Do what the arguments name; tables and facts always."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--collect-static", action="store_true")
    parser.add_argument("--load-demo", action="store_true")
    asked = parser.parse_args()
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    for name in FACTS:
        if name in get_commands():
            call_command(name, verbosity=0)
    if asked.collect_static:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    if asked.load_demo:
        _load_demo()


def _load_demo() -> None:
    """Load it where nobody is yet; people who are there already are no reason not to start."""
    if get_user_model()._default_manager.exclude(role="clockwork").exists():
        print("There are people in this database already, so no demonstration was loaded.", flush=True)
    else:
        call_command("load_demo")


if __name__ == "__main__":
    main()
