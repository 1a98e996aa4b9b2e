"""Collects every text of the portal for translators.

`python -m tools.translations` writes `portal/translations/messages.pot` and brings
the Welsh catalogue up to it: new texts are added, gone ones are dropped, and what was
translated stays. Uses Babel, which the portal needs anyway.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PORTAL = ROOT / "portal"
TEMPLATE = PORTAL / "translations" / "messages.pot"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
# The same on every day, so that the file changes only when a text does.
_STARTED_AT = datetime(2026, 11, 21, tzinfo=UTC)


def collect() -> Catalog:
    """Every text of the portal, once."""
    catalogue = _empty()
    found = extract_from_dir(PORTAL, METHODS, OPTIONS, keywords=KEYWORDS)
    for _file, _line, text, comments, context in found:
        catalogue.add(text, None, auto_comments=comments, context=context)
    return catalogue


def untranslated(catalogue: Iterable[Message]) -> list[str]:
    """The texts of a catalogue that have no translation, or one that needs another look."""
    return [str(each.id) for each in catalogue if each.id and (not all(_forms(each)) or each.fuzzy)]


def catalogue_file(language: str) -> Path:
    """Where the catalogue of a language stands."""
    return PORTAL / "translations" / language / "LC_MESSAGES" / "messages.po"


def read(path: Path) -> Catalog:
    """A catalogue from the disk."""
    with path.open("rb") as file:
        return read_po(file)


def main() -> None:
    """Write the template and bring the Welsh catalogue up to it."""
    collected = collect()
    _write(TEMPLATE, collected)
    welsh = catalogue_file("cy")
    catalogue = read(welsh) if welsh.exists() else _empty("cy")
    catalogue.update(collected, no_fuzzy_matching=True, update_creation_date=True)
    catalogue.obsolete.clear()
    catalogue.revision_date = _STARTED_AT
    _write(welsh, catalogue)


def _empty(language: str | None = None) -> Catalog:
    return Catalog(
        locale=language,
        header_comment="# Texts of the MHCS Training and Engagement Portal.",
        project="MHCS Training and Engagement Portal",
        version="1",
        msgid_bugs_address="whoever runs the portal",
        last_translator="nobody yet",
        language_team="nobody yet",
        creation_date=_STARTED_AT,
        revision_date=_STARTED_AT,
        fuzzy=False,
    )


def _forms(message: Message) -> tuple[object, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, no_location=True, sort_output=True)


if __name__ == "__main__":
    main()
