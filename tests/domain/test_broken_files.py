"""However a file is broken, an author sees lines and never a traceback."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.library import inspect, restamp
from domain.problems import ProblemsFound, errors
from tests.builders.mistakes import SOUND, TODAY, copy_of_sound_library

FILES = sorted(path.relative_to(SOUND).as_posix() for path in SOUND.rglob("*.*"))
DEBRIS = st.one_of(
    st.binary(max_size=12),
    st.text(max_size=12).map(str.encode),
    st.sampled_from(
        [b"\n", b"---\n", b"- ", b": ", b"[", b"{", b'"', b"# ", b"::: note\n", b"```\n"]
    ),
)


@settings(max_examples=60)
@given(st.sampled_from(FILES), st.floats(0, 1), st.integers(0, 40), DEBRIS)
def test_a_file_with_something_cut_out_and_put_in_is_loaded_or_told(
    path: str, at: float, cut: int, debris: bytes
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = copy_of_sound_library(Path(folder))
        data = (root / path).read_bytes()
        start = int(at * len(data))
        (root / path).write_bytes(data[:start] + debris + data[start + cut :])

        inspection = inspect(root, TODAY)

        assert (inspection.library is None) == bool(errors(inspection.problems))
        assert all((root / problem.path).exists() for problem in inspection.problems)
        assert all(problem.line >= 1 for problem in inspection.problems)
        try:
            restamp(root, "leave-basics")
        except ProblemsFound as refused:
            assert refused.problems  # noqa: PT017 it may be refused or not, but never for nothing
