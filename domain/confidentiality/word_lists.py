"""Lists of words, written as prose is: with blanks, over as many lines as it takes."""


def listed(words: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(words.split())
