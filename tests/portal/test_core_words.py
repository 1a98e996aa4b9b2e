"""Every word that people see can be translated: none stands bare in a template or a form."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from jinja2 import Environment, nodes

from portal.text import LANGUAGES
from tools.translations import TEMPLATE, catalogue_file, collect, read, untranslated

PORTAL = Path(__file__).parents[2] / "portal"
TEMPLATES = sorted(PORTAL.glob("**/templates/**/*.html"))
CODE = sorted(each for each in PORTAL.rglob("*.py") if "migrations" not in each.parts)
SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title"}
GETTEXT = {"_", "_l", "gettext", "ngettext", "lazy_gettext", "pgettext"}
# What an expression puts out is looked at as code, not as text.
EXPRESSION = "\x00"


class _Text(HTMLParser):
    """Collects the words between the tags, and those of attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_code += tag == "code"
        self.found += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        self.in_code -= tag == "code"

    def handle_data(self, data: str) -> None:
        if not self.in_code:
            self.found.append(data)


def bare_words(template: str) -> list[str]:
    """Words of a template that no translator sees."""
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(template)
    parts: list[str] = []
    for output in tree.find_all(nodes.Output):
        for each in output.nodes:
            parts.append(each.data if isinstance(each, nodes.TemplateData) else EXPRESSION)
    parser = _Text()
    parser.feed("".join(parts))
    texts = parser.found + [each.value for each in _strings(tree)]
    return [text.strip() for text in texts if _is_said(text)]


def _strings(tree: nodes.Node) -> Iterator[nodes.Const]:
    """Strings in expressions that look like something said, outside the calls for translators."""
    for child in tree.iter_child_nodes():
        if isinstance(child, nodes.Call) and getattr(child.node, "name", "") in GETTEXT:
            continue
        if isinstance(child, nodes.Const) and isinstance(child.value, str):
            if re.match(r"[A-Z][a-z]+", child.value):
                yield child
        else:
            yield from _strings(child)


def _is_said(text: str) -> bool:
    return bool(re.search(r"[A-Za-z]{2,}", text.replace(EXPRESSION, " ")))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: str(each.relative_to(PORTAL)))
def test_every_word_of_a_template_can_be_translated(template: Path) -> None:
    assert bare_words(template.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Hello</p>",
        "<p>{{ name }} is here</p>",
        '<img alt="A chart">',
        '<nav aria-label="Main"></nav>',
        '{{ button("Save") }}',
        '{{ govuk("button", {"text": "Save"}) }}',
    ],
)
def test_a_bare_word_is_found(template: str) -> None:
    assert bare_words(template)


@pytest.mark.parametrize(
    "template",
    [
        '<p class="govuk-body">{{ _("Hello") }}</p>',
        "{% trans %}Hello{% endtrans %}",
        "<code>python -m portal</code>",
        '{{ govuk("button", {"text": _("Save"), "classes": "govuk-button--secondary"}) }}',
    ],
)
def test_a_word_for_translators_is_let_be(template: str) -> None:
    assert bare_words(template) == []


# Whatever is called with one of these names shows the words that it is given.
SHOWN = re.compile(r"flash|Required|ValidationError|StopValidation|Length|.*Field")


def bare_strings(code: str) -> list[str]:
    """Words in Python that are shown and that no translator sees."""
    return [
        argument.value
        for call in ast.walk(ast.parse(code))
        if isinstance(call, ast.Call) and SHOWN.fullmatch(_name(call.func))
        for argument in (*call.args, *(each.value for each in call.keywords if each.arg in _WORDS))
        if isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
        and _is_said(argument.value)
    ]


_WORDS = {"label", "hint", "message"}


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


@pytest.mark.parametrize("file", CODE, ids=lambda each: str(each.relative_to(PORTAL)))
def test_every_word_of_a_form_can_be_translated(file: Path) -> None:
    assert bare_strings(file.read_text("utf-8")) == []


def test_a_bare_string_of_a_form_is_found() -> None:
    assert bare_strings('TextField("Name", hint="As on the pass")') == ["Name", "As on the pass"]
    assert bare_strings('flash("Saved")') == ["Saved"]
    assert bare_strings('TextField(_l("Name"), hint=_l("As on the pass"))') == []


@pytest.mark.parametrize("file", [TEMPLATE, catalogue_file("cy")], ids=["template", "Welsh"])
def test_a_catalogue_holds_every_text_and_no_other(file: Path) -> None:
    collected = {(each.id, each.context) for each in collect() if each.id}
    held = {(each.id, each.context) for each in read(file) if each.id}

    # To put it right: python -m tools.translations
    assert held == collected


def test_a_text_without_translation_is_found() -> None:
    catalogue = Catalog(locale="cy")
    catalogue.add("Save", "Cadw")
    catalogue.add("Back")
    catalogue.add("Menu", "Dewislen", flags=["fuzzy"])

    assert sorted(untranslated(catalogue)) == ["Back", "Menu"]


def test_a_language_is_offered_only_when_it_is_translated_whole() -> None:
    translated = {"en_GB"} | {
        language for language in ("cy",) if not untranslated(read(catalogue_file(language)))
    }

    assert set(LANGUAGES) <= translated
