"""What can be wrong with a machine is said in one line that tells what to do."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment, start
from tools.say import Stopped

ROOT = Path(__file__).resolve().parents[2]


def test_a_busy_port_names_the_next_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(Stopped, match=f"Port {port} is in use.*--port {port % 65535 + 1}"):
            start._check_port(port)


def test_a_port_out_of_range_is_refused():
    with pytest.raises(Stopped, match="There is no port 70000"):
        start._check_port(70000)


def test_a_missing_venv_names_the_package_to_install():
    told = environment._why_no_venv("The virtual environment was not created: ensurepip is not")

    assert "sudo apt install python3." in told
    assert "-venv" in told


def test_a_folder_that_cannot_be_written_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr("os.access", lambda *_: False)

    with pytest.raises(Stopped, match="Cannot write in"):
        environment._check_writable(tmp_path)


def test_an_unknown_option_gives_a_usage_line_and_no_traceback():
    done = subprocess.run(
        [sys.executable, "run.py", "--nonsense"], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 2
    assert "unrecognized arguments: --nonsense" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_older_python_is_told_so_in_one_line():
    code = (
        "import sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (old)'; "
        "sys.argv = ['run.py']; exec(open('run.py').read())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr == "This needs Python 3.11 or newer; this is 3.9.2.\n"


def test_the_requirements_of_the_tests_hold_every_one_of_the_run():
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.split()[0] for line in lines if line and line[0].isalpha()}

    assert pins(environment.RUN) <= pins(environment.TEST)


def test_every_requirement_has_a_hash_and_no_address():
    for name in (environment.RUN, environment.TEST):
        text = (ROOT / name).read_text(encoding="utf-8")
        blocks = [block for block in text.split("\n") if block and block[0].isalpha()]

        assert "://" not in text
        assert all(block.rstrip().endswith("\\") for block in blocks)
