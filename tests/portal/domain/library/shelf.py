"""Documents on the shelves, really kept in the vault."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from entraide.portal.domain.library.models import Document
from entraide.portal.foundation.vault.files import FileVault

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 700 + b"\n%%EOF\n"


def put(title: str, *, vault_dir: Path, content: bytes = PDF, **more: Any) -> Document:
    kept = FileVault(vault_dir, settings.ENTRAIDE.keys).keep([content])
    values = {
        "id": uuid4(), "reference": f"D-{uuid4().hex[:12]}", "shelf": "contract", "kind": "guarantees",
        "title_fr": title, "title_en": f"{title} (EN)", "published_on": date(2026, 1, 1),
        "stored_name": kept.name, "size": kept.size, "sha256": kept.sha256, **more,
    }  # fmt: skip
    return Document.objects.create(**values)
