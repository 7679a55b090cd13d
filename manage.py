#!/usr/bin/env python
"""Django's commands. Without DATABASE_URL they run against the embedded servers, which is what `./run manage` does."""

import os
import sys


def main() -> None:
    """Run the command here, or hand it to the launcher, which comes back with the addresses."""
    if "DATABASE_URL" not in os.environ and "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.execv(sys.executable, [sys.executable, "-m", "launch", "manage", *sys.argv[1:]])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
