"""Starts the whole product as a newcomer would, for the browser tests and the screenshots."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.environment import ROOT

SECONDS_TO_START = 180
# The table that the portal prints once: address, password.
ACCOUNT = re.compile(r"^\s+(\S+@\S+)\s+(\S+)\s*$", re.M)


@dataclass(frozen=True)
class Product:
    """A product that is running: its address, and the password of each account."""

    address: str
    passwords: dict[str, str]

    def account(self, role: str) -> tuple[str, str]:
        """The e-mail address and the password of one of the cast."""
        address = next(each for each in self.passwords if each.startswith(role + "@"))
        return address, self.passwords[address]


@contextmanager
def running(var: Path) -> Iterator[Product]:
    """The product with its demonstration cast, keeping its things in `var`, until the end."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "run.py", "--port", str(port), "--var", str(var)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("MHCS_")},
    )
    # A product that hangs is ended, so that whoever waits for it comes to an end.
    guard = threading.Timer(SECONDS_TO_START, process.kill)
    guard.start()
    drain = threading.Thread(target=lambda: list(process.stdout or ()), daemon=True)
    try:
        told = _read_until_ready(process)
        guard.cancel()
        # A full pipe would hold the server up.
        drain.start()
        yield Product(f"http://127.0.0.1:{port}", dict(ACCOUNT.findall(told)))
    finally:
        guard.cancel()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        _close(process, drain)


def _close(process: subprocess.Popen[str], drain: threading.Thread) -> None:
    if drain.is_alive():
        drain.join(timeout=5)
    if process.stdout is not None:
        process.stdout.close()


def _read_until_ready(process: subprocess.Popen[str]) -> str:
    lines: list[str] = []
    for line in process.stdout or ():
        lines.append(line)
        if "Stop with Ctrl-C" in line:
            return "".join(lines)
    raise RuntimeError("The product did not start:\n" + "".join(lines))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
