"""What the clients asked for and what they were answered, kept outside the server."""

import hashlib
import threading
from dataclasses import dataclass, field


@dataclass
class Entry:
    """One thing that a member sends under one key, with the same content however often it is tried."""

    key: str
    # "deposit", "message" or "reply".
    kind: str
    sender: str
    name: str
    content: bytes
    # The request whose question a reply answers.
    asked_in: str = ""
    tries: int = 0
    answered: bool = False
    # Every reference that an answer named: one, or the ledger is broken.
    references: set[str] = field(default_factory=set)

    sha256: str = ""

    def __post_init__(self) -> None:
        self.sha256 = hashlib.sha256(self.content).hexdigest()

    def forget_content(self) -> None:
        """Keeps the fingerprint alone, where there are too many to hold."""
        self.content = b""


class Book:
    """All entries; clients write into it from threads of their own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.entries: dict[str, Entry] = {}
        self.statuses: dict[str, int] = {}

    def open(self, entry: Entry) -> Entry:
        with self._lock:
            self.entries[entry.key] = entry
        return entry

    def count(self, status: str) -> None:
        """One more answer of this kind: a status, or the name of what went wrong on the way."""
        with self._lock:
            self.statuses[status] = self.statuses.get(status, 0) + 1

    def of(self, kind: str) -> list[Entry]:
        with self._lock:
            return [one for one in self.entries.values() if one.kind == kind]
