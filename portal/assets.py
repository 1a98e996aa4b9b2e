"""Style sheets and scripts, at addresses that change with their content."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, g, request, send_from_directory, url_for

from portal.access import PUBLIC, access

bp = Blueprint("assets", __name__)

FOLDER = Path(__file__).parent / "static"
_YEAR = 365 * 24 * 60 * 60


@bp.get("/static/<path:filename>")
@access(GET=PUBLIC)
def asset(filename: str) -> Response:
    """One file. Under its own version it may be kept for good."""
    response = send_from_directory(FOLDER, filename, max_age=0)
    g.may_be_kept = True
    if request.args.get("v") == version(filename):
        response.cache_control.no_cache = None
        response.cache_control.max_age = _YEAR
        response.cache_control.immutable = True
        response.cache_control.public = True
    return response


def static(filename: str) -> str:
    """The address of a file of ours, with its version."""
    return url_for("assets.asset", filename=filename, v=version(filename))


@lru_cache(maxsize=100)
def version(filename: str) -> str:
    """Twelve characters that change with the file."""
    return hashlib.sha256((FOLDER / filename).read_bytes()).hexdigest()[:12]
