"""The one place where exceptions become pages, which say whether anything was saved."""

import logging
from contextlib import suppress
from urllib.parse import urlencode

from flask import Flask, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from portal import error_words
from portal.error_words import Words
from portal.extensions import db
from portal.kept_text import kept_fields, kept_texts
from portal.outcome import Outcome, outcome_after
from portal.request_id import request_id

log = logging.getLogger(__name__)

# Ours to mend, and no use to try again; everything else of a database may pass.
_OUR_FAULTS = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
_RETRY_AFTER_SECONDS = "30"


def register_errors(app: Flask) -> None:
    """Let every exception of an application end in a page of ours."""
    app.register_error_handler(HTTPException, _refusal)
    app.register_error_handler(DatabaseError, _database_failure)
    app.register_error_handler(InterfaceError, _database_failure)
    app.register_error_handler(PoolTimeout, _database_failure)
    app.register_error_handler(Exception, _failure)


def _refusal(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if isinstance(error, SecurityError):
        # Asked for by a name that is not ours: no page of ours has an address there.
        return make_response("400 Bad Request\n", code, {"Content-Type": "text/plain"})
    if code < 400:
        return error.get_response()
    if code == 401 and request.method in {"GET", "HEAD"}:
        return redirect("/sign-in?" + urlencode({"next": request.full_path.rstrip("?")}))
    expired = isinstance(error, CSRFError)
    words = error_words.form_expired() if expired else error_words.refused(code)
    response = make_response(_page_or_bare(words), code)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _database_failure(error: DBAPIError | PoolTimeout) -> ResponseReturnValue:
    if isinstance(error, _OUR_FAULTS):
        return _failure(error)
    # The first line alone: the others hold the statement and its values.
    log.error("request %s: database: %s", request_id(), str(error).partition("\n")[0])
    outcome = outcome_after(error)
    g.bare = True
    page = _page(error_words.unavailable(outcome), outcome)
    return make_response(page, 503, {"Retry-After": _RETRY_AFTER_SECONDS})


def _failure(error: Exception) -> ResponseReturnValue:
    log.error("request %s failed", request_id(), exc_info=error)
    outcome = outcome_after(error)
    g.bare = True
    return make_response(_page(error_words.failed(outcome), outcome), 500)


def _page_or_bare(words: Words) -> str:
    """The page with what is there for whoever is signed in, if the database can say who that is."""
    try:
        return _page(words)
    except SQLAlchemyError:
        g.bare = True
        return _page(words)


def _page(words: Words, outcome: Outcome = Outcome.SAVED) -> str:
    # What failed may have left a transaction open, and the page may have to read.
    with suppress(SQLAlchemyError):
        db.session.rollback()
    return render_template(
        "errors/error.html",
        words=words,
        number=request_id(),
        texts=kept_texts(),
        again=[] if outcome is Outcome.SAVED else kept_fields(),
    )
