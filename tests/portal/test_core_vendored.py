"""GOV.UK Frontend is as we cleaned it, with nothing that only GOV.UK may show."""

import hashlib
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "portal" / "static" / "govuk-frontend"
CODE = sorted([*FOLDER.glob("*.css"), *FOLDER.glob("*.js")])


def test_the_files_are_those_whose_hashes_were_written_down() -> None:
    lines = (FOLDER / "SHA256SUMS").read_text("ascii").splitlines()
    told = {name: digest for digest, name in (line.split() for line in lines)}

    assert told == {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in CODE}


@pytest.mark.parametrize("file", CODE, ids=lambda each: each.name)
@pytest.mark.parametrize("word", ["GDS Transport", "crest", "crown", "@font-face"])
def test_nothing_is_left_that_only_gov_uk_may_show(file: Path, word: str) -> None:
    assert word.lower() not in file.read_text("utf-8").lower()


@pytest.mark.parametrize("file", CODE, ids=lambda each: each.name)
def test_nothing_points_to_a_file_that_is_not_there(file: Path) -> None:
    assert not re.search(r"url\((?!data:)|sourceMappingURL", file.read_text("utf-8"))


def test_the_licence_stands_beside_them() -> None:
    assert "The MIT License" in (FOLDER / "LICENCE.txt").read_text("utf-8")
