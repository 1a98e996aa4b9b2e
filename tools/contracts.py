"""Runs the import contracts of `pyproject.toml` and prints one line each."""

import sys

from importlinter.cli import lint_imports

if __name__ == "__main__":
    sys.exit(lint_imports(no_cache=True))
