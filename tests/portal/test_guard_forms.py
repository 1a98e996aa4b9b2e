"""No form of the portal takes free text past the guard, neither today's forms nor the next one."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import wtforms
from wtforms.fields.core import UnboundField

import portal
from domain.confidentiality import Code, Kind
from portal.fields import (
    CodeField,
    EmailField,
    Form,
    FreeTextField,
    GuardedField,
    PasswordField,
    SearchField,
    TextAreaField,
    TextField,
)
from portal.fields.guard_words import KINDS, LOOKS

PORTAL = Path(portal.__path__[0])
CODE = sorted(each for each in PORTAL.rglob("*.py") if "migrations" not in each.parts)

# What is typed and not searched, each kind with its reason.
UNGUARDED = {
    EmailField: "an address is what the guard looks for; the forms check its shape",
    CodeField: "it is compared with what an app shows, and not kept",
    SearchField: "it is looked for, and not kept",
    PasswordField: "it is kept as a code that cannot be turned back",
}
# What travels in hidden fields, each with what holds it to what we sent ourselves.
HIDDEN = {
    "assessment": "has the shape of a public id",
    "state": "is compared with the state of the library",
    "version": "is compared with the version of the page",
}
# What is read of a request without a form.
READ_DIRECTLY = {
    "portal/stakeholders/routes.py": {'request.form.get("step", "")'},
    "portal/publishing/routes.py": {'request.form.get("step", "")'},
    # Looked at for what cannot be stored, or given back to whoever typed it; never kept.
    "portal/gate.py": {"request.form.items(multi=True)"},
    "portal/kept_text.py": {"request.form.items(multi=True)"},
}


def forms() -> Iterator[type[Form]]:
    """Every form, wherever in the portal it is defined."""
    for file in CODE:
        if "portal.fields" in file.read_text("utf-8"):
            importlib.import_module(".".join(file.relative_to(PORTAL.parent).with_suffix("").parts))
    waiting = [each for each in Form.__subclasses__() if each.__module__.startswith("portal.")]
    while waiting:
        form = waiting.pop()
        yield form
        waiting += form.__subclasses__()


def fields() -> list[tuple[str, str, type[wtforms.Field]]]:
    """Form, name and class of every field that a form has from the beginning."""
    return sorted(
        (
            (form.__name__, name, field.field_class)
            for form in forms()
            for name, field in vars(form).items()
            if isinstance(field, UnboundField)
        ),
        key=lambda each: each[:2],
    )


@pytest.mark.parametrize(("form", "name", "kind"), fields(), ids=lambda each: str(each))
def test_a_field_for_text_is_guarded_or_there_is_a_reason(
    form: str, name: str, kind: type[wtforms.Field]
) -> None:
    if issubclass(kind, wtforms.HiddenField):
        assert name in HIDDEN
    elif issubclass(kind, wtforms.StringField):
        assert issubclass(kind, GuardedField) or kind in UNGUARDED
        assert kind in UNGUARDED or kind.guarded  # type: ignore[attr-defined] # as asserted above


def test_only_the_name_of_a_person_may_be_a_name() -> None:
    held = {
        (form.__name__, name): set(field.kwargs["holds"])
        for form in forms()
        for name, field in vars(form).items()
        if isinstance(field, UnboundField) and field.kwargs.get("holds")
    }

    assert held == {("DetailsForm", "name"): {Code.NAM_1, Code.NAM_3}}


def test_the_forms_were_found() -> None:
    found = {(form, name) for form, name, _kind in fields()}

    assert {
        ("AskForm", "note"),
        ("DecisionForm", "evidence"),
        ("OrganisationForm", "name"),
        ("OrganisationForm", "stake"),
        ("TeamForm", "name"),
        ("DetailsForm", "name"),
        ("SignInForm", "email"),
    } <= found


@pytest.mark.parametrize("kind", [TextField, TextAreaField, FreeTextField])
def test_a_field_for_text_is_guarded_unless_it_says_otherwise(kind: type[GuardedField]) -> None:
    assert kind.guarded
    assert {each for each in UNGUARDED if getattr(each, "guarded", False)} == set()


def calls_of(code: str) -> Iterator[str]:
    """What is called in a module, as it is written."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("file", CODE, ids=lambda each: str(each.relative_to(PORTAL)))
def test_no_module_makes_a_field_for_text_that_is_not_ours(file: Path) -> None:
    if file.parent.name == "fields":
        return
    theirs = re.compile(
        r"(?:wtforms\.)?(?:String|TextArea|Text|Search|URL|Url|Tel|Email|File)Field"
    )

    code = file.read_text("utf-8")
    imported = re.findall(r"from wtforms[\w.]* import ([^\n]+)", code)

    assert [
        each for each in calls_of(code) if each.startswith("wtforms.") and theirs.fullmatch(each)
    ] == []
    assert [each for each in imported if theirs.search(each)] == []


@pytest.mark.parametrize("file", CODE, ids=lambda each: str(each.relative_to(PORTAL)))
def test_nothing_typed_is_read_past_the_forms(file: Path) -> None:
    code = file.read_text("utf-8")

    read = set(
        re.findall(
            r"request\.(?:form|files|data|json|values|get_json|get_data|stream)\b[^\n]*?\)", code
        )
    )
    bare = len(
        re.findall(r"request\.(?:form|files|data|json|values|get_json|get_data|stream)\b", code)
    )

    expected = READ_DIRECTLY.get(file.relative_to(PORTAL.parent).as_posix(), set())
    assert read == expected
    assert bare == len(expected)


def test_what_a_guard_can_find_has_words_for_the_author() -> None:
    assert set(LOOKS) == set(Code)
    assert set(KINDS) == set(Kind)


def test_hidden_fields_that_are_made_at_run_time_are_in_the_list() -> None:
    pattern = re.compile(r'fields\["([a-z]+)"\] = wtforms\.HiddenField')

    made = {name for file in CODE for name in pattern.findall(file.read_text("utf-8"))}

    assert {"assessment", "state"} <= made <= set(HIDDEN)
