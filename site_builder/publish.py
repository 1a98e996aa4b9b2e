"""Publishes a finished site: built beside the old one, then one rename.

    var/site/current -> releases/0007-3f2a9c1d04be
    var/site/releases/<id>/public/ staff/ csp.json manifest.json

Readers follow `current`. It is a symbolic link, and is replaced by renaming
another over it, so that it names a whole release at every instant. A build
that dies leaves the old site, and the next one clears up after it.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from site_builder.failures import BuildFailed

KEPT = 3
_DIGITS = 4


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one build at a time may use a folder. A second one is told so at once."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BuildFailed(
                f"another build is using {folder}; try again when it is done"
            ) from None
        yield


def current_release(out: Path) -> Path | None:
    """The release that readers see, if anything has been published."""
    try:
        return out / (out / "current").readlink()
    except OSError:
        return None


def publish(files: Mapping[str, bytes], out: Path) -> tuple[Path, bool]:
    """The release that holds exactly these files, and whether it is a new one.

    The caller holds the lock of `out`. Files that are the current release's
    already are not published twice.
    """
    releases = out / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    _clear_up(out, releases)
    manifest = _manifest(files)
    digest = sha256(manifest).hexdigest()[:12]
    now = current_release(out)
    if now and now.is_dir() and now.name.endswith(f"-{digest}"):
        return now, False
    release = releases / f"{_next_number(releases):0{_DIGITS}}-{digest}"
    _write({**files, "manifest.json": manifest}, release)
    _switch(out, release)
    _keep_newest(releases, release)
    return release, True


def _manifest(files: Mapping[str, bytes]) -> bytes:
    """The list of files, by which a copy of a site can be checked."""
    hashes = {name: sha256(content).hexdigest() for name, content in sorted(files.items())}
    return json.dumps({"sha256": hashes}, indent=1).encode() + b"\n"


def _next_number(releases: Path) -> int:
    numbers = [int(name.split("-")[0]) for name in _names(releases)]
    return max(numbers, default=0) + 1


def _names(releases: Path) -> list[str]:
    """Whole releases, the oldest first."""
    names = [path.name for path in releases.iterdir() if path.name.split("-")[0].isdecimal()]
    return sorted(names, key=lambda name: int(name.split("-")[0]))


def _write(files: Mapping[str, bytes], release: Path) -> None:
    """Everything is on the disk before the name exists."""
    beside = release.with_name(f".building-{release.name}")
    for name, content in files.items():
        path = beside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    _sync(path for path in (beside, *beside.rglob("*")) if path.is_dir())
    beside.rename(release)
    _sync([release.parent])


def _switch(out: Path, release: Path) -> None:
    link = out / ".current-next"
    link.unlink(missing_ok=True)
    link.symlink_to(release.relative_to(out), target_is_directory=True)
    link.replace(out / "current")
    _sync([out])


def _sync(folders: Iterable[Path]) -> None:
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _keep_newest(releases: Path, published: Path) -> None:
    """Readers that are still on an older release finish there."""
    for name in _names(releases)[:-KEPT]:
        if name != published.name:
            shutil.rmtree(releases / name)


def _clear_up(out: Path, releases: Path) -> None:
    """What a build that was killed has left."""
    for path in releases.glob(".building-*"):
        shutil.rmtree(path)
    (out / ".current-next").unlink(missing_ok=True)
