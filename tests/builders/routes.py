"""Every request that the portal answers, and who may make it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule as Route

from portal.access import Rule, access_of
from portal.models import Role

# A part of an address that is a number, and one that is a word; nothing has either.
_NUMBER, _WORD = 999_999, "nobody-has-this-name"


@dataclass(frozen=True)
class Request:
    """A method and an address, with the rule that its view declares."""

    method: str
    pattern: str
    address: str
    rule: Rule

    def __str__(self) -> str:
        return f"{self.method:4} {self.pattern}: {rule_words(self.rule)}"


def requests_of(app: Flask) -> list[Request]:
    """All of them, by address and method."""
    found = {str(each): each for route in app.url_map.iter_rules() for each in _of(app, route)}
    return sorted(found.values(), key=lambda each: (each.pattern, each.method))


def rule_words(rule: Rule) -> str:
    """A rule as the matrix has it."""
    if isinstance(rule, Role):
        return rule.value
    if isinstance(rule, tuple):
        return ", ".join(sorted(role.value for role in rule))
    return rule.value


def _of(app: Flask, route: Route) -> Iterator[Request]:
    adapter = app.url_map.bind("portal.example")
    values = {name: _NUMBER if name.endswith("_id") else _WORD for name in route.arguments}
    values |= {name: _WORD for name in values if name.endswith("public_id")}
    address = adapter.build(route.endpoint, values) if "<" in route.rule else route.rule
    for method, rule in access_of(app, route.endpoint).rules.items():
        yield Request(method, route.rule, address, rule)
