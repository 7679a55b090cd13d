"""A log line is one JSON object whatever it says."""

import json
import logging
import sys

from config.logs import JsonLines


def record(**extra):
    return logging.makeLogRecord({"name": "a", "levelname": "INFO", "msg": "two\nlines %s", "args": ("x",), **extra})


def test_it_is_one_line_with_an_instant_in_utc():
    line = JsonLines().format(record())
    assert "\n" not in line
    assert json.loads(line)["message"] == "two\nlines x"
    assert json.loads(line)["at"].endswith("+00:00")


def test_it_keeps_what_was_given_as_extra():
    assert json.loads(JsonLines().format(record(case="CCD-2026-0001")))["case"] == "CCD-2026-0001"


def test_it_tells_where_an_error_came_from():
    try:
        raise ValueError("broken")
    except ValueError:
        line = JsonLines().format(record(exc_info=sys.exc_info()))
    assert "ValueError: broken" in json.loads(line)["exception"]


def test_a_line_holds_no_key_of_a_door():
    record = logging.makeLogRecord({"msg": "Not Found: /schedule/feed/%s.ics, /cases/26-0001/", "args": ("secret",)})
    assert json.loads(JsonLines().format(record))["message"] == "Not Found: /schedule/feed/..., /cases/26-0001/"
