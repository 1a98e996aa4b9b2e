"""The built site keeps to a strict policy, and asks no other host for anything."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from site_builder.policy import policy, script_hashes
from tests.builders.authored import TREES, Site


class Scripts(HTMLParser):
    """The inline scripts of a page, by the parser of the standard library."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside = False
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.inside = (
            tag == "script" and "src" not in values and values.get("type") != "application/json"
        )
        self.found += [""] if self.inside else []

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


@pytest.mark.parametrize("tree", TREES)
def test_the_hashes_of_a_release_are_those_of_the_inline_scripts_of_its_files(
    site: Site, tree: str
) -> None:
    scripts = {script for html in site.pages(tree).values() for script in Scripts(html).found}
    expected = {
        f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}" for script in scripts
    }

    told = json.loads((site.release / "csp.json").read_text("utf-8"))

    assert expected
    assert told[tree]["script_hashes"] == sorted(expected)


def test_a_script_with_a_source_and_data_need_no_hash() -> None:
    assert not script_hashes('<script src="a.js"></script>')
    assert not script_hashes('<script id="__config" type="application/json">{}</script>')
    assert len(script_hashes("<script>a()</script><script>b()</script><script>a()</script>")) == 2


def test_the_policy_allows_nothing_unsafe_and_no_other_host() -> None:
    told = policy(["sha256-abc="])

    assert told.startswith("default-src 'none'; script-src 'self' 'sha256-abc=';")
    assert "unsafe" not in told
    assert "http" not in told
    assert "*" not in told


@pytest.mark.parametrize("tree", TREES)
def test_no_page_has_an_inline_style_or_handler(site: Site, tree: str) -> None:
    for name, html in site.pages(tree).items():
        assert not re.findall(r"<[a-z][^>]*\s(?:style|on[a-z]+)=", html), name
        assert "<style" not in html, name
        assert "javascript:" not in html, name


@pytest.mark.parametrize("tree", TREES)
def test_nothing_is_loaded_from_another_host(site: Site, tree: str) -> None:
    loading = re.compile(
        r"<(?:script|img|source|iframe|embed|audio|video|object|use|image)\b[^>]*"
        r'\b(?:src|href|data|srcset)="([^"]+)"|<link\b[^>]*\bhref="([^"]+)"'
    )
    for name, html in site.pages(tree).items():
        found = [one or other for one, other in loading.findall(html)]
        assert found
        assert not [each for each in found if ":" in each or each.startswith("//")], name
    for name, content in site.files(tree).items():
        if name.endswith(".css"):
            addresses = re.findall(r"url\(\s*[\"']?([^)\"']*)", content.decode())
            assert not [each for each in addresses if not each.startswith("data:")], name
            assert b"@import" not in content
