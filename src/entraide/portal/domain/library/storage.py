"""Where the library's files lie, encrypted, apart from those of the requests."""

from django.conf import settings

from entraide.portal.foundation.vault.files import FileVault


def vault() -> FileVault:
    return FileVault(settings.ENTRAIDE.data_dir / "files" / "library", settings.ENTRAIDE.keys)
