"""What the confidentiality guard tells an author: what something looks like, where, what to do."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from domain.confidentiality import Code, Finding, Kind, Severity

Words = Any  # text that is translated when it is shown

LOOKS: dict[Code, Words] = {
    Code.NHS: _l("look like an NHS number"),
    Code.PRI: _l("look like a prison number"),
    Code.PNC: _l("look like a Police National Computer number"),
    Code.CRO: _l("look like a criminal record number"),
    Code.SF: _l("look like a short-file criminal record number"),
    Code.NIN: _l("look like a National Insurance number"),
    Code.MHC: _l("look like an MHCS reference"),
    Code.DOB: _l("look like a date of birth"),
    Code.NAM_2: _l("look like the initials of a patient"),
    Code.CRN: _l("look like a probation case number"),
    Code.PRI_OLD: _l("look like an earlier prison number"),
    Code.TRI: _l("look like a reference of a court or tribunal"),
    Code.EML: _l("look like somebody’s email address"),
    Code.TEL: _l("look like a telephone number"),
    Code.PCD: _l("look like a postcode"),
    Code.NAM_1: _l("look like somebody’s name with a title"),
    Code.DAT: _l("look like a date that says when somebody did something"),
    Code.NAM_3: _l("look like somebody’s name"),
    Code.QID: _l("together could tell who somebody is"),
}
KINDS: dict[Kind, Words] = {
    Kind.AGE: _l("age"),
    Kind.GENDER: _l("gender"),
    Kind.UNIT: _l("ward or unit"),
    Kind.HOSPITAL: _l("hospital"),
    Kind.PLACE: _l("place"),
    Kind.OFFENCE: _l("offence"),
    Kind.AUTHORITY: _l("section of the Act"),
    Kind.EVENT: _l("rare event"),
    Kind.DATE: _l("full date"),
    Kind.PERSON: _l("name or initials"),
}
_ORDINALS: tuple[Words, ...] = (
    _l("first"),
    _l("second"),
    _l("third"),
    _l("fourth"),
    _l("fifth"),
    _l("sixth"),
    _l("seventh"),
    _l("eighth"),
    _l("ninth"),
    _l("tenth"),
)


def told(finding: Finding, *, lines: bool) -> str:
    """What to do about a finding, without a character of it. `lines`: in a box of several."""
    what = _what(finding, lines=lines)
    if finding.severity is Severity.BLOCK:
        message = _(
            "Take out %(what)s. Nothing about a patient can be kept here: "
            "see Contact, at the foot of the page, for questions about a case",
            what=what,
        )
    else:
        message = _("Take out %(what)s, or say below why it can stay", what=what)
    return str(message)


def reason_wanted() -> str:
    """What to do about a reason that says nothing."""
    return str(_("Say in 10 characters or more why it can stay, or take it out"))


def reason_refused(finding: Finding) -> str:
    """What to do about a reason that is itself what the guard looks for."""
    return str(_("In your reason, take out %(what)s", what=_what(finding, lines=False)))


def _what(finding: Finding, *, lines: bool) -> str:
    length = ngettext("%(num)d character", "%(num)d characters", finding.length)
    kinds = ", ".join(str(KINDS[kind]) for kind in finding.kinds)
    looks = f"{LOOKS[finding.code]} ({kinds})" if kinds else str(LOOKS[finding.code])
    if not lines:
        return str(_("the %(length)s that %(looks)s", length=length, looks=looks))
    line = _line(finding.line)
    where = _(
        "the %(length)s on the %(line)s that %(looks)s", length=length, line=line, looks=looks
    )
    return str(where)


def _line(number: int) -> str:
    if number <= len(_ORDINALS):
        return str(_("%(ordinal)s line", ordinal=_ORDINALS[number - 1]))
    return str(_("line with the number %(number)d", number=number))
