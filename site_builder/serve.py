"""Serves a built tree to its author on this machine, under the policy that readers will get.

Every request follows `current`, so that a build in another window shows at the
next reload.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

from site_builder.addresses import NOT_FOUND
from site_builder.failures import BuildFailed
from site_builder.policy import policy
from site_builder.publish import current_release
from site_builder.trees import TreeName

LOOPBACK = "127.0.0.1"


class _Reader(BaseHTTPRequestHandler):
    """Answers from the release that is current when it is asked."""

    server: "_Server"

    def do_GET(self) -> None:
        """A file of the tree, or its page for what is not found."""
        path = unquote(urlsplit(self.path).path)
        prefix = self.server.prefix
        release = current_release(self.server.out)
        if release is None or not path.startswith(prefix):
            self._go(prefix)
            return
        tree = (release / self.server.tree).resolve()
        file = (tree / path.removeprefix(prefix)).resolve()
        if file.is_dir() and not path.endswith("/"):
            self._go(path + "/")
            return
        file = file / "index.html" if file.is_dir() else file
        found = file.is_file() and file.is_relative_to(tree)
        self._send(file if found else tree / NOT_FOUND, release, found=found)

    def log_message(self, *_: object) -> None:
        """Say nothing: an author does not read a log."""

    def _go(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, file: Path, release: Path, *, found: bool) -> None:
        content = file.read_bytes()
        kind = guess_type(file.name)[0] or "application/octet-stream"
        kind += "; charset=utf-8" if kind.startswith("text/") else ""
        self.send_response(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(content))),
            ("Content-Security-Policy", _policy_of(release, self.server.tree)),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


class _Server(ThreadingHTTPServer):
    """A server on this machine alone, for one tree."""

    def __init__(self, out: Path, tree: TreeName, prefix: str, port: int) -> None:
        self.out, self.tree, self.prefix = out, tree, prefix
        super().__init__((LOOPBACK, port), _Reader)


@contextmanager
def serving(out: Path, tree: TreeName, prefix: str, port: int) -> Iterator[ThreadingHTTPServer]:
    """A server for one tree, bound and ready for `serve_forever`."""
    if current_release(out) is None:
        raise BuildFailed(f"nothing has been built in {out}; run `python -m site_builder build`")
    try:
        server = _Server(out, tree, prefix, port)
    except OSError as refused:
        told = (refused.strerror or str(refused)).lower()
        raise BuildFailed(
            f"port {port} cannot be used ({told}); choose another with --port"
        ) from None
    with server:
        yield server


def _policy_of(release: Path, tree: TreeName) -> str:
    policies = json.loads((release / "csp.json").read_text(encoding="utf-8"))
    return policy(policies[tree]["script_hashes"])
