"""`python -m site_builder`: prints, and turns every failure into one line and an exit code."""

import signal
import sys
import traceback
from collections.abc import Sequence

from domain.problems import ProblemsFound
from site_builder.arguments import parse
from site_builder.commands import COMMANDS
from site_builder.failures import BuildFailed
from site_builder.words import count_of

INTERRUPTED = 130


def main(words: Sequence[str]) -> int:
    """Run one command. 0: all is well; 1: it is not; 2: it was not asked rightly."""
    asked = parse(words)
    # A shell that starts us in the background has us ignore Ctrl-C, and so kill -INT.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return COMMANDS[asked.command](asked, _say, _progress)
    except KeyboardInterrupt:
        return 0 if asked.command == "serve" else INTERRUPTED
    except Exception as failure:
        if asked.traceback:
            traceback.print_exc()
        _tell(failure)
        return 1


def _say(told: str) -> None:
    print(told, flush=True)


def _progress(told: str) -> None:
    print(f"{told} …", file=sys.stderr, flush=True)


def _tell(failure: Exception) -> None:
    match failure:
        case ProblemsFound():
            print(failure, file=sys.stderr)
            found = count_of(len(failure.problems), "error")
            print(f"{found} found; nothing was written.", file=sys.stderr)
        case BuildFailed():
            print(f"error: {failure}", file=sys.stderr)
        case OSError():
            place = f" ({failure.filename})" if failure.filename else ""
            print(f"error: {failure.strerror or failure}{place}", file=sys.stderr)
        case _:
            what = f"{type(failure).__name__}: {failure}"
            print(f"error: the site builder itself failed ({what}).", file=sys.stderr)
            print("Please report it; --traceback before the command shows where.", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
