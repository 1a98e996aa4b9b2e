"""Impact: what a change of the guidance touches, before it is published.

Two libraries go in, the one that is live and the one that is proposed. Out
comes the thread: section, question, quiz, requirement, programme, role, and
the groups of organisations that follow the topic. Everything is sorted, so the
same change gives the same report.
"""

from domain.impact.comparing import compare
from domain.impact.difference import Fate, difference
from domain.impact.values import (
    AffectedGroup,
    AffectedProgramme,
    AffectedQuiz,
    AffectedRequirement,
    Change,
    Impact,
    PageChange,
    SectionChange,
    SuspectQuestion,
)

__all__ = [
    "AffectedGroup",
    "AffectedProgramme",
    "AffectedQuiz",
    "AffectedRequirement",
    "Change",
    "Fate",
    "Impact",
    "PageChange",
    "SectionChange",
    "SuspectQuestion",
    "compare",
    "difference",
]
