"""The bodies of sections as HTML and as plain text, kept from one build to the next.

A body is kept under everything that its HTML depends on: the text, the
addresses that its links lead to, and the renderer itself. Not under the version
of its section, which stays the same when only emphasis changes.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import domain.markup
from domain.markup import Resolve, plain, render

_TABLE = "CREATE TABLE IF NOT EXISTS body (key TEXT PRIMARY KEY, made TEXT NOT NULL)"
_TARGET = re.compile(r"(?:page|ref):[^\s)>\]]*")
_RENDERERS = ("markdown-it-py", "mdit-py-plugins", "nh3")


class Bodies:
    """Renders bodies, and remembers them. `used` are the keys that this build asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._renderer = _renderer_version()
        self._known = dict(connection.execute("SELECT key, made FROM body"))
        self._new: dict[str, str] = {}
        self._used: set[str] = set()

    def html(self, text: str, resolve: Resolve) -> str:
        """The safe HTML of a text, its links resolved for one document."""
        return self._made(self._key(text, resolve), lambda: render(text, resolve))

    def plain(self, text: str) -> str:
        """The text without its markup, for the search."""
        key = sha256(f"{self._renderer}\0plain\0{text}".encode()).hexdigest()
        return self._made(key, lambda: plain(text))

    def keep(self) -> None:
        """Write what was rendered, and forget what no longer stands in any page."""
        forgotten = [(key,) for key in self._known if key not in self._used]
        with self._connection:
            self._connection.executemany("DELETE FROM body WHERE key = ?", forgotten)
            self._connection.executemany(
                "INSERT OR REPLACE INTO body (key, made) VALUES (?, ?)", self._new.items()
            )

    def _made(self, key: str, make: Callable[[], str]) -> str:
        self._used.add(key)
        kept = self._known.get(key, self._new.get(key))
        if kept is None:
            kept = self._new[key] = make()
        return kept

    def _key(self, text: str, resolve: Resolve) -> str:
        digest = sha256(f"{self._renderer}\0html\0{text}".encode())
        # Whatever looks like a target, so that the text need not be parsed to learn which are.
        for target in sorted(set(_TARGET.findall(text))):
            digest.update(f"\0{target}\0{resolve(target)}".encode())
        return digest.hexdigest()


@contextmanager
def open_bodies(cache: Path) -> Iterator[Bodies]:
    """The bodies kept in a folder. A file that cannot be read is put aside and made anew."""
    cache.mkdir(parents=True, exist_ok=True)
    with closing(_connect(cache / "bodies.sqlite3")) as connection:
        yield Bodies(connection)


def _connect(path: Path) -> sqlite3.Connection:
    try:
        return _prepared(path)
    except sqlite3.DatabaseError:
        path.unlink()
        return _prepared(path)


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        connection.execute(_TABLE)
        connection.execute("SELECT count(made) FROM body").fetchone()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _renderer_version() -> str:
    """Names the renderer's own text as well as its libraries, so that a change of either tells."""
    digest = sha256("".join(version(name) for name in _RENDERERS).encode())
    folder = Path(domain.markup.__file__).parent
    for path in sorted(folder.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
