"""Who may call what. Every view says so for each of its methods; nothing is open by default."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from flask import Flask
from werkzeug.routing import Rule as Route

from portal.models import Person, Role

View = TypeVar("View", bound=Callable[..., Any])


class Door(Enum):
    """The two rules that name no role."""

    PUBLIC = "anybody"
    SIGNED_IN = "anybody who is signed in"


PUBLIC = Door.PUBLIC
SIGNED_IN = Door.SIGNED_IN

Rule = Door | Role | tuple[Role, ...]


class UndeclaredAccess(Exception):
    """A route has a method for which its view does not say who may call it."""


@dataclass(frozen=True)
class Access:
    """Who may call each method of a view, and whether its GET adds to the record."""

    rules: dict[str, Rule]
    records: bool = False

    def rule(self, method: str) -> Rule:
        """The rule for a method. HEAD follows GET. Raises KeyError where none was declared."""
        return self.rules["GET" if method == "HEAD" else method]


def access(*, records: bool = False, **rules: Rule) -> Callable[[View], View]:
    """Declare who may call a view: `@access(GET=SIGNED_IN, POST=Role.EDITOR)`.

    A tuple of roles means any of them. `records=True` is for a view whose GET
    writes to the audit trail (a download, a look at somebody else's record), so
    that its transaction begins as a writer.
    """

    def declare(view: View) -> View:
        view.__dict__["access"] = Access(rules, records)
        return view

    return declare


def access_of(app: Flask, endpoint: str) -> Access:
    """What the view of an endpoint declares."""
    found: Access | None = getattr(app.view_functions[endpoint], "access", None)
    if found is None:
        raise UndeclaredAccess(f"'{endpoint}' does not say who may call it")
    return found


def allows(rule: Rule, person: Person | None) -> bool:
    """Whether a rule lets this person (None: nobody is signed in) through."""
    if rule is PUBLIC:
        return True
    if person is None:
        return False
    if isinstance(rule, Role):
        return rule in person.roles
    return rule is SIGNED_IN or (isinstance(rule, tuple) and bool(person.roles & set(rule)))


def check_every_route(app: Flask) -> None:
    """Refuse to start where a method of any route is undeclared."""
    faults = sorted(fault for rule in app.url_map.iter_rules() for fault in _faults(app, rule))
    if faults:
        raise UndeclaredAccess("; ".join(faults))


def _faults(app: Flask, rule: Route) -> Iterator[str]:
    declared = set(access_of(app, rule.endpoint).rules)
    routed = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    for method in routed - declared:
        yield f"{method} {rule.rule} does not say who may call it"
    for method in declared - routed:
        yield f"{rule.rule} says who may call {method}, which it does not answer"
