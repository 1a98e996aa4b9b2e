"""How dates, times, counts, standings and Markdown look on a page."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime
from flask import Flask
from flask_babel import get_locale, gettext, ngettext

from domain.standing import Status
from portal.clock import LONDON
from portal.models import Role


def date_words(day: date) -> str:
    """A day in full: Friday 27 November 2026."""
    return format_date(day, "EEEE d MMMM y", locale=get_locale() or "en_GB")


def short_date(day: date) -> str:
    """A day without its weekday: 27 November 2026."""
    return format_date(day, "d MMMM y", locale=get_locale() or "en_GB")


def instant(at: datetime) -> str:
    """A time as the clocks in London show it: 27 November 2026 at 14:05."""
    local = at.astimezone(LONDON)
    clock = format_datetime(local, "HH:mm", locale=get_locale() or "en_GB")
    return gettext("%(day)s at %(time)s", day=short_date(local.date()), time=clock)


def day_count(days: int) -> str:
    """A number of days in words: 1 day, 4 days."""
    return ngettext("%(num)d day", "%(num)d days", days)


def status_word(status: Status) -> str:
    """A standing in words."""
    words = {
        Status.NOT_YET_DUE: gettext("Not yet due"),
        Status.IN_PROGRESS: gettext("In progress"),
        Status.AWAITING_SIGN_OFF: gettext("Awaiting sign-off"),
        Status.CURRENT: gettext("Current"),
        Status.EXPIRING: gettext("Expiring"),
        Status.OVERDUE: gettext("Overdue"),
        Status.EXPIRED: gettext("Expired"),
        Status.OUTDATED: gettext("Outdated"),
        Status.EXEMPT: gettext("Exempt"),
        Status.NOT_REQUIRED: gettext("Not required"),
    }
    return words[status]


_COLOURS = {
    Status.NOT_YET_DUE: "grey",
    Status.IN_PROGRESS: "light-blue",
    Status.AWAITING_SIGN_OFF: "purple",
    Status.CURRENT: "green",
    Status.EXPIRING: "yellow",
    Status.OVERDUE: "red",
    Status.EXPIRED: "red",
    Status.OUTDATED: "orange",
    Status.EXEMPT: "grey",
    Status.NOT_REQUIRED: "grey",
}


def status_colour(status: Status) -> str:
    """The colour of a standing's tag, which never stands without its word."""
    return _COLOURS[status]


def role_word(role: Role) -> str:
    """A role in words."""
    words = {
        Role.LEARNER: gettext("Learner"),
        Role.MENTOR: gettext("Mentor"),
        Role.MANAGER: gettext("Manager"),
        Role.EDITOR: gettext("Guidance editor"),
        Role.ENGAGEMENT_OFFICER: gettext("Engagement officer"),
        Role.ADMINISTRATOR: gettext("Administrator"),
    }
    return words[role]


def register_filters(app: Flask) -> None:
    """Make every filter known to the templates of an application."""
    for each in FILTERS:
        app.add_template_filter(each)


FILTERS = (
    date_words,
    short_date,
    instant,
    day_count,
    status_word,
    status_colour,
    role_word,
)
