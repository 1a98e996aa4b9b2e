"""Settings of a portal under test: as strict as a real one, with made-up keys."""

from pathlib import Path
from typing import Any

from portal.settings import Settings

SITE_URL = "https://portal.example"
FIXTURE_LIBRARY = Path(__file__).parents[1] / "fixtures" / "content"


def make_settings(folder: Path, database_url: str = "", **changes: Any) -> Settings:
    """Settings with everything of the portal below one folder."""
    values: dict[str, Any] = {
        "database_url": database_url or f"sqlite:///{folder / 'portal.db'}",
        "secret_key": "iJ7vQm2xWc9LkZ4tRb8YpN3sHd6FgA1u",
        "chain_key": "Zr5TeXw8Qo1KjMv4BnSy7UhLc2PiDg9a",
        "site_url": SITE_URL,
        "trusted_hosts": ("portal.example",),
        "content_dir": FIXTURE_LIBRARY,
        "site_dir": folder / "site",
        "var_dir": folder,
        "require_totp": False,
        "cheap_passwords": True,
    }
    return Settings(**(values | changes))
