"""Where somebody can be reached: e-mail addresses, telephone numbers, postcodes."""

import re
from collections.abc import Iterator
from typing import Final

from domain.confidentiality.findings import Clue, Code, Severity
from domain.confidentiality.reading import Reading, Spans
from domain.confidentiality.shapes import END, digits_of
from domain.confidentiality.word_lists import listed

_BEFORE_AT: Final = re.compile(r"[A-Z0-9._%+'-]{1,64}\Z")
_AT: Final = re.compile(r"[A-Z0-9._%+'-]@(?=((?:[A-Z0-9-]{1,63}\.){1,8}[A-Z]{2,24})(?![A-Z0-9-]))")
_LONGEST_BEFORE_AT: Final = 64
# An address made of these words alone is an office, and nobody's own.
_OFFICE_WORDS: Final = listed(
    """
    ADMIN ADMINISTRATION ADVICE APPEALS BOOKING BOOKINGS BRIEFING BUSINESS CASEWORK CENTRAL
    CENTRE CLERKS COMMS COMMUNICATIONS COMPLAINTS CONFERENCE CONSULTATION CONSULTATIONS CONTACT
    CONTACTS CORRESPONDENCE CUSTOMER DATA DEPARTMENT DESK DPO DUTY ENGAGEMENT ENQUIRIES ENQUIRY
    EVENTS FEEDBACK FOI FREEDOM GENERAL GOVERNANCE HEALTH HELLO HELP HELPDESK HELPLINE HR HUB
    INBOX INFO INFORMATION INQUIRIES INQUIRY JOBS LAW LEGAL LIBRARY LINE MAIL MAILBOX MANAGEMENT
    MEDIA MEMBERSHIP MENTAL MHA MHCS MOJ NATIONAL NEWS NEWSLETTER NOREPLY OFFICE OFFICES
    OFFICER OPERATIONS PALS PARTNERSHIPS PERFORMANCE POLICY PRESS PRIVACY PROTECTION PUBLIC
    PUBLICATIONS RECEPTION RECORDS RECRUITMENT REFERRALS REGIONAL REPLY REPORTS REQUESTS
    RESEARCH RESOURCING REVIEW SECRETARIAT SECRETARY SECTION SERVICE SERVICES STAKEHOLDER
    STAKEHOLDERS STATISTICS SUPPORT TEAM TRAINING TRIBUNAL TRIBUNALS UNIT VETTING VICTIM VICTIMS
    WEB WEBMASTER WELCOME
    """
)

_APART: Final = r"[ \t().-]{0,3}(?:\r?\n[ \t>#]{0,30})?"
_HOME: Final = re.compile(
    rf"0(?<![A-Z0-9+]0)(?=({_APART}[1235789](?:{_APART}[0-9]){{8,9}})(?![0-9]))"
)
_ABROAD: Final = re.compile(
    rf"(?:\+|00(?<![A-Z0-9+]00)){_APART}[1-9](?:{_APART}[0-9]){{7,14}}(?![0-9])"
)
# Ten digits are a whole number only of some small exchanges and of old freephone lines.
_SHORT: Final = re.compile(r"01|0[58]00")
# Lines that are given to organisations: 03 to public bodies, 08 and 09 to services.
_NOT_AT_HOME: Final = re.compile(r"(?:0|\+440?|00440?)[389]")

_POSTCODE: Final = re.compile(
    r"[A-Z](?<![A-Z0-9][A-Z])[A-Z]?[0-9][0-9A-Z]?[ \t-]{0,2}(?:\r?\n[ \t>#]{0,30})?"
    rf"[0-9][A-Z]{{2}}{END}"
)
_SMALL_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th|am|pm)\Z")


def emails(reading: Reading) -> Iterator[Clue]:
    """Every e-mail address; that of an office is only noted."""
    for found in _AT.finditer(reading.upper):
        first = max(0, found.end() - 1 - _LONGEST_BEFORE_AT)
        before = _BEFORE_AT.search(reading.upper[first : found.end() - 1])
        start = first + before.start() if before else found.start()
        local = reading.upper[start : found.end() - 1]
        words = re.findall(r"[A-Z]+", local)
        is_office = bool(words) and _OFFICE_WORDS.issuperset(words)
        yield Clue(Code.EML, Severity.NOTE if is_office else Severity.WARN, start, found.end(1))


def telephone_numbers(reading: Reading, dates: Spans) -> Iterator[Clue]:
    """Every telephone number; one that nobody has at home is only noted."""
    for found in _HOME.finditer(reading.upper):
        start, end = found.start(), found.end(1)
        digits = digits_of(reading.upper[start:end])
        is_whole = len(digits) == 11 or _SHORT.match(digits)
        if is_whole and not dates.touch(start, end) and not reading.addresses.cover(start, end):
            yield _line(start, end, digits)
    for found in _ABROAD.finditer(reading.upper):
        if not reading.addresses.cover(*found.span()):
            yield _line(*found.span(), re.sub(r"[^0-9+]", "", found[0]))


def postcodes(reading: Reading) -> Iterator[Clue]:
    """Everything in the shape of a postcode, also of those that no place has."""
    for found in _POSTCODE.finditer(reading.upper):
        start, end = found.span()
        is_time = _SMALL_ORDINAL.search(reading.text[start:end])
        if not is_time and not reading.addresses.cover(start, end):
            yield Clue(Code.PCD, Severity.WARN, start, end)


def _line(start: int, end: int, digits: str) -> Clue:
    severity = Severity.NOTE if _NOT_AT_HOME.match(digits) else Severity.WARN
    return Clue(Code.TEL, severity, start, end)
