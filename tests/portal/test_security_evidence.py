"""Whoever owns the database can change it; nothing they change goes unnoticed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import String, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.audit import record
from portal.chain_check import verify
from portal.evidence import evidence_tables
from portal.models import Role
from portal.settings import Settings
from tests.builders.browser import PortalClient
from tests.builders.evidence_rows import add_evidence
from tests.builders.owner import as_owner, set_as_owner

Clock = Callable[[], datetime]
COLUMNS = [
    (name, column.name) for name, table in sorted(evidence_tables().items()) for column in table.c
]


def _others(table: Table, column: str) -> list[str]:
    """Values for a column of this type, of which one at least is not the one that is there."""
    kind = table.c[column].type
    if isinstance(kind, String):
        # The last ones are words that a constraint allows.
        return [
            "''",
            "'another'",
            "'1'",
            "'minor'",
            "'material'",
            "'read'",
            "'passed'",
            "'other words, and enough'",
        ]
    if kind.python_type is bool:
        return ["true", "false"]
    if kind.python_type is int:
        return ["NULL", "1", "2", "77"]
    return ["'2020-01-01 00:00:00+00:00'", "'2020-01-01'", "'2020-01-01 00:00:00.000000'"]


def _raw(database: Session, table: str, column: str) -> object:
    # As text: what an owner put there may be no value that the portal can read.
    return database.connection().exec_driver_sql(f'SELECT "{column}" FROM {table}').scalar_one()  # noqa: S608 names of ours


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_no_column_of_any_evidence_changes_unnoticed(
    database: Session, settings: Settings, table: str, column: str
) -> None:
    add_evidence(database, table)
    before = _raw(database, table, column)
    changed = 0

    for value in _others(evidence_tables()[table], column):
        try:
            set_as_owner(database, table, column, value)
        except DBAPIError:
            # PostgreSQL takes nothing that is not of the column's type, or that it forbids.
            database.rollback()
            continue
        if _raw(database, table, column) != before:
            changed += 1
            assert not verify(database, settings.chain_key).is_whole, value

    assert changed


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("happened_at", "'yesterday'"),
        ("happened_at", "17"),
        ("happened_at", "x'ff'"),
        ("subject", "x'ff00'"),
        ("subject", "CAST(x'ff' AS TEXT)"),
        ("subject", "1.5"),
        ("actor_id", "'somebody'"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_like_any_other_change(
    database: Session, settings: Settings, clock: Clock, column: str, value: str
) -> None:
    if database.get_bind().dialect.name != "sqlite":
        pytest.skip("only SQLite keeps a value of any type in any column")
    for subject in ("one", "two", "three"):
        record(database, "test.done", actor=None, subject=subject, at=clock())
        database.commit()

    set_as_owner(database, "audit_event", column, value, only=2)

    found = verify(database, settings.chain_key).faults
    assert found == ("audit_event 2 is not what was recorded",)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE chain_entry SET row_hash = x'00' WHERE position = 2", "entry 2 does not follow"),
        ("UPDATE chain_entry SET row_id = x'00' WHERE position = 2", "entry 2 does not follow"),
        ("UPDATE chain_entry SET table_name = 'person' WHERE position = 2", "entry 2 does not"),
        ("DELETE FROM chain_head", "the chain ends at 3, its head says"),
        ("UPDATE chain_head SET position = 2", "the chain ends at 3, its head says 2"),
    ],
)
def test_a_chain_that_cannot_be_read_is_told_and_not_stumbled_over(
    database: Session, settings: Settings, clock: Clock, statement: str, told: str
) -> None:
    if "x'" in statement and database.get_bind().dialect.name != "sqlite":
        pytest.skip("only SQLite keeps a value of any type in any column")
    for subject in ("one", "two", "three"):
        record(database, "test.done", actor=None, subject=subject, at=clock())
        database.commit()

    as_owner(database, statement, statement.split()[1 if "UPDATE" in statement else 2])

    assert any(fault.startswith(told) for fault in verify(database, settings.chain_key).faults)


def test_an_administrator_is_told_of_evidence_that_cannot_be_read(
    browsers: dict[Role | None, PortalClient], database: Session
) -> None:
    if database.get_bind().dialect.name != "sqlite":
        pytest.skip("only SQLite keeps a value of any type in any column")
    as_owner(
        database,
        "UPDATE training_event SET happened_on = 'never' WHERE id = 1",
        "training_event",
    )
    browser = browsers[Role.ADMINISTRATOR]

    browser.post("/administration/audit/chain")

    assert (
        "training_event 1 is not what was recorded"
        in browser.get("/administration/audit/chain").text
    )
