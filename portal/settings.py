"""What an installation decides: read once from the environment, with no default for a secret."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from domain.confidentiality import BadShape, compile_shape

# Values that have stood in somebody's documentation, ours included.
KNOWN_KEYS = ("changeme", "change-me", "secret", "development", "dev", "password", "test")
KEY_LENGTH = 32


class SettingsError(Exception):
    """The settings do not hold together; the message says what to set to what."""


@dataclass(frozen=True)
class Settings:
    """How this installation runs.

    `content_dir` is the folder that holds `content/`, `quizzes/` and
    `stakeholders/`; `site_dir` is the release that the site builder shows (`current`).
    `demonstration` allows plain http and shows a banner that says so.
    """

    database_url: str
    secret_key: str
    chain_key: str
    site_url: str
    trusted_hosts: tuple[str, ...]
    content_dir: Path
    site_dir: Path
    var_dir: Path
    demonstration: bool = False
    require_totp: bool = True
    proxy_hops: int = 0
    # How references of the section look, such as `XYZ/####`. Kept out of logs.
    reference_shape: str = field(default="", repr=False)
    # For tests alone, and therefore not read from the environment.
    cheap_passwords: bool = False

    def __post_init__(self) -> None:
        found = tuple(_faults(self))
        if found:
            raise SettingsError("\n".join(found))

    @property
    def https(self) -> bool:
        """Whether people reach the portal over https."""
        return urlsplit(self.site_url).scheme == "https"

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, or None where the database is a server."""
        url = make_url(self.database_url)
        if url.get_backend_name() != "sqlite" or not url.database:
            return None
        return Path(url.database)


def from_environment(environment: Mapping[str, str], base: Path) -> Settings:
    """The settings of an environment. Relative paths count from `base`."""
    read = _Reader(environment, base)
    return Settings(
        database_url=read.text("MHCS_DATABASE_URL", _default_database(read, base)),
        secret_key=read.text("MHCS_SECRET_KEY"),
        chain_key=read.text("MHCS_CHAIN_KEY"),
        site_url=read.text("MHCS_SITE_URL").rstrip("/"),
        trusted_hosts=read.words("MHCS_TRUSTED_HOSTS"),
        content_dir=read.path("MHCS_CONTENT_DIR", base),
        site_dir=read.path("MHCS_SITE_DIR", base / "var" / "site" / "current"),
        var_dir=read.path("MHCS_VAR_DIR", base / "var"),
        demonstration=read.switch("MHCS_DEMONSTRATION", False),
        require_totp=read.switch("MHCS_REQUIRE_TOTP", True),
        proxy_hops=read.number("MHCS_PROXY_HOPS", 0),
        reference_shape=read.text("MHCS_REFERENCE_SHAPE"),
    )


def _default_database(read: "_Reader", base: Path) -> str:
    return f"sqlite:///{read.path('MHCS_VAR_DIR', base / 'var') / 'portal.db'}"


@dataclass(frozen=True)
class _Reader:
    """Reads one variable at a time and names it when it is wrong."""

    environment: Mapping[str, str]
    base: Path

    def text(self, name: str, default: str = "") -> str:
        return self.environment.get(name, "").strip() or default

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(self.text(name).replace(",", " ").split())

    def path(self, name: str, default: Path) -> Path:
        return (self.base / self.text(name, str(default))).resolve()

    def switch(self, name: str, default: bool) -> bool:
        word = self.text(name, "yes" if default else "no").lower()
        if word not in {"yes", "no", "true", "false", "1", "0", "on", "off"}:
            raise SettingsError(f"{name} is '{word}': set it to yes or no")
        return word in {"yes", "true", "1", "on"}

    def number(self, name: str, default: int) -> int:
        word = self.text(name, str(default))
        if not word.isdecimal():
            raise SettingsError(f"{name} is '{word}': set it to a whole number")
        return int(word)


def _faults(settings: Settings) -> list[str]:
    found = [_key_fault("MHCS_SECRET_KEY", settings.secret_key)]
    found.append(_key_fault("MHCS_CHAIN_KEY", settings.chain_key))
    if settings.secret_key == settings.chain_key:
        found.append("MHCS_CHAIN_KEY is the same as MHCS_SECRET_KEY: make a key for each")
    found.append(_address_fault(settings))
    found.append(_database_fault(settings.database_url))
    found.append(_shape_fault(settings.reference_shape))
    if not settings.trusted_hosts:
        found.append("MHCS_TRUSTED_HOSTS is not set: name the hosts that people may ask for")
    # A leading dot stands for every host below a name: not for everybody's.
    found += [
        f"MHCS_TRUSTED_HOSTS names every host below {host}: name hosts of your own"
        for host in settings.trusted_hosts
        if host.startswith(".") and "." not in host[1:]
    ]
    if not settings.https and not settings.demonstration:
        found.append("MHCS_SITE_URL must start with https:// outside a demonstration")
    return [each for each in found if each]


def _shape_fault(shape: str) -> str:
    try:
        if shape:
            compile_shape(shape)
    except BadShape as refused:
        return f"MHCS_REFERENCE_SHAPE: {refused}"
    return ""


def _key_fault(name: str, key: str) -> str:
    if not key:
        return f"{name} is not set: put a random key of {KEY_LENGTH} characters or more there"
    if len(key) < KEY_LENGTH or len(set(key)) < 10:
        return f"{name} is too simple: make it random, {KEY_LENGTH} characters or more"
    if any(known in key.lower() for known in KNOWN_KEYS):
        return f"{name} holds a word that others know: make it random"
    return ""


def _address_fault(settings: Settings) -> str:
    parts = urlsplit(settings.site_url)
    more = parts.path or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in {"http", "https"} or not parts.hostname or more:
        return "MHCS_SITE_URL must be the address of the portal, such as https://portal.example"
    return ""


def _database_fault(database_url: str) -> str:
    try:
        url = make_url(database_url)
    except ArgumentError:
        return "MHCS_DATABASE_URL is not a database address"
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        return "MHCS_DATABASE_URL must name a file: a database in memory keeps nothing"
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        return "MHCS_DATABASE_URL must be an address of SQLite or PostgreSQL"
    return ""
