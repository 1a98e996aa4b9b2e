"""Publishing is one switch: readers never see half a site, whatever happens to a build."""

import json
import signal
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from site_builder.failures import BuildFailed
from site_builder.publish import KEPT, alone, current_release, publish
from tests.builders.authored import files_below

SEVERAL = 40
ROOT = Path(__file__).parents[2]


def site_of(word: str) -> dict[str, bytes]:
    """A site in which every file says the same word."""
    return {f"public/{n}/index.html": (word * 4000).encode() for n in range(SEVERAL)}


def test_a_release_holds_exactly_the_files_and_a_list_of_them(tmp_path: Path) -> None:
    files = {"public/index.html": b"front", "csp.json": b"{}"}

    release, is_new = publish(files, tmp_path)

    manifest = json.loads((release / "manifest.json").read_text("utf-8"))
    assert is_new
    assert (tmp_path / "current").resolve() == release.resolve()
    assert files_below(release).keys() == {*files, "manifest.json"}
    assert manifest["sha256"] == {name: sha256(c).hexdigest() for name, c in files.items()}


def test_the_same_files_are_not_published_twice(tmp_path: Path) -> None:
    first, _ = publish(site_of("a"), tmp_path)

    again, is_new = publish(site_of("a"), tmp_path)

    assert (again, is_new) == (first, False)


def test_going_back_to_earlier_files_is_a_release_of_its_own(tmp_path: Path) -> None:
    names = [publish(site_of(word), tmp_path)[0].name for word in ("a", "b", "a")]

    assert [name.split("-")[0] for name in names] == ["0001", "0002", "0003"]
    assert names[0].split("-")[1] == names[2].split("-")[1]


def test_the_three_newest_releases_are_kept(tmp_path: Path) -> None:
    for number in range(12):
        publish({"a": str(number).encode()}, tmp_path)

    kept = sorted(path.name.split("-")[0] for path in (tmp_path / "releases").iterdir())
    assert kept == ["0010", "0011", "0012"]
    assert len(kept) == KEPT


class Reader(threading.Thread):
    """Reads the whole current site again and again, and notes whatever is not whole."""

    def __init__(self, out: Path) -> None:
        super().__init__(daemon=True)
        self.out, self.faults, self.reads = out, list[str](), 0
        self.read, self.stop = threading.Event(), threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                # The link is followed once, as a request of the portal does.
                contents = files_below((self.out / "current").resolve() / "public")
                if len(contents) != SEVERAL or len(set(contents.values())) != 1:
                    self.faults.append("mixed")
            except OSError as fault:
                self.faults.append(str(fault))
            self.reads += 1
            self.read.set()


def test_readers_see_a_whole_site_at_every_instant(tmp_path: Path) -> None:
    publish(site_of("0"), tmp_path)
    readers = [Reader(tmp_path) for _ in range(2)]
    for reader in readers:
        reader.start()

    for number in range(1, 9):
        publish(site_of(str(number)), tmp_path)
        # Two switches may pass while somebody reads: the third oldest release is still there.
        for reader in readers:
            reader.read.wait(timeout=10)
            reader.read.clear()
    for reader in readers:
        reader.stop.set()
        reader.join(timeout=10)

    assert [reader.faults for reader in readers] == [[], []]
    assert min(reader.reads for reader in readers) >= 4


# The disk at which the power fails, after so many writes.
DYING = """
import os, signal, sys
from pathlib import Path
from site_builder.publish import publish
out, left, sync = Path(sys.argv[1]), int(sys.argv[2]), os.fsync
def dying(handle):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    sync(handle)
os.fsync = dying
publish({f"public/{n}.html": b"new" for n in range(3)}, out)
"""


def test_a_build_that_is_killed_at_any_moment_leaves_the_old_site_or_the_new(
    tmp_path: Path,
) -> None:
    old = {f"public/{number}.html": b"old" for number in range(3)}
    survived, seen = False, set()
    for writes in range(20):
        out = tmp_path / str(writes)
        publish(old, out)

        ended = subprocess.run(
            [sys.executable, "-c", DYING, str(out), str(writes)], cwd=ROOT, check=False
        )

        contents = set(files_below(out / "current" / "public").values())
        assert len(contents) == 1
        assert len(files_below(out / "current" / "public")) == 3
        seen |= contents
        _recovers(out)
        if ended.returncode == 0:
            survived = True
            break
        assert ended.returncode == -signal.SIGKILL
    assert survived
    assert seen == {b"old", b"new"}


def _recovers(out: Path) -> None:
    """The next build publishes, and clears up what the dead one left."""
    release, _ = publish({"public/a.html": b"next"}, out)
    assert (out / "current").resolve() == release.resolve()
    assert not [path for path in (out / "releases").iterdir() if path.name.startswith(".")]
    assert not (out / ".current-next").exists()


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    with (
        alone(tmp_path),
        pytest.raises(BuildFailed, match="another build is using"),
        alone(tmp_path),
    ):
        pass

    with alone(tmp_path):
        publish(site_of("a"), tmp_path)
    assert current_release(tmp_path) is not None


def test_before_anything_is_published_there_is_no_release(tmp_path: Path) -> None:
    assert current_release(tmp_path) is None
