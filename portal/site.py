"""The published guidance, as files: one tree for everybody, one for whoever is signed in.

The portal knows nothing of how it was built: it follows the folder that the
site builder switches in one step, and sends what stands there.
"""

import json
import os
from functools import lru_cache
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    g,
    make_response,
    redirect,
    render_template,
    request,
    send_from_directory,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from portal.access import PUBLIC, SIGNED_IN, access
from portal.current import current_settings, find_current_person
from portal.destinations import home_of
from portal.headers import content_security_policy

bp = Blueprint("site", __name__)

_KEPT_SECONDS = 300


@bp.get("/")
@access(GET=PUBLIC)
def home() -> ResponseReturnValue:
    """Where somebody starts: with what is theirs to do, or with the guidance."""
    person = find_current_person()
    return redirect(home_of(person.roles) if person else "/guidance/")


@bp.get("/guidance/", defaults={"path": ""})
@bp.get("/guidance/<path:path>")
@access(GET=PUBLIC)
def guidance(path: str) -> ResponseReturnValue:
    """The tree for everybody, which a browser may keep for some minutes."""
    response = _send("public", path)
    if response.status_code in {200, 304}:
        g.may_be_kept = True
        response.headers["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return response


@bp.get("/staff/", defaults={"path": ""})
@bp.get("/staff/<path:path>")
@access(GET=SIGNED_IN)
def staff(path: str) -> ResponseReturnValue:
    """The tree with the pages for staff, which is kept nowhere."""
    return _send("staff", path)


def _send(tree: str, path: str) -> Response:
    # One release for the whole of a request, even if the next is published meanwhile.
    release = current_settings().site_dir.resolve()
    folder = release / tree
    if not folder.is_dir():
        return make_response(render_template("site/not_built.html"), 503)
    if path and not path.endswith("/") and _is_folder(folder, path):
        return make_response(redirect(_with_slash()))
    response = _file(folder, path)
    response.headers["Content-Security-Policy"] = content_security_policy(_hashes(release, tree))
    return response


def _is_folder(folder: Path, path: str) -> bool:
    """Whether the tree has a folder there. Of what lies outside the tree, nothing is told."""
    within = safe_join(str(folder), path)
    return within is not None and os.path.isdir(within)  # noqa: PTH112 pathlib fails on long names


def _file(folder: Path, path: str) -> Response:
    name = f"{path}index.html" if not path or path.endswith("/") else path
    try:
        return send_from_directory(folder, name, max_age=None)
    except NotFound:
        if not (folder / "404.html").is_file():
            raise
        missing = send_from_directory(folder, "404.html", conditional=False)
        missing.status_code = 404
        return missing


def _with_slash() -> str:
    query = request.query_string.decode("ascii", "ignore")
    return f"{request.path}/" + (f"?{query}" if query else "")


@lru_cache(maxsize=8)
def _hashes(release: Path, tree: str) -> tuple[str, ...]:
    """The hashes of the inline scripts of a tree, which never change within a release."""
    told = json.loads((release / "csp.json").read_text("utf-8"))
    return tuple(told[tree]["script_hashes"])
