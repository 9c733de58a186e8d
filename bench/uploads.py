"""Ten thousand uploads by fifty people, and the scans behind them: `python -m bench.uploads [COUNT]`.

In a process of its own, with the settings in the environment, on a database with its tables and an antivirus;
prints one JSON object. Each upload is a request of its own with one photo of 200 kB, sent until it is
answered. The clock of the backlog starts with the last answer.
"""

import io
import json
import random
import statistics
import sys
import threading
import time
from typing import Any

import django
from PIL import Image

from bench.portal import serving

UPLOADS, PEOPLE = 10_000, 50
SIZE = 200_000
BACKLOG_SECONDS = 600
# A photo of noise with as many points as make about that size; what is missing is a comment.
SIDE = 300
LOOK_SECONDS = 0.5


def photo(chance: random.Random) -> bytes:
    """A JPEG of exactly `SIZE` bytes, like no other."""
    written = io.BytesIO()
    points = chance.randbytes(SIDE * SIDE * 3)
    picture = Image.frombytes("RGB", (SIDE, SIDE), points)
    picture.save(written, "JPEG", quality=60)
    missing = SIZE - written.tell()
    parts = []
    while missing > 0:
        # A comment segment: marker, its length (with itself), the comment; at most 65,533 bytes of it.
        length = missing if missing <= 65_000 else 60_000
        parts.append(b"\xff\xfe" + (length - 2).to_bytes(2, "big") + b"." * (length - 4))
        missing -= length
    content = written.getvalue()
    return content[:2] + b"".join(parts) + content[2:]


def measure(count: int) -> dict[str, Any]:
    """Sends everything, waits for the antivirus, compares with the book."""
    from tests.ledger.book import Book  # noqa: PLC0415 (after django.setup)
    from tests.ledger.members import people  # noqa: PLC0415

    book, taken = Book(), list[float]()
    persons = people(PEOPLE)
    with serving() as port:
        start = time.monotonic()
        senders = [
            threading.Thread(target=_send, args=[one, port, book, taken, count // PEOPLE]) for one in persons
        ]
        for one in senders:
            one.start()
        for one in senders:
            one.join()
        sent, backlog = time.monotonic() - start, _pending()
        emptied = _wait_for_scans()
    return {
        "uploads": len(book.entries),
        "seconds": sent,
        "p95": statistics.quantiles(taken, n=20)[-1],
        "longest": max(taken),
        "retried": sum(one.tries - 1 for one in book.entries.values()),
        "backlog": backlog,
        "emptied": emptied,
        "left": _pending(),
        "lost": _lost(book),
        "statuses": book.statuses,
    }


def _send(person: Any, port: int, book: Any, taken: list[float], count: int) -> None:
    from tests.ledger.book import Entry  # noqa: PLC0415 (after django.setup)
    from tests.ledger.members import Sender  # noqa: PLC0415

    sender = Sender(person, port=port, book=book, over=threading.Event(), gone=threading.Event())
    for _place in range(count):
        key = sender.new_key()
        entry = book.open(Entry(key, "deposit", person.id, f"{key[:8]}.jpg", photo(sender.chance)))
        start = time.monotonic()
        sender.send_until_answered(entry, again=0)
        taken.append(time.monotonic() - start)
        # The fingerprint is enough from here on: ten thousand photos would not fit.
        entry.forget_content()


def _pending() -> int:
    from entraide.portal.domain.requests.scanning import how_many_wait  # noqa: PLC0415 (after django.setup)

    return how_many_wait()


def _wait_for_scans() -> float:
    start = time.monotonic()
    while _pending() and time.monotonic() - start < BACKLOG_SECONDS:
        time.sleep(LOOK_SECONDS)
    return time.monotonic() - start


def _lost(book: Any) -> int:
    """Uploads that are not there once, with the bytes that were sent, and clean."""
    from entraide.portal.domain.requests.models import RequestFile  # noqa: PLC0415 (after django.setup)

    rows = RequestFile.objects.filter(scan_state="clean").exclude(request=None)
    stored = list(rows.values_list("request__request_key", "sha256"))
    there = {(str(key), fingerprint) for key, fingerprint in stored}
    sent = {(one.key, one.sha256) for one in book.entries.values()}
    return len(sent - there) + len(stored) - len(there)


def told(found: dict[str, Any]) -> tuple[str, bool]:
    """Prints the figures; gives the aim, and whether it is reached."""
    print(f"{found['uploads']:,} uploads of {SIZE:,} bytes by {PEOPLE} people, each a request of its own,")
    print(
        "checked, sealed, stored, acknowledged and scanned; portal, database and antivirus on one machine.\n"
    )
    print(f"{'answered within':<28}{found['seconds']:>10.0f} s")
    print(f"{'uploads a second':<28}{found['uploads'] / found['seconds']:>10.1f}")
    print(f"{'an answer, p95':<28}{found['p95']:>10.1f} s")
    print(f"{'the longest':<28}{found['longest']:>10.1f} s")
    print(f"{'tried again':<28}{found['retried']:>10,}")
    print(f"{'waiting for their scan then':<28}{found['backlog']:>10,}")
    print(f"{'all scanned after':<28}{found['emptied']:>10.0f} s")
    print(f"{'lost':<28}{found['lost']:>10,}")
    return (
        f"none lost, no scan waits {BACKLOG_SECONDS // 60} minutes after the last answer",
        not found["lost"] and not found["left"],
    )


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(int(sys.argv[1]) if sys.argv[1:] else UPLOADS)))
