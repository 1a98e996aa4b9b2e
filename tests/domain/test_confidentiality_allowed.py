"""The allow-list lets pass what it names, up to its last day, and never what is blocked."""

from datetime import date

import pytest

from domain.confidentiality import Allowed, AllowEntry, AllowList, Severity, allow_list, scan

TODAY = date(2026, 11, 23)


def allowing(kind: Allowed, value: str, expires_on: date = TODAY) -> AllowList:
    """A list with one entry, as of today."""
    return allow_list([AllowEntry(kind, value, "owner", "made for a test", expires_on)], TODAY)


def told(text: str, allow: AllowList) -> list[str]:
    found = scan(text, allow, on=TODAY)
    return [each.code for each in found if each.severity is not Severity.NOTE]


@pytest.mark.parametrize(
    ("kind", "value", "passes", "does_not"),
    [
        (Allowed.MAILBOX, "A.Person@example.org", "a.person@EXAMPLE.org", "b.person@example.org"),
        (Allowed.DOMAIN, "example.org", "a.person@mail.example.org", "a.person@anexample.org"),
        (Allowed.TELEPHONE, "01632 960123", "+44 (0)1632 960 123", "01632 960124"),
        (Allowed.TELEPHONE, "+44 1632 960123", "01632-960123", "01632 960124"),
        (Allowed.POSTCODE, "SW1A 2AA", "sw1a2aa", "SW1A 2AB"),
        (Allowed.CITATION, "HM/1234/2016 Example", "see HM/1234/2016\nExample", "see HM/1234/2016"),
        (Allowed.CITATION, "R (patient AB) v Example", "R (patient AB) v Example", "patient AB"),
        (Allowed.NAME, "Mrs Jane Example", "said Mrs Jane Example.", "said Mrs Example."),
    ],
)
def test_an_entry_lets_pass_what_it_names(
    kind: Allowed, value: str, passes: str, does_not: str
) -> None:
    allow = allowing(kind, value)

    assert told(passes, allow) == []
    assert told(does_not, allow) != []
    assert told(passes, AllowList()) != []


def test_an_entry_that_has_expired_lets_nothing_pass() -> None:
    allow = allowing(Allowed.POSTCODE, "SW1A 2AA", expires_on=date(2026, 11, 22))

    assert told("SW1A 2AA", allow) == ["PCD"]


@pytest.mark.parametrize("kind", Allowed)
@pytest.mark.parametrize("text", ["999 000 0018", "A1234AA", "born on 1 February 1970"])
def test_no_entry_lifts_a_block(kind: Allowed, text: str) -> None:
    assert told(text, allowing(kind, text)) != []


@pytest.mark.parametrize("kind", [each for each in Allowed if each is not Allowed.CITATION])
def test_only_a_citation_may_hold_initials(kind: Allowed) -> None:
    assert told("the patient AB", allowing(kind, "the patient AB")) == ["NAM-2"]


@pytest.mark.parametrize(
    ("website", "is_own"),
    [
        ("https://north.example.org", True),
        ("https://www.north.example.org/", True),
        ("https://example.org/north", False),
        ("", False),
    ],
)
def test_a_website_names_a_domain_where_it_is_an_organisation_s_own(
    website: str, is_own: bool
) -> None:
    allow = AllowList().with_websites([website])

    assert (told("a.person@north.example.org", allow) == []) is is_own
    assert told("a.person@example.org", allow) == ["EML"]
