"""How changes and what they mean are said on a page. Nothing here decides anything."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from domain.standing import Meaning
from portal.clock import day_of
from portal.publishing.changes import ChangeKind
from portal.publishing.people import Touched


def meaning_word(meaning: Meaning | str) -> str:
    """What a change means, in a word or two."""
    words: dict[str, str] = {
        Meaning.FIRST: _("New"),
        Meaning.NO_CHANGE: _("No change of meaning"),
        Meaning.MINOR: _("Minor"),
        Meaning.MATERIAL: _("Material"),
        Meaning.WITHDRAWN: _("Taken out"),
    }
    return words[meaning]


def meaning_hint(meaning: Meaning) -> str:
    """What follows for those who knew the words before."""
    words: dict[Meaning, str] = {
        Meaning.FIRST: _("Whoever knew the page stays current, and need not learn this."),
        Meaning.NO_CHANGE: _("The same rule in other words. Everybody stays current."),
        Meaning.MINOR: _("Worth knowing, and nobody needs to learn it again."),
        Meaning.MATERIAL: _(
            "Whoever met a requirement by the words before becomes outdated, and meets it again."
        ),
        Meaning.WITHDRAWN: _("There is nothing to learn any more."),
    }
    return words[meaning]


def kind_word(kind: ChangeKind) -> str:
    """How a section differs."""
    words: dict[ChangeKind, str] = {
        ChangeKind.CHANGED: _("Changed"),
        ChangeKind.FOLLOWS: _("Changed below"),
        ChangeKind.ADDED: _("New"),
        ChangeKind.REMOVED: _("Taken out"),
    }
    return words[kind]


def people_count(people: int) -> str:
    """A number of people."""
    words: str = ngettext("%(num)d person", "%(num)d people", people)
    return words


def time_needed(touched: Touched) -> str:
    """How long those who would learn it again need together, never less than it is."""
    if touched.minutes < 60:
        minutes: str = ngettext("%(num)d minute", "%(num)d minutes", touched.minutes)
        return minutes
    hours: str = ngettext("about %(num)d hour", "about %(num)d hours", touched.hours)
    return hours


def words() -> dict[str, Any]:
    """What the pages of publishing may say."""
    return {
        each.__name__: each for each in (meaning_word, kind_word, people_count, time_needed, day_of)
    }
