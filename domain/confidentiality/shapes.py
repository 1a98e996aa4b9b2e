"""How numbers are written apart: the gaps between their characters, and what is mere prose.

Every pattern here and in its neighbours takes a bounded number of steps from
each place of a text, and none can be begun at more than one reading of the same
characters: the time taken grows with the length of the text and no faster.
"""

import re
from typing import Final

from domain.confidentiality.word_lists import listed

# Three blanks or hyphens, then perhaps a line end with what stands before the next line.
GAP: Final = r"[ \t-]{0,3}(?:\r?\n[ \t>#]{0,30})?"
# The same for identifiers with letters, which file names join by other signs too.
WIDE_GAP: Final = r"(?:\.|[ \t_-]{0,3}(?:\r?\n[ \t>#]{0,30})?)"
END: Final = r"(?![A-Z0-9])"

# Words of two letters that stand between numbers in any prose.
_EVERYDAY: Final = listed(
    """
    AM AN AS AT BE BY CM DO EU GB GO HE HZ IF IN IS IT KB KG KM MB ME ML MM MY NO OF OH
    OK ON OR PM SO ST ND RD TB TH TO UK UP US VS WE
    CM CP HC HL PQ SI SS
    """
)
_WORDS: Final = re.compile(r"[A-Za-z]+")
_CHARACTERS: Final = re.compile(r"[A-Za-z0-9]")
_LETTERS: Final = re.compile(r"[A-Za-z]")


def words_like(*beginnings: str) -> re.Pattern[str]:
    """A pattern of words in capitals, each given as an expression that begins with its letter.

    Where a word begins is asked after its first letter: a search for letters is
    many times faster than one for the edges of words.
    """
    return re.compile("|".join(f"{each[0]}(?<![A-Z0-9]{each[0]}){each[1:]}" for each in beginnings))


def digits_of(text: str) -> str:
    """The digits of a text, without what stands between them."""
    return "".join(filter(str.isdigit, text))


def characters_of(text: str) -> str:
    """The letters and digits of a text, without what stands between them."""
    return "".join(_CHARACTERS.findall(text))


def is_apart(text: str) -> bool:
    """Whether anything stands between the characters of an identifier."""
    return not text.isalnum()


def is_shouted(text: str) -> bool:
    """Whether all letters are capitals, as in an identifier and unlike in prose."""
    return "".join(_LETTERS.findall(text)).isupper()


def has_everyday_word(text: str) -> bool:
    """Whether an identifier written apart has a word in it that prose is full of."""
    return any(word.upper() in _EVERYDAY for word in _WORDS.findall(text))
