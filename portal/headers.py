"""The headers of every answer, errors and files included: what browsers may and may not do."""

from flask import Flask, Response, g

from portal.current import current_settings

_YEAR = 365 * 24 * 60 * 60
# Nothing is allowed but what is named; nothing is named but what the pages use.
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_NO_DEVICES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def content_security_policy(script_hashes: tuple[str, ...] = ()) -> str:
    """The policy, with the hashes of the inline scripts of a page that has any."""
    scripts = " ".join(["'self'", *(f"'{each}'" for each in script_hashes)])
    parts = _POLICY | {"script-src": scripts}
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def register_headers(app: Flask) -> None:
    """Put the headers on every answer of an application."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", content_security_policy())
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = _NO_DEVICES
    if current_settings().https:
        headers["Strict-Transport-Security"] = f"max-age={_YEAR}; includeSubDomains"
    if not g.get("may_be_kept", False):
        headers["Cache-Control"] = "no-store"
    return response
