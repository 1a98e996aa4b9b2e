"""One-time codes of an authenticator app: the secret, the picture to scan, codes that work once."""

import base64
import hashlib
import hmac
import re
from datetime import datetime

import pyotp
import segno
from markupsafe import Markup
from pyotp.exceptions import OTPVerificationError

# One step of half a minute either way, for telephones that are not quite on time.
_STEPS_EITHER_WAY = 1


def candidate(key: str, token_hash: str, replaced: str | None) -> str:
    """The secret that this session would set up: the same each time that its page is shown.

    Made from the key of the installation, so that nothing has to be kept until
    it is confirmed, and nobody but the server chooses it.
    """
    parts = "\0".join(("one-time code", token_hash, replaced or ""))
    made = hmac.new(key.encode(), parts.encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:20]).decode()


def accepted_step(secret: str, typed: str, last_step: int | None, at: datetime) -> int | None:
    """The time step of a right code, or None. A step that was used, or an older one, is wrong."""
    code = re.sub(r"\s", "", typed)
    if not re.fullmatch(r"[0-9]{6}", code):
        return None
    try:
        step = pyotp.TOTP(secret).verify_and_get_timecode(
            code, for_time=at, valid_window=_STEPS_EITHER_WAY
        )
    except OTPVerificationError:
        return None
    return step if last_step is None or step > last_step else None


def address(secret: str, email: str, issuer: str) -> str:
    """What the picture says to the app: whose codes these are, and the secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def picture(text: str) -> Markup:
    """A QR code as SVG, without styles, so that it stands in a page with a strict policy."""
    svg = segno.make(text, error="m").svg_inline(
        omitsize=True, border=4, dark="#0b0c0c", light="#ffffff", svgclass="app-qr", lineclass=None
    )
    return Markup(svg)  # noqa: S704 (drawn by the library from black and white squares)


def in_groups(secret: str) -> str:
    """The secret as somebody can type it: groups of four."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
