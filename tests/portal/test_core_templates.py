"""Every template keeps to the frame, to the policy, and to escaping whatever it is given."""

import re
from pathlib import Path

import pytest
from flask import Flask

PORTAL = Path(__file__).parents[2] / "portal"
TEMPLATES = sorted(PORTAL.glob("**/templates/**/*.html"))
# What is neither a piece for others (components, files of macros) nor the frame itself.
PAGES = [
    each
    for each in TEMPLATES
    if each.parent.name != "components"
    and each.name != "layout.html"
    and not each.read_text("utf-8").count("{% macro")
]

each_template = pytest.mark.parametrize(
    "file", TEMPLATES, ids=lambda each: str(each.relative_to(PORTAL))
)
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda each: str(each.relative_to(PORTAL)))


@each_template
def test_a_template_escapes_all_that_it_is_given(file: Path) -> None:
    source = file.read_text("utf-8")

    assert not re.search(r"\|\s*safe\b|autoescape", source)


@each_template
def test_a_template_has_nothing_that_the_policy_refuses(file: Path) -> None:
    source = file.read_text("utf-8")

    assert not re.search(r"\bstyle=|<style|\bon[a-z]+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", source)


@each_template
def test_a_template_is_sound(file: Path, app: Flask) -> None:
    app.jinja_env.parse(file.read_text("utf-8"))


@each_page
def test_a_page_stands_in_the_frame_with_a_title(page: Path) -> None:
    source = page.read_text("utf-8")

    assert '{% extends "layout.html" %}' in source
    assert "{% block title %}" in source


@each_page
def test_a_page_leaves_its_main_heading_to_the_frame(page: Path) -> None:
    source = page.read_text("utf-8")

    assert source.count("<h1") <= (1 if "{% block heading %}" in source else 0)


@each_template
def test_every_form_that_posts_carries_a_token(file: Path) -> None:
    source = file.read_text("utf-8")

    posts = len(re.findall(r"<form[^>]*method=\"(?:post|\{\{ method \}\})\"", source))
    assert source.count('name="csrf_token"') == posts
