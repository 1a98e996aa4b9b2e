"""Makes `.venv` and keeps it equal to the requirements files."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.say import Stopped, step

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
RUN = "requirements.txt"
TEST = "requirements-dev.txt"


def python() -> Path:
    """The environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ensure(requirements: str) -> None:
    """Make the environment hold what the file names, or say why it cannot.

    The test requirements contain the others, so an environment for tests serves
    for running too. A second call with nothing changed takes milliseconds.
    """
    if _installed(requirements):
        return
    _check_writable(ROOT)
    if not python().exists():
        with step("Making the Python environment in .venv"):
            _make()
    with step(f"Installing from {requirements} (the first time takes a minute or two)"):
        _install(requirements)
    _remember(requirements)


def _stamp() -> Path:
    return VENV / "installed.json"


def _digest(requirements: str) -> str:
    return hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()


def _installed(requirements: str) -> bool:
    try:
        held = json.loads(_stamp().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return python().exists() and held.get(requirements) == _digest(requirements)


def _remember(requirements: str) -> None:
    names = (RUN, TEST) if requirements == TEST else (requirements,)
    held = {name: _digest(name) for name in names}
    _stamp().write_text(json.dumps(held, indent=2), encoding="utf-8")


def _check_writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK):
        raise Stopped(
            f"Cannot write in {folder}. Copy the project to a folder of your own, "
            "or ask its owner for the right to write there."
        )


def _make() -> None:
    uv = shutil.which("uv")
    if uv:
        command = [uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]
    else:
        command = [sys.executable, "-m", "venv", str(VENV)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Stopped(_why_no_venv(made.stdout + made.stderr))


def _why_no_venv(output: str) -> str:
    if "ensurepip" in output or "No module named venv" in output:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return (
            "This Python cannot make environments. On Debian or Ubuntu: "
            f"sudo apt install python{version}-venv, then run this again."
        )
    return f"The environment could not be made: {_last_line(output)}"


def _install(requirements: str) -> None:
    uv = shutil.which("uv")
    if not uv:
        _ensure_pip()
    command = (
        [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(python())]
        if uv
        else [str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    )
    command += ["--require-hashes", "-r", requirements]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stopped(
            f"Installing from {requirements} failed: {_last_line(done.stderr + done.stdout)} "
            "If this machine has no network, point pip at your package mirror and run this again."
        )


def _ensure_pip() -> None:
    """An environment that uv made has no pip of its own, and uv may be gone since."""
    asked = [str(python()), "-m", "pip", "--version"]
    if subprocess.run(asked, cwd=ROOT, capture_output=True, check=False).returncode:
        given = [str(python()), "-m", "ensurepip"]
        done = subprocess.run(given, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Stopped(_why_no_venv(done.stdout + done.stderr))


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if line.lower().startswith("error")] or lines
    return told[-1] if told else "it gave no reason."
