"""Finds a Chromium for the browser tests and the screenshots."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
# A closed network must not be asked for updates, and a test starts as nobody in particular.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = (
    "No Chromium was found, so the browser tests are skipped. Install it (on Debian: "
    "sudo apt install chromium) or set MHCS_CHROMIUM to its path."
)


def find() -> Path | None:
    """The browser named in MHCS_CHROMIUM, else on the path, else in a usual place."""
    named = os.environ.get("MHCS_CHROMIUM")
    if named:
        return Path(named) if Path(named).exists() else None
    on_path = (shutil.which(name) for name in NAMES)
    found = next((each for each in on_path if each), None)
    if found:
        return Path(found)
    return next((Path(place) for place in PLACES if Path(place).exists()), None)
