"""Clean GOV.UK Frontend of what only GOV.UK may show: its fonts, its crest, its crown.

A maintainer's step, for a new version: `npm pack govuk-frontend@6.3.0`, unpack
it, then `python -m tools.vendor_govuk_frontend UNPACKED/package`. The cleaned
files are committed with their hashes, so that running the portal needs no npm.
"""

import hashlib
import re
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "portal" / "static" / "govuk-frontend"
NAMES = ("govuk-frontend.min.css", "govuk-frontend.min.js")


def clean(text: str) -> str:
    """The file without what we may not show, and without pointers to files left out."""
    text = re.sub(r"@font-face\{[^}]*\}", "", text)
    text = re.sub(r"/\*! .*?\*/", "", text, flags=re.DOTALL)
    text = text.replace("GDS Transport,arial", "Arial,Helvetica")
    # The rules that draw the crest and the crown, with the selectors that only they have.
    text = re.sub(r"[^{}]*\.govuk-footer__(?:crown|copyright-logo)[^{}]*\{[^}]*\}", "", text)
    text = re.sub(r"\.govuk-footer__copyright-logo[^{}]*\{[^}]*\}", "", text)
    text = re.sub(r"@[^{}]*\{\}", "", text)
    return re.sub(r"(?m)(?://|/\*)# sourceMappingURL=.*$", "", text).rstrip() + "\n"


def vendor(package: Path) -> None:
    """Write the cleaned files and their hashes."""
    lines = []
    for name in NAMES:
        cleaned = clean((package / "dist" / "govuk" / name).read_text("utf-8"))
        (TARGET / name).write_text(cleaned, "utf-8")
        lines.append(f"{hashlib.sha256(cleaned.encode()).hexdigest()}  {name}\n")
    (TARGET / "SHA256SUMS").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    vendor(Path(sys.argv[1]))
