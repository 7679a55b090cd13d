"""`.venv/bin/python -m drills.secrecy [--pairs 500] [--samples 2000] [--every 1]`: two worlds, at length.

It runs tests/secrecy/at_length.py in the worlds of `./test`. A pair takes about four seconds. `--every 10` makes one
request of ten in earnest, asks the database the questions of the others (tests/secrecy/questions.py), and takes half a
second.
"""

import argparse
import os
import sys

import pytest

AT_LENGTH = "tests/secrecy/at_length.py"


def main() -> int:
    """Run the drill; 1 where a byte differs or a time tells."""
    asked = argparse.ArgumentParser(prog="drills.secrecy", description="Two worlds, at length.")
    asked.add_argument("--pairs", type=int, default=500, help="pairs of worlds")
    asked.add_argument(
        "--samples", type=int, default=2000, help="replies of each kind that are timed; fewer than 1,000 say little"
    )
    asked.add_argument("--every", type=int, default=1, help="make each request in earnest in one world of so many")
    for name, number in vars(asked.parse_args()).items():
        os.environ[f"SECRECY_{name.upper()}"] = str(number)
    return int(pytest.main([AT_LENGTH, "-q", "-s", "-p", "no:cacheprovider", "--timeout", "0"]))


if __name__ == "__main__":
    sys.exit(main())
