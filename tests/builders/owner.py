"""What only somebody who owns the database can do to it."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def as_owner(database: Session, statement: str, table: str) -> None:
    """Run a statement on a table of evidence, with its triggers and references switched off."""
    if database.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            database.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{act}"))
        database.execute(text("PRAGMA foreign_keys = OFF"))
        database.execute(text("PRAGMA ignore_check_constraints = ON"))
    else:
        database.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
    database.execute(text(statement))
    database.commit()
    database.expire_all()


def set_as_owner(
    database: Session, table: str, column: str, value: str, *, only: int | None = None
) -> None:
    """Put a value, written as SQL has it, into a column of every row, or of one."""
    where = "" if only is None else f" WHERE id = {only}"
    as_owner(database, f'UPDATE {table} SET "{column}" = {value}{where}', table)  # noqa: S608 names of tests
