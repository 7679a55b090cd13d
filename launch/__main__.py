"""The command line of `./run`."""

import argparse
import os
import sys
from pathlib import Path

from launch import command
from launch.claim import Taken
from launch.places import PROJECT, CannotStart, Places
from launch.reset import reset
from launch.runner import Runner
from launch.surroundings import say

USAGE = """./run [--port N] [--data DIR] [--no-demo] [--reset-demo [--yes]]
       ./run [--data DIR] manage COMMAND ..."""
EPILOG = """DATABASE_URL, REDIS_URL, EMAIL_URL, SECRET_KEY, BASE_URL, ALLOWED_HOSTS and others come from the
environment; an embedded server starts only for what is not given. `./run manage help` lists the commands."""


def main() -> int:
    """Do what was asked and return the exit code."""
    ours, for_django = split(sys.argv[1:])
    asked = arguments().parse_args(ours)
    places = Places(asked.data.resolve())
    try:
        if for_django is not None:
            return command.run(places, for_django)
        if asked.reset_demo:
            reset(places, sure=asked.yes)
        return Runner(places, asked.port, demo=not asked.no_demo).run()
    except Taken:
        say(f"{places.data} is in use; stop what uses it first.")
    except CannotStart as error:
        say(str(error))
    except KeyboardInterrupt:
        say("Stopped.")
    return 1


def split(words: list[str]) -> tuple[list[str], list[str] | None]:
    """Our own words, and those behind `manage`, which are Django's."""
    if "manage" not in words:
        return words, None
    at = words.index("manage")
    return words[:at], words[at + 1 :] or ["help"]


def arguments() -> argparse.ArgumentParser:
    """What `./run` understands."""
    parser = argparse.ArgumentParser(
        prog="./run", usage=USAGE, description="Run the case management on this machine.", epilog=EPILOG
    )
    parser.add_argument("--port", type=_port, default=8000, metavar="N", help="default 8000; 0 takes a free one")
    parser.add_argument(
        "--data", type=Path, default=os.environ.get("DATA_DIR") or PROJECT / "var", metavar="DIR", help="default var/"
    )
    parser.add_argument("--no-demo", action="store_true", help="without demonstration data")
    parser.add_argument("--reset-demo", action="store_true", help="remove all data and load the demonstration anew")
    parser.add_argument("--yes", action="store_true", help="with --reset-demo: do not ask")
    return parser


def _port(word: str) -> int:
    if not word.isdecimal() or int(word) > 65_535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(word)


if __name__ == "__main__":
    sys.exit(main())
