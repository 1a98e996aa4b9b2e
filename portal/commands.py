"""What each command of the portal does. They print what there is to know, and give an exit code."""

import argparse
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from flask import Flask
from waitress.server import create_server

from portal import demonstration
from portal.administration import service as administration
from portal.administration.refusals import NotDone
from portal.anchors import anchor_file, anchor_line, read_anchors, write_anchor
from portal.app import MOST_BYTES, create_app
from portal.chain_check import verify
from portal.clock import now
from portal.current import current_library, current_passwords
from portal.database import reading_unit
from portal.extensions import db
from portal.locks import shared_use
from portal.logs import begin_logging
from portal.models import Role
from portal.passwords import new_password
from portal.publishing.service import record_first_publication
from portal.safety import findings
from portal.schema import expected_version, upgrade
from portal.settings import Settings
from portal.stakeholders import service as stakeholders

_THREADS = 8
_FAULTS_TOLD = 20


class Refused(Exception):
    """A command cannot do what was asked; the message says what to do."""


def serve(settings: Settings, options: argparse.Namespace) -> int:
    """Answer requests until it is interrupted or ended."""
    begin_logging()
    with _portal(settings) as app, _listening(options.host, options.port) as listener:
        # A little more than a form may have, so that the portal itself says so.
        most = 2 * MOST_BYTES
        server = create_server(
            app, sockets=[listener], threads=_THREADS, ident=None, max_request_body_size=most
        )
        # Ended as by Ctrl-C: what is under way is answered first.
        signal.signal(signal.SIGTERM, _interrupt)
        say(f"The portal answers at http://{options.host}:{options.port}")
        server.run()
    return 0


def prepare(settings: Settings, options: argparse.Namespace) -> int:
    """Make a database ready for use; harmless when repeated."""
    if options.cast and not settings.demonstration:
        raise Refused("the cast is for a demonstration: set MHCS_DEMONSTRATION=yes")
    upgrade(settings)
    with _portal(settings):
        record_first_publication(db.session, current_library(), now())
        stakeholders.load_register(db.session, current_library().engagement, now())
        cast = _add_cast() if options.cast else ()
        db.session.commit()
        for line in _cast_lines(cast):
            say(line)
    return 0


def upgrade_database(settings: Settings, options: argparse.Namespace) -> int:
    """Bring the database to the version of this program."""
    changed = upgrade(settings)
    say(f"The database {'was brought to' if changed else 'is at'} version {expected_version()}.")
    return 0


def verify_evidence(settings: Settings, options: argparse.Namespace) -> int:
    """Compare the evidence with its chain, and write down where the chain ends if it holds."""
    path = anchor_file(settings.var_dir)
    anchors = read_anchors(path)
    with _portal(settings), reading_unit(db.sessionmaker) as session:
        report = verify(session, settings.chain_key, anchors)
        at = now()
    for fault in report.faults[:_FAULTS_TOLD]:
        say(f"FAIL  {fault}")
    if not report.is_whole:
        say(f"{len(report.faults)} faults: the evidence is not what was recorded.")
        return 1
    write_anchor(path, report.head, at)
    say(f"{report.head.position} rows of evidence are as they were recorded.")
    say(anchor_line(report.head, at))
    return 0


def check(settings: Settings, options: argparse.Namespace) -> int:
    """Print the settings for safety and durability, each with pass or fail."""
    with _portal(settings) as app:
        found = findings(app, settings)
    for each in found:
        say(f"{'pass' if each.passed else 'FAIL'}  {each.name}: {each.found}")
    return 0 if all(each.passed for each in found) else 1


def load_register(settings: Settings, options: argparse.Namespace) -> int:
    """Add the starter organisations that are missing."""
    with _portal(settings):
        added = stakeholders.load_register(db.session, current_library().engagement, now())
        db.session.commit()
    say(f"{added} organisations were added.")
    return 0


def add_person(settings: Settings, options: argparse.Namespace) -> int:
    """Add an account, and print its first password, which is stored nowhere."""
    email = options.email.strip().casefold()
    if not administration.EMAIL.fullmatch(email):
        raise Refused(f"'{options.email}' is not an e-mail address")
    password = new_password()
    with _portal(settings):
        try:
            administration.add_person(
                db.session,
                name=options.name.strip(),
                email=email,
                roles={Role(each) for each in options.role},
                password_hash=current_passwords().hash(password),
                actor=None,
                at=now(),
            )
        except NotDone:
            raise Refused(f"somebody has the address {email} already") from None
        db.session.commit()
    say(f"{email} can sign in. This password is shown once, and to be changed at once:")
    say(f"  {password}")
    return 0


def say(line: str) -> None:
    """Print a line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def _portal(settings: Settings) -> Iterator[Flask]:
    """The application outside a request, with the database held for use."""
    with shared_use(settings.sqlite_path):
        app = create_app(settings)
        with app.app_context():
            try:
                yield app
            finally:
                db.session.close()
                db.engine.dispose()


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=1024)
    except (OSError, OverflowError) as refused:
        told = getattr(refused, "strerror", None) or refused
        raise Refused(f"port {port} of {host} cannot be used ({told}): try --port") from None
    with listener:
        yield listener


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _add_cast() -> tuple[demonstration.Account, ...]:
    return demonstration.add_cast(db.session, current_library(), now(), current_passwords())


def _cast_lines(cast: tuple[demonstration.Account, ...]) -> Iterator[str]:
    if cast:
        yield "  Accounts of the demonstration. Their passwords are shown this once:"
    for account in cast:
        yield f"    {account.email:<44} {account.password}"
