"""The guard as the site builder uses it: knows how our own references look, looks at nothing twice.

Whether a text is clean is kept under everything that this depends on: the text,
the rules, what is allowed, and the day. A build of the same day trusts it; `check` does not.
"""

import json
import os
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import domain.confidentiality
from domain.confidentiality import (
    AllowList,
    BadShape,
    Finding,
    Severity,
    compile_shape,
    scan,
)
from site_builder.failures import BuildFailed

VARIABLE = "MHCS_REFERENCE_SHAPE"
_FILE = "clean-texts.json"


class Guard:
    """Searches a text. `kept` are the keys of texts that are known to be clean."""

    def __init__(self, own: re.Pattern[str] | None, kept: frozenset[str] = frozenset()) -> None:
        self._own = own
        self._kept = kept
        self._clean: set[str] = set()

    def __call__(self, text: str, allow: AllowList, *, on: date) -> tuple[Finding, ...]:
        """Everything found in the text; nothing where it is known to be clean, but for notes."""
        shape = self._own.pattern if self._own else ""
        key = sha256("\0".join((_rules(), shape, _told(allow), str(on), text)).encode()).hexdigest()
        found = () if key in self._kept else scan(text, allow, on=on, own=self._own)
        if all(each.severity is Severity.NOTE for each in found):
            self._clean.add(key)
        return found

    def keep(self, folder: Path) -> None:
        """Write down which texts were clean, and forget those that were not asked about."""
        folder.mkdir(parents=True, exist_ok=True)
        written = folder / f"{_FILE}.{os.getpid()}"
        written.write_text(json.dumps(sorted(self._clean)), encoding="utf-8")
        written.replace(folder / _FILE)


def guard(environment: Mapping[str, str], folder: Path | None = None) -> Guard:
    """The guard of an installation, with what a build has kept in a folder."""
    shape = environment.get(VARIABLE, "").strip()
    try:
        own = compile_shape(shape) if shape else None
    except BadShape as refused:
        # Not the shape itself: it is nobody's who reads a log.
        raise BuildFailed(f"{VARIABLE}: {refused}") from None
    return Guard(own, _kept(folder) if folder else frozenset())


def _kept(folder: Path) -> frozenset[str]:
    try:
        kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(map(str, kept)) if isinstance(kept, list) else frozenset()


@cache
def _rules() -> str:
    """Names the guard's own text, so that a change of any rule tells."""
    digest = sha256()
    for path in sorted(Path(domain.confidentiality.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _told(allow: AllowList) -> str:
    """What is allowed, always in the same order."""
    return json.dumps({name: sorted(values) for name, values in vars(allow).items()})
