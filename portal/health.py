"""Whether the portal is up, for whoever watches over it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from portal.access import PUBLIC, access
from portal.current import current_settings
from portal.durability import room
from portal.extensions import db
from portal.schema import SchemaError, check_version

bp = Blueprint("health", __name__)

_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/healthz")
@access(GET=PUBLIC)
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return "ok\n", _PLAIN


@bp.get("/readyz")
@access(GET=PUBLIC)
def readyz() -> ResponseReturnValue:
    """The database is there, fits this program, and has room. Says no more: anybody may ask."""
    if not _is_ready():
        return "not ready\n", 503, _PLAIN
    return "ready\n", _PLAIN


def _is_ready() -> bool:
    path = current_settings().sqlite_path
    try:
        check_version(db.engine)
    except (SQLAlchemyError, SchemaError):
        return False
    return path is None or room(path).passed
