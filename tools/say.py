"""How the tools speak: one line a step, with its time, and one line for what went wrong."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopped(Exception):
    """Something that the person at the keyboard can put right. The text says how."""


def line(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say that a step runs, count its seconds on a terminal, and say how long it took."""
    started = time.monotonic()
    done = threading.Event()
    if sys.stdout.isatty():
        threading.Thread(target=_count, args=(text, started, done), daemon=True).start()
    else:
        line(f"  {text} …")
    try:
        yield
    finally:
        done.set()
        clear = "\r" if sys.stdout.isatty() else ""
        line(f"{clear}  {text}: {time.monotonic() - started:.1f} s   ")


def _count(text: str, started: float, done: threading.Event) -> None:
    while not done.wait(0.5):
        print(f"\r  {text} … {time.monotonic() - started:.0f} s", end="", flush=True)
