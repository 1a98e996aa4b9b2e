"""Reads the command line of `run.py` and hands it on."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import checks, environment, start
from tools.say import Stopped


def main(arguments: Sequence[str]) -> int:
    """Run one command. Gives the exit code: 0 well, 1 not, 130 stopped by Ctrl-C in a test."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "test":
            return checks.run(options)
        return start.run(options)
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 1
    except PermissionError as refused:
        print(_not_writable(refused), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130 if options.command == "test" else 0


def _not_writable(refused: PermissionError) -> str:
    where = Path(refused.filename or ".")
    return f"Cannot write {where}: ask its owner for the right, or copy the project elsewhere."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py", description="Start the portal and its guidance, or test them."
    )
    _add_start_options(parser)
    commands = parser.add_subparsers(dest="command", metavar="test")
    test = commands.add_parser("test", help="lint, types, contracts and every test")
    test.add_argument(
        "--require-browser", action="store_true", help="fail where there is no Chromium"
    )
    test.add_argument("--long", action="store_true", help="run the tests that take minutes too")
    test.add_argument(
        "--only",
        action="append",
        choices=[each.key for each in checks.STEPS],
        help="run this step alone; may be given several times",
    )
    return parser


def _add_start_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="the port to serve on (8000)")
    parser.add_argument(
        "--no-demo", action="store_true", help="start without the demonstration cast"
    )
    parser.add_argument(
        "--var",
        type=Path,
        default=environment.ROOT / "var",
        metavar="DIR",
        help="where the database and the built site are kept (var)",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="set the database aside and start with a new one"
    )
