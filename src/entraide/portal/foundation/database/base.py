"""Django's PostgreSQL, with connections that do not wait for ever (ENGINE of `config/settings.py`).

The limits of statements and locks are kept by the server. One that hangs, a machine that stands still or a
network that swallows everything keep none of them: without a bound of our own each thread would wait for as
long as they do, and nobody would get a page that says so.
"""

from typing import Any

import psycopg
from django.db.backends.postgresql import base

# Of OPTIONS, in seconds and longer than the server's own limits; 0: as long as it takes.
LONGEST_WAIT = "longest_wait"


class BoundedConnection(psycopg.Connection[Any]):
    """Gives itself up when an answer takes longer than `longest_wait` seconds, unless that is None.

    Raises OperationalError then. Whether the statement was carried out is unknown, as after any cut.
    """

    longest_wait: float | None = None

    def wait(self, gen: Any, *args: Any, **options: Any) -> Any:
        options.setdefault("timeout", self.longest_wait)
        try:
            return super().wait(gen, *args, **options)
        except psycopg.OperationalError as error:
            if isinstance(error, psycopg.errors._WaitTimeout):
                # What it would still answer belongs to a question that nobody asks any more.
                self.pgconn.finish()
                raise psycopg.OperationalError("the database does not answer") from None
            raise


class _Driver:
    """psycopg, but for its connections."""

    connect = BoundedConnection.connect

    def __getattr__(self, name: str) -> Any:
        return getattr(psycopg, name)


class DatabaseWrapper(base.DatabaseWrapper):
    Database: Any = _Driver()

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params.pop(LONGEST_WAIT, None)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        made = super().get_new_connection(conn_params)
        made.longest_wait = float(self.settings_dict["OPTIONS"].get(LONGEST_WAIT, 0)) or None
        return made
