"""The application: settings in, a Flask application out, or a refusal to start."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from flask import Flask
from jinja2 import StrictUndefined

from domain.library import Library
from portal import assets, health, site
from portal.access import check_every_route
from portal.clock import Clock, set_clock, system_clock
from portal.current import LIBRARY, PASSWORDS, SETTINGS
from portal.database import configure_engine
from portal.durability import check_durability
from portal.errors import register_errors
from portal.evidence import guard_evidence
from portal.extensions import babel, csrf, db, login_manager
from portal.gate import register_gate
from portal.headers import register_headers
from portal.outcome import watch_outcome
from portal.pages import register_page_tools
from portal.passwords import Passwords
from portal.schema import check_version
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
    app.extensions[PASSWORDS] = Passwords(cheap=settings.cheap_passwords)
    app.extensions[LIBRARY] = cache(lambda: _library(settings))
    _bind_extensions(app, settings)
    _register(app)
    check_every_route(app)
    with app.app_context():
        check_durability(db.engine, settings.sqlite_path)
        check_version(db.engine)
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
    csrf.init_app(app)
    babel.init_app(app, default_locale="en_GB", default_timezone="UTC")
    login_manager.init_app(app)
    login_manager.session_protection = None
    register_gate(app)
    with app.app_context():
        configure_engine(db.engine)
        guard_evidence(db.sessionmaker, settings.chain_key)
        watch_outcome(db.sessionmaker)


def _register(app: Flask) -> None:
    register_page_tools(app)
    register_headers(app)
    register_errors(app)
    for core in (assets.bp, health.bp, site.bp):
        app.register_blueprint(core)
    for feature in FEATURES:
        if find_spec(f"portal.{feature}") and find_spec(f"portal.{feature}.routes"):
            app.register_blueprint(import_module(f"portal.{feature}.routes").bp)
