"""How scores and what follows from them are said on a page. Nothing here decides anything."""

from typing import Any

from flask_babel import gettext as _

from domain.priority import Placement, Quadrant
from domain.stability import Firmness, Stability
from domain.stakeholders import Attribute


def attribute_word(attribute: Attribute) -> str:
    """The name of an attribute."""
    words: dict[Attribute, str] = {
        Attribute.SUPPORT: _("Support"),
        Attribute.INTEREST: _("Interest"),
        Attribute.INFLUENCE: _("Influence"),
        Attribute.IMPACT: _("Impact"),
        Attribute.IMPORTANCE: _("Importance"),
    }
    return words[attribute]


def quadrant_word(quadrant: Quadrant) -> str:
    """The name of a quadrant."""
    words: dict[Quadrant, str] = {
        Quadrant.WORK_WITH_CLOSELY: _("Work with closely"),
        Quadrant.KEEP_SATISFIED: _("Keep satisfied"),
        Quadrant.KEEP_INFORMED: _("Keep informed"),
        Quadrant.WEBSITE_NOTICES: _("Website notices"),
    }
    return words[quadrant]


def firmness_word(firmness: Firmness) -> str:
    """How firm a tier is, in the middle of a sentence."""
    words: dict[Firmness, str] = {
        Firmness.FIRM: _("firm"),
        Firmness.FAIRLY_FIRM: _("fairly firm"),
        Firmness.EITHER_WAY: _("could go either way"),
    }
    return words[firmness]


def tier_word(tier: int) -> str:
    """A tier in words: its number, and how often such an organisation is looked at again."""
    words: dict[int, str] = {
        1: _("Tier 1, reviewed every 6 months"),
        2: _("Tier 2, reviewed every 12 months"),
        3: _("Tier 3, reviewed every 24 months"),
    }
    return words[tier]


def sum_sentence(placement: Placement) -> str:
    """How the tier came about, as one line of arithmetic."""
    values = {attribute.value: value for attribute, value in placement.parts}
    sentence: str = _(
        "Influence %(influence)s + interest %(interest)s + impact %(impact)s + "
        "importance %(importance)s = %(total)s: tier %(tier)s.",
        **values,
        total=placement.total,
        tier=placement.tier,
    )
    return f"{sentence} {floor_sentence()}" if placement.floor_applied else sentence


def floor_sentence() -> str:
    """The rule that lifts an organisation out of the lowest tier."""
    sentence: str = _(
        "The sum alone would be tier 3, but nobody with an impact or an importance of 5 "
        "is placed below tier 2."
    )
    return sentence


def stability_sentence(stability: Stability) -> str:
    """How likely the same tier is, in whole chances of a hundred."""
    certain = _(
        "If equally careful colleagues scored this body again, it would stay in "
        "tier %(tier)s: no single step on any scale takes it out.",
        tier=stability.tier,
    )
    likely = _(
        "If equally careful colleagues scored this body again, about %(count)s times in 100 "
        "it would stay in tier %(tier)s.",
        count=stability.in_100,
        tier=stability.tier,
    )
    sentence: str = certain if stability.in_100 == 100 else likely
    return sentence


def line_sentence(attributes: tuple[Attribute, ...]) -> str:
    """How firm the quadrant is: which scales lie beside the line between low and high."""
    words: dict[int, str] = {
        0: _("Firm: no single step on a scale would change the quadrant."),
        1: _("Close on one scale: a single step there could change the quadrant."),
        2: _("Close on both scales: a single step on either could change the quadrant."),
    }
    return words[len(attributes)]


def words() -> dict[str, Any]:
    """What the pages of the register may say."""
    return {
        each.__name__: each
        for each in (
            attribute_word,
            quadrant_word,
            firmness_word,
            tier_word,
            sum_sentence,
            stability_sentence,
            line_sentence,
        )
    }
