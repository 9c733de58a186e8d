"""A kept file and the row that names it: both, or none; never a row without its bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from entraide.portal.foundation.vault.files import FileVault


@contextmanager
def stored_with(vault: "FileVault", name: str) -> Iterator[None]:
    """A transaction that stores the row of a file just kept; a row that is refused takes its file with it.

    `name`: that of the file in the vault, blank when there is none.

    A commit that fails may have been done all the same: a database that is cut off at that moment
    cannot say. The file stays then, and the daily look removes it if no row names it.
    """
    is_refused = True
    try:
        with transaction.atomic():
            yield
            is_refused = False
    except BaseException:
        if name and is_refused:
            vault.forget(name)
        raise
