"""The confidentiality guard at the fields: nothing that somebody types is kept unread.

A field that is guarded is searched when its form is validated. What is blocked
must go. What is doubtful must go too, unless the author says why it can stay: a
second box asks for that, once the page has told what is doubtful.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import wtforms
from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms.utils import unset_value

from domain.confidentiality import Code, Finding, Severity
from portal.components import govuk
from portal.fields.guard_words import reason_refused, reason_wanted, told

GUARD = "mhcs-guard"
SHORTEST_REASON, LONGEST_REASON = 10, 400


@dataclass(frozen=True)
class Verdict:
    """What the guard said of one field, and the reason that the author gave, if any."""

    field: str
    findings: tuple[Finding, ...]
    reason: str = ""


class Guard(Protocol):
    """What the fields ask of the guard of the portal."""

    def look(self, text: str) -> tuple[Finding, ...]:
        """Everything found in a text."""

    def note_refused(self, verdicts: Sequence[Verdict]) -> None:
        """Record, whatever becomes of the request, that texts were refused."""

    def note_kept(self, verdicts: Sequence[Verdict]) -> None:
        """Record, together with the texts, why they are kept."""


def current_guard() -> Guard:
    """The guard of the portal in hand."""
    guard: Guard = current_app.extensions[GUARD]
    return guard


class GuardedField(wtforms.StringField):
    """A field for text. `holds` are the codes of what the field is there for."""

    guarded = True
    lines = False
    holds: frozenset[Code] = frozenset()
    longest: int

    findings: tuple[Finding, ...] = ()
    why = ""
    why_errors: tuple[str, ...] = ()
    _seen = ""

    def process(
        self,
        formdata: Any,  # noqa: ANN401 (what WTForms hands on)
        data: Any = unset_value,  # noqa: ANN401 (what WTForms hands on)
        extra_filters: Any = None,  # noqa: ANN401 (what WTForms hands on)
    ) -> None:
        """Read the second box too, and what the page had told before it was filled in."""
        super().process(formdata, data, extra_filters)
        if formdata is not None:
            why = str(formdata.get(f"{self.name}-why", ""))[:LONGEST_REASON]
            self.why = "".join(filter(str.isprintable, " ".join(why.split())))
            self._seen = str(formdata.get(f"{self.name}-seen", ""))[:LONGEST_REASON]

    def post_validate(self, form: wtforms.form.BaseForm, validation_stopped: bool) -> None:
        """Search the text, and say what is wrong with it or with the reason for it."""
        text = self.data or ""
        if not self.guarded or len(text) > self.longest:
            return
        self.findings = tuple(
            each
            for each in current_guard().look(text)
            if each.severity is not Severity.NOTE and each.code not in self.holds
        )
        if self.is_blocked or (self.doubts and not self._is_answered()):
            messages = [told(each, lines=self.lines) for each in self.findings]
            self.errors = [*self.errors, *messages]
        elif self.doubts:
            self.why_errors = tuple(self._faults_of_reason())
            self.errors = [*self.errors, *self.why_errors]

    @property
    def is_blocked(self) -> bool:
        """Whether something was found that no reason excuses."""
        return any(each.severity is Severity.BLOCK for each in self.findings)

    @property
    def is_refused(self) -> bool:
        """Whether what was found may not be kept as it stands."""
        answered = self._is_answered() and not self.why_errors
        return bool(self.findings) and (self.is_blocked or not answered)

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """What can stay if there is a reason for it."""
        return tuple(each for each in self.findings if each.severity is Severity.WARN)

    @property
    def carried(self) -> dict[str, str]:
        """What a page for checking sends along, so that a reason is given once."""
        return {f"{self.name}-why": self.why, f"{self.name}-seen": self._seen} if self.why else {}

    @property
    def shown_errors(self) -> list[Any]:
        """The errors that belong to the text itself, and not to the reason below it."""
        return [each for each in self.errors if each not in self.why_errors]

    @property
    def error_id(self) -> str:
        """Where the error summary leads to."""
        return f"{self.id}-why" if self.why_errors and not self.shown_errors else self.id

    def __call__(self, **kwargs: Any) -> Markup:  # noqa: ANN401 (what WTForms hands on)
        """The field, and below it the second box where there is doubt or was a reason before."""
        box = self._reason_box() if self.doubts or self.why else Markup("")
        return Markup(super().__call__(**kwargs)) + box  # noqa: S704 (what a component made)

    def _reason_box(self) -> Markup:
        params: dict[str, Any] = {
            "id": f"{self.id}-why",
            "name": f"{self.name}-why",
            # Several boxes on a page are told apart by what they belong to.
            "label": {
                "html": Markup('{} <span class="govuk-visually-hidden">{}</span>').format(
                    _("Why can it stay?"), self.label.text
                ),
                "classes": "govuk-label--s",
            },
            "hint": {
                "text": _(
                    "In 10 characters or more. Your reason is kept with your name, "
                    "and administrators can read it."
                )
            },
            "value": self.why,
            "rows": 2,
        }
        if self.why_errors:
            params["errorMessage"] = {
                "text": " ".join(self.why_errors),
                "visuallyHiddenText": _("Error"),
            }
        seen = Markup('<input type="hidden" name="{}-seen" value="{}">')
        told_now = ",".join(self._codes()) if self.findings else self._seen
        return seen.format(self.name, told_now) + govuk("textarea", params)

    def _codes(self) -> list[str]:
        return sorted(each.code for each in self.doubts)

    def _is_answered(self) -> bool:
        """Whether the author gave a reason, having been told of everything that is doubtful now."""
        return bool(self.why) and not Counter(self._codes()) - Counter(self._seen.split(","))

    def _faults_of_reason(self) -> Iterable[str]:
        if len(self.why) < SHORTEST_REASON:
            yield reason_wanted()
        for finding in current_guard().look(self.why):
            if finding.severity is not Severity.NOTE:
                yield reason_refused(finding)


def tell_guard(fields: Iterable[object], *, valid: bool) -> None:
    """Let what the guard said of a form be recorded. Called once the whole form is validated."""
    guarded = [each for each in fields if isinstance(each, GuardedField) and each.findings]
    refused = [Verdict(each.name, each.findings) for each in guarded if each.is_refused]
    if refused:
        current_guard().note_refused(refused)
    elif valid and guarded:
        current_guard().note_kept([Verdict(each.name, each.findings, each.why) for each in guarded])
