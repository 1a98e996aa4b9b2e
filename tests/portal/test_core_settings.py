"""The settings hold together, or the portal does not start and says which does not."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import request

from portal.access import PUBLIC, access
from portal.app import create_app
from portal.schema import SchemaError
from portal.settings import Settings, SettingsError, from_environment
from tests.builders.portal_settings import make_settings

ENVIRONMENT = {
    "MHCS_SECRET_KEY": "iJ7vQm2xWc9LkZ4tRb8YpN3sHd6FgA1u",
    "MHCS_CHAIN_KEY": "Zr5TeXw8Qo1KjMv4BnSy7UhLc2PiDg9a",
    "MHCS_SITE_URL": "https://portal.example/",
    "MHCS_TRUSTED_HOSTS": "portal.example, 127.0.0.1",
}


def test_the_environment_decides(tmp_path: Path) -> None:
    settings = from_environment(ENVIRONMENT | {"MHCS_PROXY_HOPS": "1"}, tmp_path)

    assert settings.site_url == "https://portal.example"
    assert settings.trusted_hosts == ("portal.example", "127.0.0.1")
    assert settings.sqlite_path == tmp_path / "var" / "portal.db"
    assert settings.proxy_hops == 1


def test_what_makes_an_install_weaker_is_off_unless_it_is_set(tmp_path: Path) -> None:
    settings = from_environment(ENVIRONMENT, tmp_path)

    assert not settings.demonstration
    assert settings.require_totp
    assert settings.proxy_hops == 0
    assert not settings.cheap_passwords


@pytest.mark.parametrize("name", ["SECRET_KEY", "CHAIN_KEY", "SITE_URL", "TRUSTED_HOSTS"])
def test_what_has_no_safe_default_must_be_set(tmp_path: Path, name: str) -> None:
    left = {key: value for key, value in ENVIRONMENT.items() if key != f"MHCS_{name}"}

    with pytest.raises(SettingsError, match=f"MHCS_{name}"):
        from_environment(left, tmp_path)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"secret_key": "short"}, "MHCS_SECRET_KEY is too simple"),
        ({"secret_key": "a" * 64}, "MHCS_SECRET_KEY is too simple"),
        ({"secret_key": "changeme-0123456789abcdefghijklmnop"}, "a word that others know"),
        ({"chain_key": "short"}, "MHCS_CHAIN_KEY is too simple"),
        ({"chain_key": "iJ7vQm2xWc9LkZ4tRb8YpN3sHd6FgA1u"}, "the same as MHCS_SECRET_KEY"),
        ({"site_url": "http://portal.example"}, "https:// outside a demonstration"),
        ({"site_url": "portal.example"}, "must be the address of the portal"),
        ({"site_url": "https://portal.example/somewhere"}, "must be the address of the portal"),
        ({"site_url": "https://portal.example?a=b"}, "must be the address of the portal"),
        ({"site_url": "https://portal.example#a"}, "must be the address of the portal"),
        ({"site_url": "https://me:secret@portal.example"}, "must be the address of the portal"),
        ({"trusted_hosts": ()}, "MHCS_TRUSTED_HOSTS is not set"),
        ({"trusted_hosts": ("portal.example", ".com")}, "names every host below .com"),
        ({"trusted_hosts": ("portal.example", ".")}, "names every host below ."),
        ({"database_url": "sqlite://"}, "keeps nothing"),
        ({"database_url": "mysql://localhost/portal"}, "SQLite or PostgreSQL"),
        ({"database_url": "portal.db"}, "not a database address"),
    ],
)
def test_settings_that_would_be_unsafe_are_refused(
    tmp_path: Path, changes: dict[str, Any], told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        make_settings(tmp_path, **changes)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as told:
        make_settings(tmp_path, secret_key="", chain_key="", trusted_hosts=())

    assert len(str(told.value).splitlines()) >= 3


@pytest.mark.parametrize("name", ["MHCS_DEMONSTRATION", "MHCS_REQUIRE_TOTP", "MHCS_PROXY_HOPS"])
def test_a_word_that_is_no_answer_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is 'perhaps'"):
        from_environment(ENVIRONMENT | {name: "perhaps"}, tmp_path)


def test_a_demonstration_may_use_http(tmp_path: Path) -> None:
    made = make_settings(tmp_path, site_url="http://127.0.0.1:8000", demonstration=True)

    assert not made.https


def test_a_portal_in_use_does_not_start_with_debug(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")

    with pytest.raises(SettingsError, match="FLASK_DEBUG"):
        create_app(settings)


def test_a_missing_database_is_not_made_by_starting(settings: Settings, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.db"

    with pytest.raises(SchemaError, match="run 'python -m portal prepare'"):
        create_app(replace(settings, database_url=f"sqlite:///{nowhere}"))

    assert not nowhere.exists()


@pytest.mark.parametrize(
    ("hops", "seen"),
    [(0, "127.0.0.1 http"), (1, "203.0.113.9 https"), (2, "198.51.100.7 http")],
)
def test_a_visitor_is_believed_only_as_far_as_our_own_proxies_reach(
    settings: Settings, hops: int, seen: str
) -> None:
    app = create_app(replace(settings, proxy_hops=hops))

    @app.get("/probe/who")
    @access(GET=PUBLIC)
    def who() -> str:
        return f"{request.remote_addr} {request.scheme}"

    answer = app.test_client().get(
        "/probe/who",
        base_url="http://portal.example",
        headers={
            "X-Forwarded-For": "192.0.2.1, 198.51.100.7, 203.0.113.9",
            "X-Forwarded-Proto": "https, http, https",
            "X-Forwarded-Host": "evil.example",
        },
    )

    assert answer.text == seen
