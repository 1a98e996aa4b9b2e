"""Names: with a title, as initials after a patient, or as a first name and a surname."""

import re
from collections.abc import Iterator
from typing import Final

from domain.confidentiality.findings import Clue, Code, Severity
from domain.confidentiality.given_names import DOUBTFUL_NAMES, GIVEN_NAMES
from domain.confidentiality.reading import Reading
from domain.confidentiality.word_lists import listed

_SURNAME: Final = r"\.?\s{1,3}(?:[A-Z]\b\.?\s?){0,3}([A-Z][A-Za-z'-]*)"
_TITLED: Final = re.compile(
    rf"M(?<![A-Za-z0-9]M)(?:rs?|RS?|s|x|iss|ISS)\b{_SURNAME}"
    r"|m(?<![A-Za-z0-9]m)rs?\b\.?\s{1,3}([A-Za-z][A-Za-z'-]*)"
)
_DOCTOR: Final = re.compile(rf"D(?<![A-Za-z0-9]D)[rR]\b{_SURNAME}")
# Judges and holders of public offices are called so; these are no names.
_OFFICES: Final = listed("JUSTICE JUDGE SPEAKER PRESIDENT RECORDER REGISTRAR COMMISSIONER")

_CASE: Final = re.compile(
    r"(?:PATIENT|CLIENT|PRISONER|OFFENDER|DETAINEE|INMATE|SERVICE[ -]USER)(?:'S)?(?![A-Z0-9])"
)
# On the same line or the next one, but not beyond the end of a paragraph.
_INITIALS: Final = re.compile(
    r"(?:[ \t]{1,3}|[ \t]?\n[ \t]{0,12}|(?=[:(]))[:('\"]?[ \t]?(?:[Ii]nitials |INITIALS )?"
    r"([A-Z](?:\.\s?[A-Z]){0,2}\.?|[A-Z]{2,3}|[A-Z](?:\s[A-Z]){1,2})(?![A-Za-z0-9-])"
)
_ARTICLE: Final = re.compile(r"[\s\S]*[\n:]\s*A\Z")
# Abbreviations of the field, and capitals that begin or shout an everyday word.
_NO_INITIALS: Final = listed(
    """
    I ABI AC ACT ADL AI AMP AND ANY AO ARE AS ASD AT AWL BAC BE BUT BY CAN CAR CC CCG CD CJS CMS
    CO COM COP COR CPA CPN CPS CQC CSV CTO CV DHS DID DNA DO DOB DOL DPA DPO DR DTC DVD EEA ETC
    EU FAQ FOI FOR FTT GB GDP GMC GO GP HA HAD HAS HCA HCP HD HDC HE HER HIM HIS HIV HMP HO HOW HR
    IAC ICB ICO ICT ICU ID IF II III IMB IN INC IPP IQ IS IT ITS IV KC KPI LA LD LEP LGA LPA LSU
    MAY MDT ME MH MHA MHL MHT MOJ MP MPS MSU MUST MY NAO NDA NHS NI NO NOT NPS NR OF OM OMU ON
    ONE OR OUR OUT OWN PAL PC PD PDF PIN PM PO POM PPE PPO PSI PSO PTS QA QC RC RMO RO ROM SHE SLA
    SO SOP SOS SS TB TC THE TO TV TWO UK UN UP US USA USE VAT VIP VLO VLU VS WAS WE WHO WHY WILL
    YES YOT YOU
    """
)

_WORD: Final = re.compile(r"[A-Z](?<![A-Za-z0-9][A-Z])[A-Za-z]*(?:['-][A-Za-z]+)*")
_BETWEEN: Final = re.compile(r"[ \n]{1,2}(?:[A-Z]\.?[ \n]{1,2})?\Z")
_NO_SURNAMES: Final = listed(
    """
    ACT AVENUE CENTRE CLINIC CLOSE COLLEGE COUNCIL COURT DAY DRIVE FOUNDATION FUND HALL HOSPITAL
    HOUSE INQUIRY INSTITUTE LANE LODGE PARK PLACE PRISON REPORT REVIEW ROAD SCHOOL SOCIETY SQUARE
    STREET TERRACE TRUST UNIT UNIVERSITY WARD WING
    """
)
_FARTHEST: Final = 5


def titled_names(reading: Reading) -> Iterator[Clue]:
    """People with a title. Doctors are nearly always clinicians, so they are only noted."""
    for found in _TITLED.finditer(reading.text):
        if (found[1] or found[2]).upper() not in _OFFICES:
            yield Clue(Code.NAM_1, Severity.WARN, *found.span())
    for found in _DOCTOR.finditer(reading.text):
        yield Clue(Code.NAM_1, Severity.NOTE, *found.span())


def initials(reading: Reading) -> Iterator[Clue]:
    """One to three initials after the word for a patient."""
    for noun in _CASE.finditer(reading.upper):
        start, end = noun.span()
        found = _INITIALS.match(reading.text, end)
        if not found or reading.upper[start - 1 : start].isalnum():
            continue
        letters = re.sub(r"[^A-Z]", "", found[1])
        if letters not in _NO_INITIALS and not _ARTICLE.match(reading.text[end : found.end()]):
            yield Clue(Code.NAM_2, Severity.BLOCK, start, found.end(1))


def full_names(reading: Reading) -> Iterator[Clue]:
    """A first name and a surname; also doubtful ones, which are mostly places and titles."""
    first: re.Match[str] | None = None
    for word in _WORD.finditer(reading.text):
        if first and _follows(reading.text, first.end(), word):
            yield Clue(Code.NAM_3, Severity.NOTE, first.start(), word.end())
        first = word if _is_given_name(word[0]) else first if len(word[0]) == 1 else None


def is_certain(name: str) -> bool:
    """Whether a full name begins with what is nothing but a first name."""
    return name.split()[0].upper() in GIVEN_NAMES


def _is_given_name(word: str) -> bool:
    capitals = word.upper()
    if word == capitals:
        return capitals in GIVEN_NAMES
    return capitals in GIVEN_NAMES or capitals in DOUBTFUL_NAMES


def _follows(text: str, end: int, word: re.Match[str]) -> bool:
    near = word.start() - end <= _FARTHEST and _BETWEEN.match(text[end : word.start()])
    return bool(near) and len(word[0]) > 1 and word[0].upper() not in _NO_SURNAMES
