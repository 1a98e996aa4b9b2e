"""Checks the rules of the house that no other tool knows: sizes, reasons, addresses.

Run as `python -m tools.house`. One line for each finding, exit code 1 if any.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 30
CODE = ("domain/", "site_builder/", "portal/", "tools/", "run.py")
# A suppression is `code` and then a reason of at least three words.
SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma)\b[^#]*")
REASON = re.compile(
    r"(?:noqa(?::\s*[A-Z0-9, ]+?)?|type:\s*ignore(?:\[[\w,\s-]+\])?)[\s#(]+(\w+\W+){2,}\w+"
)
REGISTRY = re.compile(r"https?://[^\s\"']*(?:pypi|pythonhosted|npmjs|/simple/)[^\s\"']*", re.I)


def tracked() -> tuple[str, ...]:
    """The files of the project: those that git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        return tuple(_walk())
    return tuple(name for name in listed.stdout.splitlines() if (ROOT / name).is_file())


def _walk() -> Iterator[str]:
    """The same for a copy without git."""
    left_out = {".venv", "var", ".git", "__pycache__"}
    for path in sorted(ROOT.rglob("*")):
        if path.is_file() and not left_out & set(path.relative_to(ROOT).parts):
            yield path.relative_to(ROOT).as_posix()


def findings() -> Iterator[str]:
    """Every broken rule, as `file:line: what`."""
    for name in tracked():
        if name.endswith(".py"):
            yield from _in_python(name, (ROOT / name).read_text(encoding="utf-8"))
        if name.endswith((".txt", ".toml", ".md", ".py", ".json")) and "dictionary" not in name:
            yield from _registries(name, (ROOT / name).read_text(encoding="utf-8"))


def _in_python(name: str, text: str) -> Iterator[str]:
    if name.startswith(CODE) and "/migrations/versions/" not in name:
        yield from sizes(name, text)
    yield from suppressions(name, text)


def sizes(name: str, text: str) -> Iterator[str]:
    """A file or a function that is longer than the architecture allows."""
    lines = text.count("\n")
    if lines > MOST_LINES_OF_A_FILE:
        yield f"{name}:1: {lines} lines; a file has at most {MOST_LINES_OF_A_FILE}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_LINES_OF_A_FUNCTION:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines; at most 30"


def suppressions(name: str, text: str) -> Iterator[str]:
    """A check that was switched off without saying why."""
    if name in ("tools/house.py", "tests/tools/test_house.py"):
        return
    for number, line in enumerate(text.splitlines(), 1):
        if SUPPRESSION.search(line) and not REASON.search(line):
            yield f"{name}:{number}: a suppression needs its reason on the same line"


def _registries(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if REGISTRY.search(line) and name != "tools/house.py":
            yield f"{name}:{number}: names the address of a package registry"


def main() -> int:
    """Print every finding. Exit code 1 if there is one."""
    found = list(findings())
    for each in found:
        print(each)
    print(f"House rules: {len(found)} broken." if found else "House rules: all kept.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
