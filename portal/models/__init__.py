"""Every table of the portal, one file a noun. Rows, names and constraints; no rules."""

from portal.models.account import LoginFailure, LoginSession, Person, Role, RoleGrant
from portal.models.audit import AuditEvent, ChainEntry, ChainHead, GuardReason
from portal.models.base import Base, Evidence
from portal.models.publication import Publication, PublishedSection
from portal.models.quiz import AttemptAnswer, AttemptResult, QuizAttempt
from portal.models.stakeholder import Organisation, Representative, StakeholderAssessment
from portal.models.team import Team, TeamMembership, TeamRole
from portal.models.training import Enrolment, TrainingEvent, TrainingEventSection

__all__ = [
    "AttemptAnswer",
    "AttemptResult",
    "AuditEvent",
    "Base",
    "ChainEntry",
    "ChainHead",
    "Enrolment",
    "Evidence",
    "GuardReason",
    "LoginFailure",
    "LoginSession",
    "Organisation",
    "Person",
    "Publication",
    "PublishedSection",
    "QuizAttempt",
    "Representative",
    "Role",
    "RoleGrant",
    "StakeholderAssessment",
    "Team",
    "TeamMembership",
    "TeamRole",
    "TrainingEvent",
    "TrainingEventSection",
]
