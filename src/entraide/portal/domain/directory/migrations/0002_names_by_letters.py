"""PostgreSQL finds letters inside names through an index, where its extension for it may be had.

Without the extension, and on SQLite, the same questions are answered by reading every name.
"""

from typing import Any

from django.db import DatabaseError, migrations, transaction

_INDEX = "directory_entry_letters"


def make(apps: Any, editor: Any) -> None:
    connection = editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                f"CREATE INDEX {_INDEX} ON directory_entry USING gin (name_key gin_trgm_ops) "
                "WITH (fastupdate = off)"
            )
    except DatabaseError:
        # Not installed on this server, or not for this user to create.
        return


def drop(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP INDEX IF EXISTS {_INDEX}")


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
