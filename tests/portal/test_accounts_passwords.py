"""Passwords are judged by how easy they are to guess, and kept as Argon2id."""

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from portal.passwords import LONGEST, Objection, Passwords, new_password, objection

ABOUT = ("Nia Prydderch", "nia.prydderch@department.example")


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P4ssw0rd2026!",
        "qwertyuiop123",
        "Welcome2026!!",
        "123456789012",
        "987654321098",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "111111222222",
        "1q2w3e4r5t6y",
        "zaq12wsxcde3",
        "!QAZ2wsx3edc",
        "asdfghjkl123",
        "iloveyou1234",
        "letmein12345",
        "trustno1trustno1",
        "Liverpool2026",
        "october2026october",
        "Summer2026!Summer",
        "mhcs-training-portal",
        "restricted.patients",
        "caseworker-1234",
        "MENTALHEALTH12",
        "\uff50assword1234",
        "NiaPrydderch1!",
        "prydderch-2026",
        "department.example",
    ],
)
def test_what_somebody_would_try_first_is_refused(password: str) -> None:
    assert objection(password, ABOUT) is Objection.EASY_TO_GUESS


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "coffee winter monday rain",
        "my dog eats odd socks",
        "gor hen wlad fy nhadau",
        "tg6h-k2mn-9xpq-wv4r",
        "крокодил на дереве",
    ],
)
def test_length_without_rules_of_composition_is_enough(password: str) -> None:
    assert objection(password, ABOUT) is None


def test_twelve_characters_are_needed_and_128_are_allowed() -> None:
    unlike = "vj6pxk2mzt9h" * 11

    assert objection("vj6pxk2mzt9") is Objection.TOO_SHORT
    assert objection("vj6pxk2mzt9h") is None
    assert objection(" ".join(new_password() for _ in range(7))[:LONGEST]) is None
    assert objection(unlike[: LONGEST + 1]) is Objection.TOO_LONG


def test_a_password_made_here_is_taken_and_never_the_same() -> None:
    made = {new_password() for _ in range(50)}

    assert len(made) == 50
    assert all(objection(each) is None for each in made)


def test_only_the_very_password_matches() -> None:
    passwords = Passwords(cheap=True)
    stored = passwords.hash("my dog eats odd socks")

    assert passwords.matches(stored, "my dog eats odd socks")
    for other in ("My dog eats odd socks", "my dog eats odd socks ", "my dog eats odd sock", ""):
        assert not passwords.matches(stored, other)


def test_an_accent_matches_however_a_keyboard_composes_it() -> None:
    passwords = Passwords(cheap=True)

    assert passwords.matches(passwords.hash("tŷ bach twt yn y wlad"), "ty\u0302 bach twt yn y wlad")


def test_every_character_of_a_long_password_counts() -> None:
    passwords = Passwords(cheap=True)
    longest = "ab3" * 42 + "xy"

    assert passwords.matches(passwords.hash(longest), longest)
    assert not passwords.matches(passwords.hash(longest), longest[:-1])
    assert not passwords.matches(passwords.hash(longest), longest + "z")


def test_nobody_has_no_password() -> None:
    passwords = Passwords(cheap=True)

    assert not passwords.matches(None, "my dog eats odd socks")
    assert not passwords.matches("not a hash", "my dog eats odd socks")


def test_the_work_is_at_least_what_owasp_asks() -> None:
    parameters = extract_parameters(Passwords().hash("my dog eats odd socks"))

    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 19 * 1024
    assert parameters.time_cost >= 2


def test_a_hash_made_with_less_work_is_to_be_made_again() -> None:
    cheap = Passwords(cheap=True).hash("my dog eats odd socks")

    assert Passwords().needs_rehash(cheap)
    assert not Passwords().needs_rehash(Passwords().hash("my dog eats odd socks"))
