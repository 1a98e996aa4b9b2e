"""Whether the portal is up, for whoever watches over it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from portal.access import PUBLIC, access
from portal.extensions import db

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@access(GET=PUBLIC)
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/readyz")
@access(GET=PUBLIC)
def readyz() -> ResponseReturnValue:
    """The database answers too."""
    db.session.execute(text("SELECT 1"))
    return "ready\n", {"Content-Type": "text/plain; charset=utf-8"}
