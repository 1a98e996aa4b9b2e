"""`run.py`: builds the site, prepares the database, and serves both on one address."""

import argparse
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools import environment
from tools.say import Stopped, line, step

ROOT = environment.ROOT
HOST = "127.0.0.1"
# What the site is made from: when none of it has changed, the last build stands.
SITE_INPUTS = ("content", "quizzes", "stakeholders", "domain", "site_builder", "mkdocs.yml")
SECONDS_TO_START = 30


def run(options: argparse.Namespace) -> int:
    """Start everything and serve until Ctrl-C. Gives the exit code."""
    _check_port(options.port)
    environment.ensure(environment.RUN)
    var: Path = options.var.resolve()
    var.mkdir(parents=True, exist_ok=True)
    if options.fresh:
        _set_aside(var)
    surroundings = {**os.environ, **_settings(var, options.port)}
    _build_site(var, demonstration=not options.no_demo)
    _prepare(surroundings, demonstration=not options.no_demo)
    return _serve(surroundings, options)


def _check_port(port: int) -> None:
    if not 1 <= port <= 65535:
        raise Stopped(f"There is no port {port}: choose one from 1024 to 65535.")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Stopped(f"Port {port} needs an administrator: try --port 8000.") from None
        except OSError:
            raise Stopped(
                f"Port {port} is in use. Choose another: python3 run.py --port {port % 65535 + 1}"
            ) from None


def _set_aside(var: Path) -> None:
    """Keep the old database out of the way instead of deleting it."""
    old = sorted(var.glob("portal.db*"))
    if not old:
        return
    where = var / time.strftime("set-aside-%Y%m%d-%H%M%S")
    where.mkdir()
    for each in [*old, *var.glob("anchors.log"), *var.glob("local.json")]:
        shutil.move(each, where / each.name)
    line(f"  The old database was moved to {where}.")


def _settings(var: Path, port: int) -> dict[str, str]:
    """The settings of a local install; whatever the environment says already stays."""
    local = {
        **_secrets(var),
        "MHCS_DATABASE_URL": f"sqlite:///{var / 'portal.db'}",
        "MHCS_SITE_URL": f"http://{HOST}:{port}",
        "MHCS_TRUSTED_HOSTS": f"{HOST},localhost",
        "MHCS_CONTENT_DIR": str(ROOT),
        "MHCS_SITE_DIR": str(var / "site" / "current"),
        "MHCS_VAR_DIR": str(var),
        "MHCS_DEMONSTRATION": "yes",
        "MHCS_REQUIRE_TOTP": "no",
    }
    return {name: value for name, value in local.items() if name not in os.environ}


def _secrets(var: Path) -> dict[str, str]:
    """Two keys of this install, made at its first start and kept where only its owner reads."""
    path = var / "local.json"
    if not path.exists():
        made = {name: secrets.token_urlsafe(48) for name in ("MHCS_SECRET_KEY", "MHCS_CHAIN_KEY")}
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(made, file)
    held: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return held


def _build_site(var: Path, *, demonstration: bool) -> None:
    mark = var / "site" / "built-from"
    banner = ["--demonstration"] if demonstration else []
    digest = _digest(banner)
    if (var / "site" / "current").exists() and mark.exists() and mark.read_text() == digest:
        line("  The site is up to date.")
        return
    with step("Checking the content and building the site"):
        where = ("--root", str(ROOT), "--out", str(var / "site"))
        _call("site_builder", "build", *where, *banner)
    mark.write_text(digest)


def _digest(options: Sequence[str]) -> str:
    digest = hashlib.sha256(" ".join(options).encode())
    for path in _inputs():
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _inputs() -> Iterator[Path]:
    for name in SITE_INPUTS:
        path = ROOT / name
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (each for each in found if each.is_file() and "__pycache__" not in each.parts)
    yield ROOT / environment.RUN


def _prepare(surroundings: dict[str, str], *, demonstration: bool) -> None:
    with step("Preparing the database"):
        told = _call(
            "portal", "prepare", *(["--cast"] if demonstration else []), surroundings=surroundings
        )
    if told.strip():
        line("\n" + told.rstrip())
    elif demonstration:
        line("  The sign-ins were printed at the first start; --fresh makes new ones.")


def _call(module: str, *arguments: str, surroundings: dict[str, str] | None = None) -> str:
    """Run one of our own modules; what it says of a failure is what the person is told."""
    done = subprocess.run(
        [str(environment.python()), "-m", module, *arguments],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Stopped((done.stdout + done.stderr).strip() or f"{module} failed without a word.")
    return done.stdout


def _serve(surroundings: dict[str, str], options: argparse.Namespace) -> int:
    command = [str(environment.python()), "-m", "portal", "serve", "--port", str(options.port)]
    # A session of its own, so that Ctrl-C reaches this program first and stops the server in order.
    server = subprocess.Popen(command, cwd=ROOT, env=surroundings, start_new_session=True)
    # Started in the background, a shell would have us ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        _wait_until_ready(server, options.port)
        _welcome(options)
        return server.wait()
    except KeyboardInterrupt:
        line("\nStopping …")
        return 0
    finally:
        _stop(server)


def _wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Stopped("The portal did not start; the lines above say why.")
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise Stopped(f"The portal gave no answer within {SECONDS_TO_START} seconds.")


def _welcome(options: argparse.Namespace) -> None:
    address = f"http://{HOST}:{options.port}"
    line(f"\n  Guidance   {address}/guidance/\n  Portal     {address}/sign-in")
    if options.no_demo:
        line(
            f"  Add the first administrator with: {environment.python().relative_to(ROOT)} "
            "-m portal add-person (docs/operating.md tells how)"
        )
    line("  Stop with Ctrl-C.\n")


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
