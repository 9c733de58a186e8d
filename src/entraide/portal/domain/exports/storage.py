"""Where exports wait: encrypted, apart from every other file, under random names."""

from datetime import datetime

from django.conf import settings

from entraide.portal.foundation.vault.files import FileVault


def vault() -> FileVault:
    return FileVault(settings.ENTRAIDE.data_dir / "files" / "exports", settings.ENTRAIDE.keys)


def forget_orphans(known: frozenset[str], *, before: datetime) -> int:
    """Removes what a crash left: files older than `before` that no row knows. Returns how many."""
    return vault().forget_unknown(known, before=before)
