"""Django's SQLite, in which the writers of one process wait in line for each other.

SQLite lets one write at a time. Who comes second looks again after 1, 2, 5, 10 … 100 milliseconds: with a few
threads in a rush, most of the time goes by between two looks, while the processor is idle. Here a transaction
takes the process's turn first and is woken when it comes; SQLite's own waiting is left for other processes.
"""

import threading

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_TURN = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds the turn from the start of a transaction to its end, whichever that is."""

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        if not _TURN.acquire(timeout=self.settings_dict["OPTIONS"]["timeout"]):
            raise OperationalError("database is locked")
        self._has_turn = True
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._pass_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()
        finally:
            self._pass_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._pass_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._pass_turn()

    def _pass_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            _TURN.release()
