"""The register as rows of a spreadsheet: one to share, without scores, and one with them."""

from collections.abc import Iterable, Iterator, Mapping

from domain.stakeholders import Attribute
from portal.exports import Cell
from portal.stakeholders.register import Entry, levels_of

# What may be shared says nothing that follows from scores: no tier, no date of a review.
SHAREABLE = ("name", "grouping", "jurisdiction", "website", "stake", "issues", "source")
WITH_SCORES = (
    *SHAREABLE,
    *(attribute.value for attribute in Attribute),
    "sum",
    "tier",
    "quadrant",
    "times_in_100_in_same_tier",
    "assessed_on",
    "next_review_on",
    "evidence",
    "reason",
)


def shareable_rows(
    register: Iterable[Entry], groups: Mapping[str, str], issues: Mapping[str, str]
) -> Iterator[tuple[Cell, ...]]:
    """What could be read aloud to anybody, with groups and issues by their titles."""
    for entry in register:
        body = entry.organisation
        yield (
            body.name,
            groups.get(body.group, body.group),
            body.jurisdiction,
            body.website,
            body.stake,
            "; ".join(issues.get(slug, slug) for slug in entry.themes),
            body.source,
        )


def scored_rows(
    register: Iterable[Entry], groups: Mapping[str, str], issues: Mapping[str, str]
) -> Iterator[tuple[Cell, ...]]:
    """The same with the current assessment, and with what follows from it."""
    listed = tuple(register)
    for entry, row in zip(listed, shareable_rows(listed, groups, issues), strict=True):
        yield (*row, *_scored(entry))


def _scored(entry: Entry) -> tuple[Cell, ...]:
    if entry.assessment is None or entry.position is None:
        return (None,) * (len(WITH_SCORES) - len(SHAREABLE))
    placement, stability = entry.position.placement, entry.position.stability
    return (
        *levels_of(entry.assessment).values(),
        placement.total if placement else None,
        placement.tier if placement else None,
        placement.quadrant.value if placement else None,
        stability.in_100 if stability else None,
        entry.assessment.assessed_on,
        entry.position.review_on,
        entry.assessment.evidence,
        entry.assessment.reason,
    )
