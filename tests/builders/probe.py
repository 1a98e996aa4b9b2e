"""Views that do what a test needs done: write, fail before or after the commit, be for editors."""

from typing import NoReturn

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from portal.access import PUBLIC, SIGNED_IN, access
from portal.audit import record
from portal.clock import now
from portal.extensions import db
from portal.models import Role

probe = Blueprint("probe", __name__)


@probe.post("/probe/write")
@access(POST=PUBLIC)
def write() -> ResponseReturnValue:
    """Record something that needs some room, commit, answer."""
    record(db.session, "probe.written", actor=None, detail="x" * 20_000, at=now())
    db.session.commit()
    return redirect("/", 303)


@probe.post("/probe/fail-before")
@access(POST=PUBLIC)
def fail_before() -> NoReturn:
    """Record something, and fail before it is committed."""
    record(db.session, "probe.written", actor=None, at=now())
    db.session.flush()
    raise RuntimeError("before the commit")


@probe.post("/probe/fail-after")
@access(POST=PUBLIC)
def fail_after() -> NoReturn:
    """Record something, commit, and fail."""
    record(db.session, "probe.written", actor=None, at=now())
    db.session.commit()
    raise RuntimeError("after the commit")


@probe.get("/probe/fail")
@access(GET=PUBLIC)
def fail() -> NoReturn:
    """Fail to show something."""
    raise RuntimeError("a <secret> inside")


@probe.get("/probe/write-on-get")
@access(GET=PUBLIC)
def write_on_get() -> NoReturn:
    """Write where only reading was declared."""
    record(db.session, "probe.written", actor=None, at=now())
    db.session.commit()
    raise AssertionError("a page that only reads has written")


@probe.get("/probe/recorded")
@access(GET=PUBLIC, records=True)
def recorded() -> ResponseReturnValue:
    """Show something, and note that it was looked at."""
    record(db.session, "probe.written", actor=None, at=now())
    db.session.commit()
    return "shown"


@probe.route("/probe/editors", methods=["GET", "POST"])
@access(GET=Role.EDITOR, POST=(Role.EDITOR, Role.ADMINISTRATOR))
def editors() -> ResponseReturnValue:
    """Something for editors, who may change it together with administrators."""
    return "for editors"


@probe.route("/probe/mine", methods=["GET", "POST"])
@access(GET=SIGNED_IN, POST=SIGNED_IN)
def mine() -> ResponseReturnValue:
    """Something for everybody who is signed in."""
    return "mine"
