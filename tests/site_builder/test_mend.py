"""The theme's HTML is mended where it stands in people's way."""

import re

import pytest

from site_builder.failures import BuildFailed
from site_builder.mend import MENDS, mend
from tests.builders.authored import TREES, Site


def test_every_mend_is_made_in_every_document(site: Site) -> None:
    for tree in TREES:
        for name, html in site.pages(tree).items():
            boxes = re.findall(r'<input class="md-toggle"[^>]*>', html)
            assert len(boxes) == 2, name
            assert not [box for box in boxes if "autocomplete" in box], name
            assert "md-overlay" not in html, name
            assert re.search(r'role="dialog" aria-label="[^"]+"', html), name
            assert 'tabindex=""' not in html, name
            assert 'class="md-search__options"' in html, name
            assert '<nav class="md-search__options"' not in html, name


@pytest.mark.parametrize("mended", MENDS, ids=lambda each: each.why)
def test_a_theme_that_has_changed_stops_the_build(site: Site, mended) -> None:
    [folder] = {path.parent for path in site.plan.cache.glob("frames/*/404.html")} - {
        path.parent.parent for path in site.plan.cache.glob("frames/*/deciding/index.html")
    }
    frame = (folder / "index.html").read_text("utf-8")
    changed = mended.find.sub("", frame)
    assert changed != frame

    with pytest.raises(BuildFailed, match="the theme has changed") as failure:
        mend(changed)

    assert mended.why in str(failure.value)


def test_landmarks_of_one_kind_have_different_names(site: Site) -> None:
    for name, html in site.pages("staff").items():
        labels = re.findall(r'<nav\b[^>]*aria-label="([^"]+)"', html)
        labels += re.findall(r'<nav\b[^>]*aria-labelledby="([^"]+)"', html)
        assert len(labels) == len(re.findall(r"<nav\b", html)), name
        assert len(labels) == len(set(labels)), name
