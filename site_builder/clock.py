"""Today, for the warnings of a check. No file of a site depends on it."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """The date in England and Wales."""
    return datetime.fromtimestamp(time.time(), LONDON).date()
