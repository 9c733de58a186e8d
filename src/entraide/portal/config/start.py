"""`make run`: a demo of one mutual on this machine, ready in one command."""

import argparse
import base64
import os
import secrets
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


def prepare_environment(options: argparse.Namespace) -> None:
    """Sets the demo's environment before Django reads it; keys are made once and kept in the data folder."""
    folder = Path(os.environ.get("ENTRAIDE_DATA_DIR") or ROOT / "var" / options.mutual)
    if options.fresh and folder.is_dir():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ.update(
        {
            "ENTRAIDE_MUTUAL": options.mutual,
            "ENTRAIDE_PUBLIC_URL": f"http://localhost:{options.port}",
            "ENTRAIDE_DATA_DIR": str(folder),
            "ENTRAIDE_DEMO": "1",
            "ENTRAIDE_LOG_LEVEL": os.environ.get("ENTRAIDE_LOG_LEVEL", "warning"),
            "ENTRAIDE_SECRET_KEY_FILE": str(_kept(folder / "secret.key", secrets.token_urlsafe(48))),
            "ENTRAIDE_DATA_KEYS_FILE": str(_kept(folder / "data.keys", _new_keys())),
        }
    )


def _kept(path: Path, fresh: str) -> Path:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(fresh, encoding="utf-8")
    return path


def _new_keys() -> str:
    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return f"index:{key()},first:{key()}"
