"""Loaded before Django's settings: the environment of the tests, on SQLite or on TEST_DATABASE_URL."""

import atexit
import base64
import os
import shutil
import tempfile

_DATA = tempfile.mkdtemp(prefix="entraide-tests-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)


def _key(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


os.environ.update(
    {
        "ENTRAIDE_MUTUAL": os.environ.get("TEST_MUTUAL", "mese"),
        "ENTRAIDE_PUBLIC_URL": "http://localhost:8000",
        "ENTRAIDE_DATA_DIR": _DATA,
        "ENTRAIDE_DEMO": "1",
        "ENTRAIDE_SECRET_KEY": "only-for-tests-" * 5,
        "ENTRAIDE_DATA_KEYS": f"index:{_key('i')},k1:{_key('k')}",
    }
)
os.environ.pop("DATABASE_URL", None)
os.environ.pop("ANTIVIRUS_URL", None)
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.environ["DATABASE_URL"] = f"sqlite:///{_DATA}/unused.sqlite3"
for _name in ("incoming", "built", "files", "static"):
    os.makedirs(os.path.join(_DATA, _name), exist_ok=True)
