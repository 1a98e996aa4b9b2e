"""The Content-Security-Policy of a site: nothing but its own, and the theme's scripts by hash."""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

# A script with a source needs no hash, and data is not run.
_INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>(.*?)</script>", re.S
)
_SELF = ("style", "font", "connect", "worker", "manifest")


def script_hashes(html: str) -> frozenset[str]:
    """What names each inline script of a page in a policy."""
    return frozenset(_hash(found[1]) for found in _INLINE.finditer(html))


def policy(hashes: Iterable[str]) -> str:
    """The value of the header for a tree with these inline scripts."""
    scripts = " ".join(["'self'", *(f"'{each}'" for each in sorted(hashes))])
    own = [f"{what}-src 'self'" for what in _SELF]
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            "img-src 'self' data:",
            *own,
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


def _hash(script: str) -> str:
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"
