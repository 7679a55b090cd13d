"""What is done before the first page can be answered, in one process: tables, static files, demonstration data."""

import argparse

import django
from django.core.management import call_command


def main() -> None:
    """Do what the arguments name; the tables always."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--collect-static", action="store_true")
    parser.add_argument("--load-demo", action="store_true")
    asked = parser.parse_args()
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if asked.collect_static:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    if asked.load_demo:
        call_command("load_demo")


if __name__ == "__main__":
    main()
