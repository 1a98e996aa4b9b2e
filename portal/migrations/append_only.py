"""Triggers that refuse to change or remove evidence, for either database.

Migrations call this, so what it does to a table may never change: a better
trigger is a new function and a new migration.
"""

from alembic import op


def make_append_only(table: str) -> None:
    """From now on rows of this table are added, and never changed or removed."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(_sqlite_trigger(table, act))
    else:
        op.execute(_POSTGRESQL_FUNCTION)
        op.execute(_postgresql_trigger(table, "UPDATE OR DELETE", "ROW"))
        op.execute(_postgresql_trigger(table, "TRUNCATE", "STATEMENT"))


def _sqlite_trigger(table: str, act: str) -> str:
    message = f"{table}: rows are added, never changed or removed"
    name = f"{table}_no_{act.lower()}"
    return (
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: rows are added, never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$
"""


def _postgresql_trigger(table: str, acts: str, each: str) -> str:
    name = f"{table}_no_{acts.split()[0].lower()}"
    return (
        f"CREATE TRIGGER {name} BEFORE {acts} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
    )
