"""Scheme, issues, objectives, groups and the starter register are read from their files."""

import pytest

from domain.source import Naming
from domain.stakeholder_files import (
    PARTS_OF_THE_MINISTRY,
    parse_groups,
    parse_issues,
    parse_objectives,
    parse_register,
    parse_scheme,
)
from domain.stakeholders import Attribute
from tests.builders.mistakes import SOUND

HEADER = "slug,name,group,jurisdiction,website,stake,themes,source\n"


def text_of(name: str) -> str:
    return (SOUND / "stakeholders" / name).read_text(encoding="utf-8")


def row(name: str, themes: str = "") -> str:
    return f'{HEADER}it,"{name}",providers,Wales,,It has one.,{themes},Its site\n'


def test_a_scheme_has_five_scales_of_five_descriptors() -> None:
    scheme = parse_scheme("s.yaml", text_of("scheme.yaml")).value

    assert scheme is not None
    assert scheme.version == "1.10"
    assert [scale.attribute for scale in scheme.scales] == list(Attribute)
    impact = scheme.scale(Attribute.IMPACT)
    assert [each.value for each in impact.descriptors] == [1, 2, 3, 4, 5]
    assert impact.descriptors[0].label == "None"


def test_a_scale_that_is_missing_is_told() -> None:
    text = text_of("scheme.yaml")
    without = text[: text.index("  - attribute: importance")]

    assert [str(each) for each in parse_scheme("s.yaml", without).problems] == [
        "s.yaml:2: there is no scale for 'importance'"
    ]


def test_issues_and_objectives_keep_their_order_and_paragraph() -> None:
    issues = parse_issues("i.yaml", text_of("issues.yaml")).value or ()
    objectives = parse_objectives("o.yaml", text_of("objectives.yaml")).value or ()

    assert [(each.slug, each.paragraph) for each in issues] == [
        ("policy", "17"),
        ("guidance", "17"),
    ]
    assert [each.title for each in objectives] == ["Needs are understood"]


def test_groups_offer_their_names_and_mention_their_topics() -> None:
    parsed = parse_groups("g.yaml", text_of("groups.yaml"))

    assert parsed.offers == frozenset({"providers", "regulators"})
    assert [(each.naming, each.target) for each in parsed.mentions] == [
        (Naming.TOPIC, "leave"),
        (Naming.TOPIC, "recall"),
    ]


def test_a_row_becomes_an_organisation() -> None:
    north, watch = parse_register("r.csv", text_of("register.csv")).value or ()

    assert (north.slug, north.group, north.line) == ("north-trust", "providers", 2)
    assert north.stake == "Runs a hospital, and asks for leave"
    assert north.themes == ("policy", "guidance")
    assert (watch.website, watch.themes) == ("", ())


def test_themes_are_split_at_semicolons() -> None:
    parsed = parse_register("r.csv", row("Trust", " policy ; guidance;"))

    assert parsed.value is not None
    assert parsed.value[0].themes == ("policy", "guidance")
    issues = [each.target for each in parsed.mentions if each.naming is Naming.ISSUE]
    assert issues == ["policy", "guidance"]


@pytest.mark.parametrize("name", PARTS_OF_THE_MINISTRY)
def test_no_part_of_the_ministry_is_a_stakeholder(name: str) -> None:
    problems = parse_register("r.csv", row(f"{name.upper()}, Wales")).problems

    assert len(problems) == 1
    assert "belongs to the Ministry of Justice" in problems[0].message
    assert "paragraph 14" in problems[0].message


@pytest.mark.parametrize(
    "name",
    [
        "His Majesty’s Prison and Probation Service",
        "Her Majesty's Courts & Tribunals Service",
        "The Office of the Public Guardian",
        "hmpps wales",
    ],
)
def test_other_spellings_of_the_ministry_are_known(name: str) -> None:
    assert len(parse_register("r.csv", row(name)).problems) == 1


@pytest.mark.parametrize(
    "name",
    [
        "Department of Justice (Northern Ireland)",
        "HM Inspectorate of Prisons",
        "HM Inspectorate of Probation",
        "Prisons and Probation Ombudsman",
        "Scottish Prison Service",
        "First-tier Tribunal (Mental Health)",
        "Parole Board for England and Wales",
        "Mojave Trust",
    ],
)
def test_bodies_outside_the_ministry_are_welcome(name: str) -> None:
    assert parse_register("r.csv", row(name)).problems == ()


def test_an_empty_register_is_told() -> None:
    assert len(parse_register("r.csv", HEADER).problems) == 1
