"""Everything that a database holds, to see what a request has changed."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Base

# What is counted and noted of presence is no change of anything that is kept.
_PRESENCE = frozenset({"login_session", "login_failure"})
TRAIL = frozenset({"audit_event", "chain_entry", "chain_head"})

Contents = dict[str, list[tuple[Any, ...]]]


def contents(database: Session, *, but: frozenset[str] = frozenset()) -> Contents:
    """The rows of every table, but those of presence and of the tables that are named."""
    database.rollback()
    return {
        table.name: [
            tuple(row) for row in database.execute(select(table).order_by(*table.primary_key))
        ]
        for table in Base.metadata.sorted_tables
        if table.name not in _PRESENCE | but
    }
