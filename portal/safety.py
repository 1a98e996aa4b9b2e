"""What `portal check` looks at: whether this installation is safe and keeps what it is given."""

from collections.abc import Iterator

from flask import Flask
from sqlalchemy import text

from portal.durability import Finding, durability, room
from portal.evidence import evidence_tables
from portal.extensions import db
from portal.schema import expected_version, version_of
from portal.settings import KEY_LENGTH, Settings


def findings(app: Flask, settings: Settings) -> list[Finding]:
    """Everything that was looked at, in the order in which it is told."""
    found = [*_settings(app, settings), *durability(db.engine, settings.sqlite_path)]
    if settings.sqlite_path is not None:
        found.append(room(settings.sqlite_path))
    return [*found, _version(), _evidence_is_guarded(), _site(settings)]


def _settings(app: Flask, settings: Settings) -> Iterator[Finding]:
    demonstration = settings.demonstration
    yield Finding("demonstration", "yes" if demonstration else "no", not demonstration)
    yield Finding("debug", "on" if app.debug else "off", not app.debug)
    yield Finding("the address", settings.site_url, settings.https)
    yield Finding("trusted hosts", ", ".join(settings.trusted_hosts), bool(settings.trusted_hosts))
    yield _cookies(app)
    yield Finding(
        "one-time codes for privileged roles",
        "required" if settings.require_totp else "not required",
        settings.require_totp,
    )
    keys = {"the secret key": settings.secret_key, "the chain key": settings.chain_key}
    for name, key in keys.items():
        yield Finding(name, f"{len(key)} characters", len(key) >= KEY_LENGTH)
    limit = app.config["MAX_CONTENT_LENGTH"]
    yield Finding("the largest form", f"{limit} bytes", bool(limit))


def _cookies(app: Flask) -> Finding:
    secure = bool(app.config["SESSION_COOKIE_SECURE"])
    return Finding("cookies", "https alone" if secure else "http too", secure)


def _version() -> Finding:
    with db.engine.connect() as connection:
        found = version_of(connection)
    return Finding("the version of the database", found, found == expected_version())


_TRIGGERS = {
    "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT event_object_table FROM information_schema.triggers",
}


def _evidence_is_guarded() -> Finding:
    with db.engine.connect() as connection:
        guarded = set(connection.execute(text(_TRIGGERS[connection.dialect.name])).scalars())
    open_tables = sorted({*evidence_tables(), "chain_entry"} - guarded)
    told = ", ".join(open_tables) + " can be changed" if open_tables else "can only be added to"
    return Finding("the tables of evidence", told, not open_tables)


def _site(settings: Settings) -> Finding:
    is_there = (settings.site_dir / "csp.json").is_file()
    return Finding("the published site", "there" if is_there else "not built yet", is_there)
