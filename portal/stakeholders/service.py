"""What officers do with the register: load it, add to it, score an organisation."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.stakeholders import Attribute, Engagement, StarterOrganisation
from domain.standing import london_day
from portal.audit import record
from portal.models import Organisation, Person, StakeholderAssessment
from portal.stakeholders.register import Choice


class NotAStakeholder(Exception):
    """A body that the register must not hold, whoever asks for it."""


@dataclass(frozen=True)
class Scoring:
    """What an officer says of an organisation. A level of None is "not known"."""

    levels: Mapping[Attribute, int | None]
    evidence: str
    reason: str


@dataclass(frozen=True)
class Proposal:
    """An organisation that an officer wants in the register."""

    name: str
    group: str
    jurisdiction: str
    website: str
    stake: str
    themes: tuple[str, ...]
    source: str
    external: bool


def load_register(session: Session, engagement: Engagement, at: datetime) -> int:
    """Add the starter organisations that are missing, and say how many.

    What is recorded already is left as it is, so repeating this does no harm.
    """
    rows = session.execute(select(Organisation.slug, Organisation.name))
    known = {word.casefold() for row in rows for word in row}
    missing = [
        each
        for each in engagement.organisations
        if not known & {each.slug.casefold(), each.name.casefold()}
    ]
    session.add_all(_from_starter(each, at) for each in missing)
    if missing:
        record(session, "register.loaded", actor=None, detail=f"{len(missing)} added", at=at)
    return len(missing)


def _from_starter(starter: StarterOrganisation, at: datetime) -> Organisation:
    return Organisation(
        slug=starter.slug,
        name=starter.name,
        group=starter.group,
        jurisdiction=starter.jurisdiction,
        website=starter.website,
        stake=starter.stake,
        themes=" ".join(starter.themes),
        source=starter.source,
        external=True,
        created_at=at,
    )


def add_organisation(
    session: Session, proposal: Proposal, *, known: frozenset[str], officer: Person, at: datetime
) -> Organisation:
    """Enter an organisation in the register, under a slug that is not yet known.

    Refuses a body of the Ministry (paragraph 14 of the framework) and one
    without a stake (paragraph 13).
    """
    if not proposal.external:
        raise NotAStakeholder("a body of the Ministry is no stakeholder")
    if not proposal.stake.strip():
        raise NotAStakeholder("an organisation without a stake is no stakeholder")
    organisation = Organisation(
        slug=_free_slug(proposal.name, known),
        name=proposal.name,
        group=proposal.group,
        jurisdiction=proposal.jurisdiction,
        website=proposal.website,
        stake=proposal.stake,
        themes=" ".join(proposal.themes),
        source=proposal.source,
        external=True,
        created_at=at,
    )
    session.add(organisation)
    subject = f"organisation:{organisation.slug}"
    record(session, "register.organisation-added", actor=officer, subject=subject, at=at)
    return organisation


# A word that an address of ours means something else by.
_TAKEN = frozenset({"add", "matrix", "register"})
_SLUG_LENGTH = 90


def _free_slug(name: str, known: frozenset[str]) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].strip("-") or "organisation"
    number = 1
    wanted = slug
    while wanted in known | _TAKEN:
        number += 1
        wanted = f"{slug}-{number}"
    return wanted


def assess(
    session: Session,
    organisation: Organisation,
    scoring: Scoring,
    *,
    public_id: str,
    scheme_version: str,
    assessor: Person,
    at: datetime,
) -> StakeholderAssessment:
    """Record how an officer scored an organisation: always a new row, nothing overwritten."""
    assessment = StakeholderAssessment(
        public_id=public_id,
        organisation_id=organisation.id,
        assessor_id=assessor.id,
        scheme_version=scheme_version,
        assessed_at=at,
        assessed_on=london_day(at),
        evidence=scoring.evidence,
        reason=scoring.reason,
        **{attribute.value: scoring.levels[attribute] for attribute in Attribute},
    )
    session.add(assessment)
    subject = f"organisation:{organisation.slug}"
    detail = f"assessment {public_id}"
    record(session, "stakeholder.assessed", actor=assessor, subject=subject, detail=detail, at=at)
    return assessment


def record_export(
    session: Session,
    choice: Choice,
    *,
    kind: str,
    on: date,
    rows: int,
    officer: Person,
    at: datetime,
) -> None:
    """Write down that the register was downloaded: by whom, filtered how, how much of it."""
    asked = ", ".join(f"{name} {value}" for name, value in vars(choice).items() if value)
    record(
        session,
        "register.exported",
        actor=officer,
        subject=f"register:{kind}",
        detail=f"{rows} rows as on {on.isoformat()}; {asked or 'no filter'}",
        at=at,
    )
