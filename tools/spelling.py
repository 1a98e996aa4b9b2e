"""Checks British spelling in everything that people read, code comments included.

Run as `python -m tools.spelling`. The dictionary (British, -ise) stands in
`tools/dictionary` with its licence; words of the field are in `tools/words.txt`.
"""

import io
import re
import sys
import tokenize
import warnings
from collections.abc import Iterator

from spylls.hunspell import Dictionary

from tools.house import ROOT, tracked

FRONT_MATTER_NAMES = re.compile(
    r"(?m)^(?:legislation|facts|topics|audience|owner|kind|untested): .*$"
)
WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][a-z]+)?")
# What is no prose: code in backquotes, addresses, templates' own language, escapes, anchors.
NOT_PROSE = re.compile(
    r"`[^`]*`|https?://\S+|www\.\S+|\{%.*?%\}|\{\{.*?\}\}|\{#[\w-]+\}|<[^>]+>|\]\([^)]*\)"
    r"|%\(\w+\)[sd]|\{\w*[^}]*\}|\\.|[\w.+-]+@[\w.-]+|\b[\w-]*[_/\d][\w./-]*|--[\w-]+|\.\w+\b"
    r"|\b\w+\.(?:gov|org|uk|com|nhs|police|wales|scot|ac|co)(?:\.\w+)*\S*",
    re.S,
)
PROSE = (".md", ".html")
# Names for machines: whole lines of ids, slugs and versions, and what stands before a colon.
YAML_KEY = re.compile(
    r"^\s*(?:- )?(?:id|section|version|cites|topics|facts|objectives|legislation|page|quiz|slug"
    r"|role|owner|audience|url|title: [a-z-]+$)\b.*$|^\s*(?:- )?[\w-]+:\s?|^\s*#.*$|^\s*- [\w#-]+$",
    re.M,
)


def texts() -> Iterator[tuple[str, int, str]]:
    """Every piece of prose with its file and its first line."""
    for name in tracked():
        path = ROOT / name
        # Fact briefs quote titles and keys of sources as they are; nothing of them is shown.
        if (
            name.startswith(("tools/dictionary", "portal/static/", "docs/facts/"))
            or "/vendor/" in name
        ):
            continue
        if name.endswith(".py") and "/migrations/" not in name:
            yield from _comments(name, path.read_text(encoding="utf-8"))
        elif name.endswith(PROSE):
            yield name, 1, FRONT_MATTER_NAMES.sub("", path.read_text(encoding="utf-8"))
        elif name.startswith(("content/", "quizzes/", "stakeholders/")) and name.endswith(".yaml"):
            text = path.read_text(encoding="utf-8")
            yield name, 1, YAML_KEY.sub(lambda key: " " * len(key[0]), text)


def _comments(name: str, text: str) -> Iterator[tuple[str, int, str]]:
    before = tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and "noqa" not in token.string:
            yield name, token.start[0], token.string
        if token.type == tokenize.STRING and before in _LINE_STARTS:
            yield name, token.start[0], token.string
        if token.type not in (tokenize.COMMENT, tokenize.NL):
            before = token.type


_LINE_STARTS = (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING)


class Speller:
    """Knows the dictionary and the words of the field; asks about each word once."""

    def __init__(self, own_words: frozenset[str]) -> None:
        with warnings.catch_warnings():
            # The library leaves its two files to be closed by the interpreter.
            warnings.simplefilter("ignore", ResourceWarning)
            self._dictionary = Dictionary.from_files(str(ROOT / "tools/dictionary/en-GB"))
        self._own = own_words
        self._known: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Whether a word is spelt as in Britain. Words in capitals are taken as initials."""
        if word not in self._known:
            self._known[word] = self._look_up(word)
        return self._known[word]

    def _look_up(self, word: str) -> bool:
        plain = word.replace("’", "'").removesuffix("'s").removesuffix("'")
        if len(plain) < 3 or plain.isupper() or (not plain.islower() and not plain.istitle()):
            return True
        if plain.lower() in self._own or plain in self._own:
            return True
        return bool(self._dictionary.lookup(plain) or self._dictionary.lookup(plain.lower()))


def unknown(speller: Speller, text: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Each word of a text that is not known, with its line."""
    prose = NOT_PROSE.sub(lambda gap: re.sub(r"[^\n]", " ", gap[0]), text)
    for offset, line in enumerate(prose.splitlines()):
        for word in WORD.findall(line):
            if not speller.knows(word):
                yield first_line + offset, word


def own_words() -> frozenset[str]:
    """The words of the field, one a line; a line that starts with # is a comment."""
    lines = (ROOT / "tools/words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def main() -> int:
    """Print every unknown word with its place. Exit code 1 if there is one."""
    speller = Speller(own_words())
    count = 0
    for name, first_line, text in texts():
        for line, word in unknown(speller, text, first_line):
            print(f"{name}:{line}: '{word}' is not in the British dictionary nor in words.txt")
            count += 1
    print(f"Spelling: {count} unknown words." if count else "Spelling: British throughout.")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
