"""The commands of the portal. What goes wrong is told in a line that says what to do."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from domain.problems import ProblemsFound
from portal import commands
from portal.anchors import TornAnchor
from portal.commands import Refused
from portal.durability import NotDurable
from portal.locks import DatabaseInUse
from portal.models import Role
from portal.safe_copy import NotSound
from portal.schema import SchemaError
from portal.settings import Settings, SettingsError, from_environment

_TOLD = (
    DatabaseInUse,
    NotDurable,
    NotSound,
    ProblemsFound,
    Refused,
    SchemaError,
    SettingsError,
    TornAnchor,
)


def main(arguments: Sequence[str]) -> int:
    """Run one command. Gives its exit code: 0 if all is well."""
    options = _parser().parse_args(arguments)
    # What is written beside the database is for its owner alone.
    os.umask(0o077)
    command: Callable[[Settings, argparse.Namespace], int] = options.command
    try:
        return command(from_environment(os.environ, Path.cwd()), options)
    except KeyboardInterrupt:
        return 130
    except _TOLD as refusal:
        return _tell(str(refusal))
    except (NoSuchModuleError, ModuleNotFoundError) as missing:
        return _tell(f"the driver of the database is not installed: {missing}")
    except DBAPIError as failure:
        return _tell(f"the database cannot be used: {str(failure.orig).partition(chr(10))[0]}")
    except OSError as failure:
        return _tell(f"{failure.filename or 'the system'}: {failure.strerror}")


def _tell(what: str) -> int:
    for line in what.strip().splitlines():
        print(f"portal: {line}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="portal", description="The portal's own commands.")
    verbs = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_serve(verbs)
    _add_prepare(verbs)
    _add_database(verbs)
    _add_person(verbs)
    _add(verbs, "check", commands.check, "say which settings are safe and durable")
    _add(verbs, "load-register", commands.load_register, "add the missing starter organisations")
    return parser


def _add(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    command: Callable[[Settings, argparse.Namespace], int],
    told: str,
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told, description=told.capitalize() + ".")
    verb.set_defaults(command=command)
    return verb


def _add_serve(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verb = _add(verbs, "serve", commands.serve, "answer requests until it is stopped")
    verb.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
    verb.add_argument("--port", type=int, default=8000, help="the port to listen on (%(default)s)")


def _add_prepare(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    told = "upgrade the database, record the first publication, load the starter register"
    verb = _add(verbs, "prepare", commands.prepare, told)
    verb.add_argument("--cast", action="store_true", help="add the cast of the demonstration")


def _add_database(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verb = verbs.add_parser("db", help="upgrade or verify the database")
    inner = verb.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add(inner, "upgrade", commands.upgrade_database, "bring it to the version of this program")
    _add(inner, "verify", commands.verify_evidence, "compare the evidence with its chain")


def _add_person(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verb = _add(verbs, "add-person", commands.add_person, "add an account, and print its password")
    verb.add_argument("--name", required=True, help="the name that others see")
    verb.add_argument("--email", required=True, help="the address to sign in with")
    roles = [role.value for role in Role]
    verb.add_argument(
        "--role", action="append", required=True, choices=roles, help="may be given several times"
    )
