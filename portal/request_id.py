"""The number of the request in hand, which error pages show and audit events keep."""

import secrets
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")


def begin_request() -> str:
    """Give the request in hand a new number."""
    number = secrets.token_hex(6)
    _current.set(number)
    return number


def request_id() -> str:
    """The number of the request in hand; empty outside a request."""
    return _current.get()
