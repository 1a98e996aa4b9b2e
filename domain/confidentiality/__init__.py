"""The confidentiality guard: finds in a text what may tell of a patient.

    findings = scan(text, allow, on=today)

It finds identifiers with a number very well, details that add up fairly well and
bare names poorly: a person still has to read. Deterministic, and nothing but
the standard library; it knows no list of patients, and never will.
"""

from domain.confidentiality.allow_list import (
    NOTHING_ALLOWED,
    Allowed,
    AllowEntry,
    AllowList,
    allow_list,
)
from domain.confidentiality.findings import RULES_VERSION, Code, Finding, Kind, Severity
from domain.confidentiality.references import BadShape, compile_shape
from domain.confidentiality.scanning import scan

__all__ = [
    "NOTHING_ALLOWED",
    "RULES_VERSION",
    "AllowEntry",
    "AllowList",
    "Allowed",
    "BadShape",
    "Code",
    "Finding",
    "Kind",
    "Severity",
    "allow_list",
    "compile_shape",
    "scan",
]
