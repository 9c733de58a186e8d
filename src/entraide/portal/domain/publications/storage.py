"""Where the PDFs of publications lie, encrypted, apart from those of the library and of requests."""

from django.conf import settings

from entraide.portal.foundation.vault.files import FileVault


def vault() -> FileVault:
    return FileVault(settings.ENTRAIDE.data_dir / "files" / "publications", settings.ENTRAIDE.keys)
