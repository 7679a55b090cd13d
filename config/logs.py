"""Log lines as JSON, one object a line, with instants in UTC."""

import json
import logging
import re
from datetime import UTC, datetime

USUAL = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "server_time", "status_code"}

KEYS = re.compile(r"(/(?:invitation|schedule/feed)/)[^/\s\",]+")  # addresses that open something without signing in


class JsonLines(logging.Formatter):
    """Level, logger, message and whatever was given as `extra`; no key that opens a door."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in USUAL}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return KEYS.sub(r"\1...", json.dumps(line, default=str))
