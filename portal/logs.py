"""The log: one line of JSON for each thing that happened, with the number of its request."""

import json
import logging
import re

from portal.request_id import request_id

# PostgreSQL repeats the row that it refused, line by line, in the detail of its message.
_DETAIL = re.compile(r"\n(?:DETAIL|CONTEXT):.*?(?=\n\[SQL:|\n\nThe above exception|\Z)", re.S)


class JsonLines(logging.Formatter):
    """Line ends and quotes in a message cannot begin a line of their own."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line, with the traceback where there is one."""
        told = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "request": request_id(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["traceback"] = _DETAIL.sub("", self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=True)


def begin_logging() -> None:
    """Send the log to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # It tells of every look at the version.
    logging.getLogger("alembic").setLevel(logging.WARNING)
