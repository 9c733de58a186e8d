"""Rows of the journal are added, never changed: the database refuses the rest (A68)."""

from django.db import migrations

POSTGRESQL = [
    """
    CREATE FUNCTION events_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'rows of the journal are added, never changed' USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    """
    CREATE TRIGGER events_entry_is_kept BEFORE UPDATE OR DELETE ON events_entry
    FOR EACH ROW EXECUTE FUNCTION events_entry_is_kept()
    """,
]
SQLITE = [
    f"""
    CREATE TRIGGER events_entry_is_kept_{verb.lower()} BEFORE {verb} ON events_entry
    BEGIN SELECT RAISE(ABORT, 'rows of the journal are added, never changed'); END
    """
    for verb in ("UPDATE", "DELETE")
]
GONE = {
    "postgresql": [
        "DROP TRIGGER events_entry_is_kept ON events_entry",
        "DROP FUNCTION events_entry_is_kept()",
    ],
    "sqlite": [
        "DROP TRIGGER events_entry_is_kept_update",
        "DROP TRIGGER events_entry_is_kept_delete",
    ],
}


def guard(_apps, editor):
    for one in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[editor.connection.vendor]:
        editor.execute(one)


def let_go(_apps, editor):
    for one in GONE[editor.connection.vendor]:
        editor.execute(one)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunPython(guard, let_go)]
