"""A browser for tests: https, the right Referer, and the form token in every POST."""

from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

_RAW_TOKEN = "4f1c0de5a9b8274613ffedcba0987654321abcde"


class PortalClient(FlaskClient):
    """Sends what a browser would. `person_id` is who is signed in, 0 for nobody."""

    person_id: int = 0

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask over https, from a page of the portal itself."""
        site = self.application.extensions["mhcs-settings"].site_url
        kwargs.setdefault("base_url", site)
        headers = dict(kwargs.pop("headers", {}))
        headers.setdefault("Referer", f"{site}/")
        # Read to the end, so that the file behind an answer is closed.
        kwargs.setdefault("buffered", True)
        return super().open(*args, headers=headers, **kwargs)

    def post(self, *args: Any, token: bool = True, **kwargs: Any) -> TestResponse:
        """Send a form, with the token that a page would have carried unless told not to."""
        if token:
            data = dict(kwargs.pop("data", None) or {})
            kwargs["data"] = {"csrf_token": self.form_token(), **data}
        return super().post(*args, **kwargs)

    def form_token(self) -> str:
        """What the hidden field of every form holds for this browser."""
        site = self.application.extensions["mhcs-settings"].site_url
        with self.session_transaction(base_url=site) as kept:
            raw = kept.setdefault("csrf_token", _RAW_TOKEN)
        key = self.application.config["SECRET_KEY"]
        return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))
