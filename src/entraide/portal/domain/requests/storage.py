"""Where the files of requests are kept: encrypted, outside the web root, under random names (A45)."""

import errno

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.requests.files.check import Checked
from entraide.portal.foundation.vault.files import FileVault

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})


class StorageFull(DomainError):
    """Our disk takes nothing more: nothing was stored, and the member is told so."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nos serveurs ne peuvent pas recevoir de fichiers pour le moment : "
                "rien n’a été envoyé. Réessayez dans quelques minutes."
            ),
            field="files",
        )


def vault() -> FileVault:
    return FileVault(settings.ENTRAIDE.data_dir / "files" / "requests", settings.ENTRAIDE.keys)


def quarantine() -> FileVault:
    """Where infected files are sealed apart: no page reads there."""
    return FileVault(settings.ENTRAIDE.data_dir / "files" / "quarantine", settings.ENTRAIDE.keys)


def set_apart(stored_name: str) -> str:
    """Copies a file into the quarantine and returns its name there; the caller forgets the former one."""
    return quarantine().keep(vault().read(stored_name)).name


def forget(stored_name: str, *, apart: bool) -> None:
    """Deletes a file, `apart` when it is in the quarantine; one that was erased before has no name."""
    if stored_name:
        (quarantine() if apart else vault()).forget(stored_name)


def keep(checked: Checked) -> str:
    """Stores the content and returns its stored name; raises StorageFull, and then nothing is left behind."""
    try:
        return vault().keep([checked.content]).name
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull from error
        raise
