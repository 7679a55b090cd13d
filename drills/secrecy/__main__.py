"""`.venv/bin/python -m drills.secrecy [--pairs 500] [--samples 2000]`: two worlds, at length (tests/secrecy/at_length.py).

The worlds are those of `./test`. It takes about two seconds for each pair, and four minutes for the times of replies.
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
    asked.add_argument("--samples", type=int, default=2000, help="replies of each kind that are timed")
    given = asked.parse_args()
    os.environ["SECRECY_PAIRS"], os.environ["SECRECY_SAMPLES"] = str(given.pairs), str(given.samples)
    return int(pytest.main([AT_LENGTH, "-q", "-s", "-p", "no:cacheprovider", "--timeout", "0"]))


if __name__ == "__main__":
    sys.exit(main())
