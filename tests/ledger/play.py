"""Members send while everything under the portal falls and comes back; then calm, and the account of it."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections
from django.utils import timezone

from entraide.portal.domain.requests.enums import By, Move
from entraide.portal.domain.requests.life import Hand, Said, make_move, may_move
from entraide.portal.domain.requests.models import Request
from tests.ledger.book import Book
from tests.ledger.ground import WEB, WORKER, Antivirus, MailServer, Portal, Service
from tests.ledger.members import Sender, people
from tests.ledger.promise import broken, unfinished
from tests.postgres import Cluster

MEMBERS = 8
# A job of a killed worker waits for its lease of two minutes; one that failed often, for its next try.
CALM_SECONDS = 480
BETWEEN_FAULTS_SECONDS = (2.5, 5.0)
AWAY_SECONDS = (2.0, 6.0)
BETWEEN_QUESTIONS_SECONDS = 0.7


@dataclass
class Account:
    """What was played, and what did not hold."""

    seed: int
    faults: Counter[str] = field(default_factory=Counter)
    statuses: dict[str, int] = field(default_factory=dict)
    deposits: int = 0
    messages: int = 0
    replies: int = 0
    answered: int = 0
    calm_after: float = 0.0
    broken: list[str] = field(default_factory=list)


def play(cluster: Cluster, *, seconds: float, seed: int, ports: tuple[int, int, int]) -> Account:
    """Plays for so many seconds, waits for calm, and looks at everything."""
    account, book = Account(seed), Book()
    web, mail, antivirus = ports
    portal = Portal(web, Path(settings.ENTRAIDE.data_dir) / "serve.log")
    mails, scans = MailServer(mail), Antivirus(antivirus)
    over, gone = threading.Event(), threading.Event()
    senders = [Sender(one, port=web, book=book, over=over, gone=gone) for one in people(MEMBERS)]
    asker = threading.Thread(target=_ask_about, args=[book, senders, over], daemon=True)
    try:
        mails.start()
        scans.start()
        portal.wait()
        for one in [*senders, asker]:
            one.start()
        _fall(account, portal, mails, scans, cluster, seconds=seconds)
        over.set()
        account.calm_after = _calm(portal, [*senders, asker])
        gone.set()
        account.broken = broken(book, mails.mailbox.mails)
    finally:
        gone.set()
        over.set()
        portal.stop()
        scans.stop()
        mails.stop()
    entries = list(book.entries.values())
    counted = Counter(one.kind for one in entries)
    account.deposits, account.messages = counted["deposit"], counted["message"]
    account.replies = counted["reply"]
    account.answered = sum(one.answered for one in entries)
    account.statuses = book.statuses
    account.broken += [f"{one.kind} {one.key} was never answered" for one in entries if not one.answered]
    return account


def _fall(
    account: Account, portal: Portal, mails: MailServer, scans: Antivirus, cluster: Cluster, *, seconds: float
) -> None:
    """One fault after the other, each kind before any comes again; the order is that of the seed."""
    chance = random.Random(account.seed)
    away: list[tuple[float, Service]] = []

    def take_away(service: Service) -> Callable[[], bool]:
        def go() -> bool:
            if any(one is service for _until, one in away):
                return False
            service.stop()
            away.append((time.monotonic() + chance.uniform(*AWAY_SECONDS), service))
            return True

        return go

    faults: dict[str, Callable[[], bool]] = {
        "kill -9 of a web process": portal.kill_web_process,
        "kill -9 of the worker": lambda: portal.kill(WORKER),
        "kill -9 of the web server": lambda: portal.kill(WEB),
        "kill -9 of everything": portal.kill_everything,
        "mail server away": take_away(mails),
        "antivirus away": take_away(scans),
        "database restarted": cluster.restart_now,
    }
    until, waiting = time.monotonic() + seconds, list[str]()
    while time.monotonic() < until:
        waiting = waiting or chance.sample(sorted(faults), len(faults))
        name = waiting.pop()
        happened = faults[name]()
        account.faults[name] += happened
        pause = time.monotonic() + (chance.uniform(*BETWEEN_FAULTS_SECONDS) if happened else 1)
        while time.monotonic() < pause:
            portal.keep_up()
            for back in [one for one in away if one[0] <= time.monotonic()]:
                away.remove(back)
                back[1].start()
            time.sleep(0.1)
    for _until, service in away:
        service.start()


def _calm(portal: Portal, threads: list[threading.Thread]) -> float:
    """Waits until all is answered and nothing moves; gives the seconds that it took, at most the limit."""
    start = time.monotonic()
    # Ours were cut with the database.
    connections.close_all()
    while time.monotonic() - start < CALM_SECONDS:
        portal.keep_up()
        if not any(one.is_alive() for one in threads) and not unfinished():
            break
        time.sleep(1)
    return time.monotonic() - start


def _ask_about(book: Book, senders: list[Sender], over: threading.Event) -> None:
    """An agent asks something about what arrived: the member replies with another paper."""
    by_id = {one.person.id: one for one in senders}
    hand, asked = Hand(by=By.AGENT, actor=uuid4()), set[str]()
    while not over.wait(BETWEEN_QUESTIONS_SECONDS):
        entry = next((one for one in book.of("deposit") if one.answered and one.key not in asked), None)
        if entry is None:
            continue
        try:
            request = Request.objects.get(request_key=entry.key)
            if may_move(request.state, Move.ASK, by=By.AGENT):
                make_move(
                    request.pk, move=Move.ASK, hand=hand, said=Said(words="La suite ?"), now=timezone.now()
                )
        except (DatabaseError, InterfaceError):
            # The database is away: asked again in a moment.
            connections.close_all()
            continue
        asked.add(entry.key)
        by_id[entry.sender].questions.put(request.reference)
    connections.close_all()
