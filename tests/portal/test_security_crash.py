"""Killed in the middle of everything, the portal has lost nothing that it said was saved."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.chain_check import verify
from portal.clock import system_clock
from portal.models import AttemptResult, Enrolment, QuizAttempt, Role
from portal.sessions import start_session
from portal.settings import Settings
from tests.builders.people import add_person
from tests.builders.portal_settings import FIXTURE_LIBRARY
from tests.builders.world import BEGAN_ON, PROGRAMME, QUIZ

LEARNERS, ENOUGH = 4, 12
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Browser:
    """One learner's browser over plain http, for a server in a process of its own."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.cookies = port, {"session": token}

    def ask(self, method: str, path: str, **fields: str) -> tuple[int, str, str]:
        """The status, the Location and the text of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        site = f"http://127.0.0.1:{self.port}/"
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Referer": site}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(fields), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for each in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, answer.headers.get("Location", ""), text

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form of a page as it stands, with these fields filled in."""
        found = _TOKEN.search(self.ask("GET", path)[2])
        status, location, _text = self.ask(
            "POST", path, csrf_token=found[1] if found else "", **fields
        )
        return status, location


@contextmanager
def _serving(settings: Settings) -> Iterator[tuple[subprocess.Popen[str], int]]:
    environment = {
        "PATH": os.environ["PATH"],
        "MHCS_DATABASE_URL": settings.database_url,
        "MHCS_SECRET_KEY": settings.secret_key,
        "MHCS_CHAIN_KEY": settings.chain_key,
        "MHCS_SITE_URL": "http://127.0.0.1",
        "MHCS_TRUSTED_HOSTS": "127.0.0.1",
        "MHCS_CONTENT_DIR": str(FIXTURE_LIBRARY),
        "MHCS_SITE_DIR": str(settings.site_dir),
        "MHCS_VAR_DIR": str(settings.var_dir),
        "MHCS_DEMONSTRATION": "yes",
    }
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "portal", "serve", "--port", str(port)],
        env=environment,
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert "answers at" in process.stdout.readline()
        try:
            yield process, port
        finally:
            process.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def tokens(database: Session) -> list[str]:
    """Some learners who are signed in and have a quiz to take."""
    now = system_clock()
    found = []
    for _ in range(LEARNERS):
        learner = add_person(database, Role.LEARNER)
        database.add(
            Enrolment(person=learner, programme=PROGRAMME.slug, starts_on=BEGAN_ON, created_at=now)
        )
        found.append(start_session(database, learner, now))
    database.commit()
    return found


def test_what_was_acknowledged_outlives_a_kill(
    settings: Settings, database: Session, tokens: list[str]
) -> None:
    acknowledged: list[str] = []

    with _serving(settings) as (process, port):

        def submit_until_the_end(token: str) -> None:
            browser = Browser(port, token)
            try:
                while True:
                    _status, place = browser.send(f"/quizzes/{QUIZ.slug}/")
                    answers = {f"question-{number}": "1" for number in (1, 2, 3)}
                    status, location = browser.send(place, **answers)
                    if status == 302 and location == f"{place}/result":
                        acknowledged.append(place)
                    if len(acknowledged) >= ENOUGH:
                        process.send_signal(signal.SIGKILL)
            except (OSError, HTTPException):
                # The server is gone, and with it the answer, if there was to be one.
                return

        with ThreadPoolExecutor(LEARNERS) as threads:
            list(threads.map(submit_until_the_end, tokens))
        assert process.wait(20) == -signal.SIGKILL

    stored = database.scalars(
        select(QuizAttempt.public_id).join(
            AttemptResult, AttemptResult.attempt_id == QuizAttempt.id
        )
    ).all()
    assert len(acknowledged) >= ENOUGH
    assert {place.rsplit("/", 1)[1] for place in acknowledged} <= set(stored)
    assert len(set(stored)) == len(stored)
    assert verify(database, settings.chain_key).is_whole
    _is_still_shown(settings, tokens, acknowledged)


def _is_still_shown(settings: Settings, tokens: list[str], acknowledged: list[str]) -> None:
    with _serving(settings) as (_process, port):
        for place in acknowledged:
            shown = [Browser(port, token).ask("GET", f"{place}/result") for token in tokens]
            # By the learner whose attempt it is, and by nobody else.
            assert sorted(status for status, *_ in shown) == [200] + [404] * (LEARNERS - 1)
