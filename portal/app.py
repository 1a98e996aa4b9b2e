"""The application: settings in, a Flask application out, or a refusal to start."""

from functools import cache
from importlib.util import find_spec
from importlib import import_module

from flask import Flask
from jinja2 import StrictUndefined

import portal.login  # noqa: F401 (its loader registers itself)
from domain.library import Library
from portal import assets, health
from portal.access import check_every_route, guard
from portal.clock import Clock, set_clock, system_clock
from portal.current import LIBRARY, SETTINGS
from portal.database import configure_engine
from portal.evidence import guard_evidence
from portal.extensions import babel, csrf, db, login_manager
from portal.pages import register_page_tools
from portal.request_id import begin_request
from portal.settings import Settings

FEATURES = (
    "accounts",
    "administration",
    "training",
    "quizzes",
    "sign_offs",
    "team",
    "stakeholders",
    "publishing",
)


def create_app(settings: Settings, clock: Clock | None = None) -> Flask:
    """The portal with these settings, which refuses to start where it would be unsafe."""
    app = Flask("portal", static_folder=None)
    _configure(app, settings)
    set_clock(app, clock or system_clock)
    app.extensions[SETTINGS] = settings
    app.extensions[LIBRARY] = cache(lambda: _library(settings))
    _bind_extensions(app, settings)
    _register(app)
    check_every_route(app)
    return app


def _library(settings: Settings) -> Library:
    import domain.library

    return domain.library.load(settings.content_dir)


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-form" if settings.https else "form",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        MAX_FORM_PARTS=200,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        SQLALCHEMY_ENGINES={"default": {"url": settings.database_url, "pool_pre_ping": True}},
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _bind_extensions(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    app.before_request(begin_request_)
    csrf.init_app(app)
    babel.init_app(app, default_locale="en_GB", default_timezone="UTC")
    login_manager.init_app(app)
    login_manager.session_protection = None
    app.before_request(guard)
    with app.app_context():
        configure_engine(db.engine)
        guard_evidence(db.sessionmaker, settings.chain_key)


def begin_request_() -> None:
    begin_request()


def _register(app: Flask) -> None:
    register_page_tools(app)
    for core in (assets.bp, health.bp):
        app.register_blueprint(core)
    for feature in FEATURES:
        if find_spec(f"portal.{feature}") and find_spec(f"portal.{feature}.routes"):
            app.register_blueprint(import_module(f"portal.{feature}.routes").bp)
