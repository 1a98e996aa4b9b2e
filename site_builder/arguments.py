"""The command line: which commands there are, and what each may be told."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path

PORT = 8090


def parse(words: Sequence[str]) -> Namespace:
    """What was asked for. Leaves with code 2, and says why, where that cannot be told."""
    parser = ArgumentParser(
        prog="python -m site_builder",
        description="Checks what authors wrote, and publishes it as a static site.",
    )
    parser.add_argument("--traceback", action="store_true", help="show where a failure came from")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    rooted, building = _rooted(), _building()
    _check(commands.add_parser("check", parents=[rooted], help="tell every mistake"))
    commands.add_parser("build", parents=[rooted, building], help="build and publish the site")
    serve = commands.add_parser("serve", parents=[rooted, building], help="build it and show it")
    _serve(serve)
    _impact(commands.add_parser("impact", parents=[rooted], help="tell what a change touches"))
    _stamp(commands.add_parser("stamp", parents=[rooted], help="clear suspect questions"))
    _facts(commands.add_parser("facts", parents=[rooted], help="tell what rests on a fact"))
    return parser.parse_args(words)


def _rooted() -> ArgumentParser:
    parser = ArgumentParser(add_help=False)
    told = "the folder with content, quizzes and stakeholders (default: this one)"
    parser.add_argument("--root", type=Path, default=Path(), metavar="DIR", help=told)
    return parser


def _building() -> ArgumentParser:
    parser = ArgumentParser(add_help=False)
    told = "where the site goes (default: var/site below the root)"
    parser.add_argument("--out", type=Path, metavar="DIR", help=told)
    told = "where drawn frames and rendered text are kept (default: cache, beside the site)"
    parser.add_argument("--cache", type=Path, metavar="DIR", help=told)
    told = "the address of 'My training' (default: %(default)s)"
    parser.add_argument("--portal-url", default="/training/", metavar="URL", help=told)
    told = "say on every page that this copy is for trying out"
    parser.add_argument("--demonstration", action="store_true", help=told)
    for tree, prefix in (("public", "/guidance/"), ("staff", "/staff/")):
        told = f"where the {tree} tree is served (default: %(default)s)"
        parser.add_argument(
            f"--{tree}-prefix", type=_prefix, default=prefix, metavar="PATH", help=told
        )
    return parser


def _prefix(text: str) -> str:
    if not (text.startswith("/") and text.endswith("/") and "//" not in text):
        raise ArgumentTypeError(f"'{text}' must begin and end with a slash, as /guidance/ does")
    return text


def _check(parser: ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text")
    told = "show too what is taught and not tested; fails where anything is"
    parser.add_argument("--coverage", action="store_true", help=told)


def _serve(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=PORT, help="(default: %(default)s)")
    parser.add_argument("--staff", action="store_true", help="the staff tree, not the public one")


def _impact(parser: ArgumentParser) -> None:
    told = "a folder like the root, as it was before the change"
    parser.add_argument("--before", type=Path, required=True, metavar="DIR", help=told)
    told = "write the report there; without either, Markdown is printed"
    parser.add_argument("--json", type=Path, metavar="FILE", help=told)
    parser.add_argument("--markdown", type=Path, metavar="FILE", help=told)


def _stamp(parser: ArgumentParser) -> None:
    parser.add_argument("quiz", metavar="QUIZ", help="its file name without .yaml")
    told = "their ids (default: all questions of the quiz)"
    parser.add_argument("questions", nargs="*", metavar="QUESTION", help=told)


def _facts(parser: ArgumentParser) -> None:
    told = "the numbers of facts, such as RPS-4.12"
    parser.add_argument("facts", nargs="+", metavar="FACT", help=told)
