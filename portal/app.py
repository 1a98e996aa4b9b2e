"""The application: settings in, a Flask application out, or a refusal to start."""

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from domain.library import Library, load
from portal import assets, health, site
from portal.access import check_every_route
from portal.accounts import routes as accounts
from portal.administration import routes as administration
from portal.clock import Clock, set_clock, system_clock
from portal.current import LIBRARY, PASSWORDS, SETTINGS
from portal.database import configure_engine, keep_readers_from_writing
from portal.durability import check_durability
from portal.errors import register_errors
from portal.evidence import guard_evidence
from portal.extensions import babel, csrf, db, login_manager
from portal.gate import register_gate
from portal.guard import register_guard
from portal.headers import register_headers
from portal.outcome import watch_outcome
from portal.pages import register_page_tools
from portal.passwords import Passwords
from portal.publishing import routes as publishing
from portal.quizzes import routes as quizzes
from portal.schema import check_present, check_version
from portal.settings import Settings, SettingsError
from portal.sign_offs import routes as sign_offs
from portal.stakeholders import routes as stakeholders
from portal.team import routes as team
from portal.text import language
from portal.training import routes as training

BLUEPRINTS = (
    assets.bp,
    health.bp,
    site.bp,
    accounts.bp,
    administration.bp,
    training.bp,
    quizzes.bp,
    sign_offs.bp,
    team.bp,
    stakeholders.bp,
    publishing.bp,
)
# A form of ours is text, and not much of it.
MOST_BYTES = 1_000_000
MOST_FIELDS = 200


def create_app(
    settings: Settings, clock: Clock | None = None, library: Library | None = None
) -> Flask:
    """The portal with these settings, which refuses to start where it would be unsafe.

    The library is read once, from the folder that the settings name, unless it
    is given.
    """
    app = Flask("portal", static_folder=None)
    if app.debug and not settings.demonstration:
        raise SettingsError("FLASK_DEBUG is set: a portal in use shows nobody its insides")
    check_present(settings)
    _configure(app, settings)
    _remember(app, settings, clock or system_clock, library or load(settings.content_dir))
    _bind_extensions(app, settings)
    _register(app)
    register_guard(app, settings.reference_shape)
    check_every_route(app)
    with app.app_context():
        check_durability(db.engine, settings.sqlite_path)
        check_version(db.engine)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-form" if settings.https else "form",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # A token lasts as long as its session, so that no long form is lost to a clock.
        WTF_CSRF_TIME_LIMIT=None,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=MOST_FIELDS,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        SQLALCHEMY_ENGINES={
            # A fault that is logged must not take along what somebody typed.
            "default": {
                "url": settings.database_url,
                "pool_pre_ping": True,
                "hide_parameters": True,
            }
        },
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.proxy_hops:
        # Not the host: a proxy that does not set that header would pass on a visitor's own.
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign] # as Flask documents


def _remember(app: Flask, settings: Settings, clock: Clock, library: Library) -> None:
    set_clock(app, clock)
    app.extensions[SETTINGS] = settings
    app.extensions[PASSWORDS] = Passwords(cheap=settings.cheap_passwords)
    app.extensions[LIBRARY] = lambda: library


def _bind_extensions(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    csrf.init_app(app)
    babel.init_app(
        app, default_locale="en_GB", default_timezone="Europe/London", locale_selector=language
    )
    # Templates are given `person`: whatever reads more would read it on the page for outages too.
    login_manager.init_app(app, add_context_processor=False)
    # Sessions are ours, and kept in the database.
    login_manager.session_protection = None
    register_gate(app)
    with app.app_context():
        configure_engine(db.engine)
        keep_readers_from_writing(db.sessionmaker)
        guard_evidence(db.sessionmaker, settings.chain_key)
        watch_outcome(db.sessionmaker)


def _register(app: Flask) -> None:
    register_page_tools(app)
    register_headers(app)
    register_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
