"""A form takes what somebody may type, says what to do about the rest, and never breaks."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask, render_template_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.fields import (
    CheckboxesField,
    CheckboxField,
    CodeField,
    DateField,
    EmailField,
    Form,
    PasswordField,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    error_list,
)

CHOICES = [("a", "The first"), ("b", "The second")]


class Everything(Form):
    """One field of each kind."""

    name = TextField("Name", hint="As on your pass", validators=[Required("Enter a name")])
    email = EmailField("Address")
    code = CodeField("Code")
    password = PasswordField("Password")
    note = TextAreaField("Note", longest=50)
    day = DateField("Day", validators=[Required("Enter a day")])
    radio = RadioField("Which", choices=CHOICES, hints={"a": "It comes before the second"})
    boxes = CheckboxesField("Any", choices=CHOICES)
    box = CheckboxField("I agree")
    select = SelectField("One", choices=CHOICES)


GOOD = {
    "name": "Somebody",
    "day-day": "27",
    "day-month": "11",
    "day-year": "2026",
    "radio": "b",
    "boxes": ["a", "b"],
    "box": "y",
    "select": "a",
}


@pytest.fixture(autouse=True)
def _request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", base_url="https://portal.example"):
        yield


def _sent(**fields: object) -> Everything:
    return Everything(formdata=MultiDict({**GOOD, **fields}))


def _page(form: Form) -> str:
    return render_template_string(
        '{% extends "layout.html" %}{% block title %}A form{% endblock %}'
        "{% block content %}{% for field in form %}{{ field }}{% endfor %}{% endblock %}",
        form=form,
    )


def test_what_was_typed_is_taken() -> None:
    form = _sent(note="one\r\ntwo  ")

    assert form.validate(), form.errors
    assert form.day.data == date(2026, 11, 27)
    assert form.note.data == "one\ntwo"
    assert (form.radio.data, form.boxes.data, form.box.data) == ("b", ["a", "b"], True)


def test_an_untouched_form_shows_no_error() -> None:
    page = _page(Everything(formdata=None))

    assert "There is a problem" not in page
    assert "<title>A form –" in page


def test_the_summary_names_each_error_and_leads_to_its_field() -> None:
    form = _sent(name="", **{"day-month": ""})
    form.validate()

    assert error_list(form) == [
        {"text": "Enter a name", "href": "#name"},
        {"text": "The date must include a month", "href": "#day-month"},
    ]


def test_a_page_with_errors_says_so_first() -> None:
    form = _sent(name="")
    form.validate()
    page = _page(form)

    assert "<title>Error: A form –" in page
    assert page.index("There is a problem") < page.index("<h1")
    assert 'data-module="govuk-error-summary"' in page
    assert 'id="name-error"' in page


def test_what_was_typed_stays_on_a_page_with_errors() -> None:
    form = _sent(name="", note="<b>kept</b>", password="never shown again")
    form.validate()
    page = _page(form)

    assert "&lt;b&gt;kept&lt;/b&gt;" in page
    assert 'value="27"' in page
    assert "never shown again" not in page


def test_browsers_are_not_told_to_check() -> None:
    page = _page(Everything(formdata=None))

    assert " required" not in page
    assert "style=" not in page


def test_a_page_has_one_main_heading() -> None:
    assert _page(Everything(formdata=None)).count("<h1") == 1


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("27", "11", "2026"), date(2026, 11, 27)),
        ((" 1 ", "02", "2027"), date(2027, 2, 1)),
        (("1", "November", "2026"), date(2026, 11, 1)),
        (("1", "nov", "2026"), date(2026, 11, 1)),
        (("29", "2", "2028"), date(2028, 2, 29)),
    ],
)
def test_a_date_is_read_as_people_write_it(parts: tuple[str, str, str], expected: date) -> None:
    form = _sent(**dict(zip(("day-day", "day-month", "day-year"), parts, strict=True)))

    assert form.validate(), form.errors
    assert form.day.data == expected


@pytest.mark.parametrize(
    ("parts", "told", "link"),
    [
        (("", "", ""), "Enter a day", "day-day"),
        (("31", "2", "2026"), "Enter a real date, such as 27 11 2026", "day-day"),
        (("1", "13", "2026"), "Enter a real date, such as 27 11 2026", "day-month"),
        (("1", "1", "26"), "Enter a real date, such as 27 11 2026", "day-year"),
        (("1", "1", ""), "The date must include a year", "day-year"),
        (("", "", "2026"), "The date must include a day and a month", "day-day"),
        (("x", "y", "z"), "Enter a real date, such as 27 11 2026", "day-day"),
        (("٣", "1", "2026"), "Enter a real date, such as 27 11 2026", "day-day"),
    ],
)
def test_a_date_that_is_none_is_told_apart(
    parts: tuple[str, str, str], told: str, link: str
) -> None:
    form = _sent(**dict(zip(("day-day", "day-month", "day-year"), parts, strict=True)))

    assert not form.validate()
    assert error_list(form) == [{"text": told, "href": f"#{link}"}]


def test_a_date_that_was_not_sent_at_all_is_asked_for() -> None:
    form = Everything(formdata=MultiDict({k: v for k, v in GOOD.items() if "day" not in k}))

    assert not form.validate()
    assert form.day.errors == ["Enter a day"]


def test_a_date_of_the_program_fills_the_parts() -> None:
    page = _page(Everything(formdata=None, data={"day": date(2026, 11, 27)}))

    assert 'value="2026"' in page


@pytest.mark.parametrize(
    ("name", "value"),
    [("radio", "c"), ("boxes", ["a", "c"]), ("select", "c"), ("select", "")],
)
def test_only_what_was_offered_can_be_chosen(name: str, value: object) -> None:
    form = _sent(**{name: value})

    assert not form.validate()
    assert form[name].errors == ["Choose from the list"]


def test_text_is_measured() -> None:
    assert not _sent(name="x" * 201).validate()
    assert not _sent(note="x" * 51).validate()
    assert _sent(note="x" * 50).validate()


@pytest.mark.parametrize("character", ["\x07", "\x1b", "\x7f", "\u202e", "\u2066"])
def test_characters_that_nobody_types_are_refused(character: str) -> None:
    form = _sent(note=f"a{character}b")

    assert not form.validate()
    assert form.note.errors == ["Remove the characters that cannot be seen"]


def test_letters_are_kept_in_one_form() -> None:
    assert _sent(name="Ame\u0301lie").name.data == "Am\u00e9lie"


ANYTHING = st.text(st.characters(), max_size=40)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    sent=st.dictionaries(
        st.sampled_from([*GOOD, "note", "email", "code", "password", "unknown"]),
        st.lists(ANYTHING, max_size=3),
    )
)
def test_whatever_is_sent_a_form_answers_with_a_page(sent: dict[str, list[str]]) -> None:
    form = Everything(formdata=MultiDict(sent))

    form.validate()

    assert "<h1" in _page(form)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts=st.tuples(*[st.none() | ANYTHING | st.integers(-9, 99_999).map(str)] * 3))
def test_whatever_is_sent_a_date_is_a_date_or_an_error(
    parts: tuple[str | None, str | None, str | None],
) -> None:
    names = ("day-day", "day-month", "day-year")
    sent = {name: part for name, part in zip(names, parts, strict=True) if part is not None}
    form = Everything(
        formdata=MultiDict({**{k: v for k, v in GOOD.items() if k not in names}, **sent})
    )

    assert form.validate() is isinstance(form.day.data, date)
