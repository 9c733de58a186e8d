"""A portal as `make run` starts it, in processes of its own, for the browser to walk."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

START_SECONDS = 60


@dataclass
class Portal:
    """A running demo of one mutual."""

    mutual: str
    address: str
    database: Path

    def let_a_day_pass(self) -> None:
        """Forgets what was counted against abuse (codes of the hour, wrong passwords of the day)."""
        with closing(sqlite3.connect(self.database, timeout=30)) as connection, connection:
            connection.execute("DELETE FROM accounts_limit")

    def accounts(self) -> list[dict[str, Any]]:
        return self._json("/demo/comptes.json")

    def account(self, role: str) -> dict[str, Any]:
        return next(one for one in self.accounts() if one["role"] == role)

    def sent_to(self, to: str, *, channel: str, after: int) -> dict[str, Any]:
        """The newest message to somebody, once more than `after` have come for them; waits for the worker."""
        for _try in range(100):
            found = [
                one for one in self._json("/demo/boite.json") if one["channel"] == channel and one["to"] == to
            ]
            if len(found) > after:
                return found[0]
            time.sleep(0.2)
        raise AssertionError(f"no {channel} came for {to}")

    def count_sent(self, to: str, *, channel: str) -> int:
        return sum(one["channel"] == channel and one["to"] == to for one in self._json("/demo/boite.json"))

    def _json(self, path: str) -> Any:
        with urlopen(self.address + path, timeout=10) as answer:
            return json.load(answer)


def start(
    mutual: str, folder: Path, *, mutuals: Path | None = None
) -> "tuple[Portal, subprocess.Popen[bytes]]":
    """Starts the demo on a free port and waits for its first page; `mutuals`: another folder of profiles."""
    port = _free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ENTRAIDE_") and name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    environment["ENTRAIDE_DATA_DIR"] = str(folder)
    if mutuals is not None:
        environment["ENTRAIDE_MUTUALS_DIR"] = str(mutuals)
    log = (folder.parent / f"{mutual}.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "entraide.portal.config.cli",
         "start", "--mutual", mutual, "--port", str(port)],
        env=environment, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    log.close()
    portal = Portal(mutual, f"http://localhost:{port}", folder / "entraide.sqlite3")
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urlopen(portal.address + "/healthz", timeout=2):
                return portal, process
        except OSError:
            time.sleep(0.2)
    process.terminate()
    raise AssertionError((folder.parent / f"{mutual}.log").read_text())


def code_in(body: str) -> str:
    """The 6-digit code of a message."""
    found = re.search(r"\b(\d{6})\b", body)
    assert found, body
    return found.group(1)


def link_in(body: str) -> str:
    """The path of the first link to the portal in a message."""
    found = re.search(r"http://[^/\s]+(/\S+)", body)
    assert found, body
    return found.group(1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
