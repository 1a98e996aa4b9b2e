"""An author sees a built tree as readers will: under its policy, and as it now is."""

import http.client
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from site_builder.failures import BuildFailed
from site_builder.policy import policy, script_hashes
from site_builder.publish import publish
from site_builder.serve import serving
from site_builder.trees import TreeName
from tests.builders.authored import Site

PROJECT = Path(__file__).parents[2]
Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def answering(out: Path, tree: TreeName = TreeName.PUBLIC) -> Iterator[int]:
    prefix = {"public": "/guidance/", "staff": "/staff/"}[tree]
    with serving(out, tree, prefix, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def ask(port: int, path: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def test_a_page_comes_with_the_policy_of_its_tree(site: Site) -> None:
    hashes = {h for html in site.pages("public").values() for h in script_hashes(html)}

    with answering(site.plan.out) as port:
        status, headers, content = ask(port, "/guidance/leave/")

    assert status == 200
    assert content == site.files("public")["leave/index.html"]
    assert headers["Content-Security-Policy"] == policy(hashes)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_there_is_told_with_404_and_the_page_for_it(site: Site) -> None:
    with answering(site.plan.out) as port:
        status, _, content = ask(port, "/guidance/no/such/page")

    assert status == 404
    assert b"Page not found" in content


@pytest.mark.parametrize(
    ("path", "to"),
    [("/", "/guidance/"), ("/staff/", "/guidance/"), ("/guidance/leave", "/guidance/leave/")],
)
def test_other_addresses_lead_to_the_right_one(site: Site, path: str, to: str) -> None:
    with answering(site.plan.out) as port:
        status, headers, _ = ask(port, path)

    assert (status, headers["Location"]) == (302, to)


@pytest.mark.parametrize(
    "path", ["/guidance/../staff/deciding/", "/guidance/%2e%2e/staff/deciding/index.html"]
)
def test_nothing_outside_the_tree_is_served(site: Site, path: str) -> None:
    with answering(site.plan.out) as port:
        status, _, content = ask(port, path)

    assert status == 404
    assert b"Deciding a request" not in content


def test_the_staff_tree_can_be_shown(site: Site) -> None:
    with answering(site.plan.out, TreeName.STAFF) as port:
        status, _, content = ask(port, "/staff/deciding/")

    assert status == 200
    assert b"Deciding a request" in content


def test_a_new_release_shows_at_the_next_request(tmp_path: Path) -> None:
    def files(word: bytes) -> dict[str, bytes]:
        csp = b'{"public": {"script_hashes": []}}'
        return {"public/index.html": word, "public/404.html": b"", "csp.json": csp}

    publish(files(b"old"), tmp_path)
    with answering(tmp_path) as port:
        assert ask(port, "/guidance/")[2] == b"old"
        publish(files(b"new"), tmp_path)
        assert ask(port, "/guidance/")[2] == b"new"


def test_an_author_sees_the_site_with_one_command_and_stops_it_with_ctrl_c(
    root: Path, cache: Path
) -> None:
    command = [sys.executable, "-m", "site_builder", "serve", "--root", str(root)]
    process = subprocess.Popen(
        [*command, "--cache", str(cache), "--port", "0"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    guard = threading.Timer(60, process.kill)
    guard.start()
    try:
        assert process.stdout is not None
        told = process.stdout.readline()
        port = int(told.partition("127.0.0.1:")[2].partition("/")[0])
        status, _, _ = ask(port, "/guidance/leave/")
        process.send_signal(signal.SIGINT)
        rest, progress = process.communicate(timeout=20)
    finally:
        guard.cancel()
        process.kill()

    assert (status, process.returncode, rest) == (200, 0, "")
    assert "Published 11 pages" in progress
    assert "Traceback" not in progress


def test_where_nothing_was_built_and_where_a_port_is_taken_is_told(
    site: Site, tmp_path: Path
) -> None:
    with pytest.raises(BuildFailed, match="nothing has been built"), answering(tmp_path):
        pass
    with (
        answering(site.plan.out) as port,
        pytest.raises(BuildFailed, match=f"port {port} cannot be used"),
        serving(site.plan.out, TreeName.PUBLIC, "/guidance/", port),
    ):
        pass
