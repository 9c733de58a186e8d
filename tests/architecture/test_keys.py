"""Whatever is sealed is found by a rotation of the keys, or says here why it need not be (A64)."""

import ast
from pathlib import Path

from entraide.portal.config.wiring import SEALED_PAYLOADS
from tests.architecture.test_code_base import PORTAL, python_files, tree

VAULT = PORTAL / "foundation" / "vault"
# Who seals text, and what becomes of it when a key is taken out.
SEALING = {
    "foundation/events/facts.py": "in waiting jobs: SEALED_SECRETS",
    "domain/consultations/actions.py": "in waiting jobs: SEALED_NOTES",
    "domain/access/factors/sealing.py": "in sessions, for ten minutes",
    "domain/sealed_rows.py": "in temporary tables, gone with the import",
}
# Who keeps files, and where.
KEEPING = {
    "domain/requests/storage.py": "files/requests",
    "domain/library/storage.py": "files/library",
    "domain/publications/storage.py": "files/publications",
    "domain/exports/storage.py": "files/exports",
    "domain/library/imports.py": "on their way to files/library; what a killed import left is never opened",
}


def callers(name: str) -> set[str]:
    return {
        path.relative_to(PORTAL).as_posix()
        for path in python_files()
        if PORTAL in path.parents and VAULT not in path.parents and _calls(path, name)
    }


def _calls(path: Path, name: str) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
        for node in ast.walk(tree(path))
    )


def test_who_seals_text_outside_a_column_is_known_to_the_rotation() -> None:
    assert callers("seal") == set(SEALING)
    assert len(SEALED_PAYLOADS) == sum("SEALED_" in why for why in SEALING.values())


def test_every_vault_lies_where_the_rotation_looks() -> None:
    assert callers("FileVault") == set(KEEPING)
    for path, where in KEEPING.items():
        if where.startswith("files/"):
            assert f'"files" / "{where[6:]}"' in (PORTAL / path).read_text(encoding="utf-8")
