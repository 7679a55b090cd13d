"""What we hand on says under which terms, and names no machine."""

import re

from launch.places import PROJECT
from tools import notice


def test_notice_is_what_the_pins_say():
    assert (PROJECT / "NOTICE").read_text() == notice.notice(), "python -m tools.notice --write"


def test_pins_carry_hashes_and_no_address():
    for name in ("requirements.txt", "requirements/dev.txt", "requirements/bootstrap.txt"):
        text = (PROJECT / name).read_text()
        assert "://" not in text
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", text.strip()))


def test_one_package_owns_django_fsm():
    assert [name for name, _ in notice.pins() if "fsm" in name] == ["django-fsm-2"]
