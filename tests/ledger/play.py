"""Members send while everything under the portal falls and comes back; then calm, and the account of it."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, connections
from django.utils import timezone

from entraide.portal.domain.requests.enums import By, Move
from entraide.portal.domain.requests.life import Hand, Said, make_move, may_move
from entraide.portal.domain.requests.models import Request
from tests.ledger.book import Book
from tests.ledger.ground import (
    WEB,
    WORKER,
    Antivirus,
    MailServer,
    Portal,
    Service,
    StandsStill,
    UncertainMail,
    WrongBytes,
)
from tests.ledger.members import Sender, people
from tests.ledger.promise import broken, unfinished
from tests.ledger.reading import read_wrong
from tests.postgres import Cluster

MEMBERS = 8
# A job of a killed worker waits for its lease of two minutes; one that failed often, for its next try.
CALM_SECONDS = 480
BETWEEN_FAULTS_SECONDS = (2.5, 5.0)
AWAY_SECONDS = (2.0, 6.0)
# Less than a database may stand still: some of those who wait get the page, others their answer.
DATABASE_WAITS = "longest_wait=3&connect_timeout=2"
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
    portal = Portal(web, settings.ENTRAIDE.data_dir / "serve.log", f"{cluster.url}?{DATABASE_WAITS}")
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
        _Faults(account, portal, mails, scans, cluster, senders).fall(seconds=seconds)
        over.set()
        account.calm_after = _calm(portal, [*senders, asker])
        gone.set()
        account.broken += broken(book, mails.mailbox.mails)
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


class _Faults:
    """Everything that can fall under the portal, and what is away at the moment."""

    def __init__(
        self,
        account: Account,
        portal: Portal,
        mails: MailServer,
        scans: Antivirus,
        cluster: Cluster,
        senders: list[Sender],
    ) -> None:
        self.account, self.portal, self.cluster = account, portal, cluster
        self.cookies = {one.person.id: one.person.cookies for one in senders}
        self.chance = random.Random(account.seed)
        self.away: list[tuple[float, Service]] = []
        self.mails, self.scans = mails, scans
        self.database = StandsStill(0, who=cluster.processes)
        self.uncertain = UncertainMail(0, mailbox=mails.mailbox)
        self.disk = WrongBytes(0, folder=settings.ENTRAIDE.data_dir / "files" / "requests")

    def fall(self, *, seconds: float) -> None:
        """One fault after the other, each kind before any comes again; the order is that of the seed."""
        faults, waiting = self._kinds(), list[str]()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            waiting = waiting or self.chance.sample(sorted(faults), len(faults))
            name = waiting.pop()
            happened = faults[name]()
            self.account.faults[name] += happened
            self._pass(self.chance.uniform(*BETWEEN_FAULTS_SECONDS) if happened else 0.3)
        for _until, service in self.away:
            service.start()

    def _kinds(self) -> dict[str, Callable[[], bool]]:
        portal = self.portal
        return {
            "kill -9 of a web process": portal.kill_web_process,
            "kill -9 of the worker": lambda: portal.kill(WORKER),
            "kill -9 of the web server": lambda: portal.kill(WEB),
            "kill -9 of everything": portal.kill_everything,
            "a web process stands still": lambda: self._take(StandsStill(0, who=portal.web_process)),
            "the worker stands still": lambda: self._take(StandsStill(0, who=portal.worker)),
            "mail server away": lambda: self._take(self.mails),
            "mail server hangs up after the mail": lambda: self._take(self.uncertain),
            "antivirus away": lambda: self._take(self.scans),
            "database restarted": self._restart,
            "database stands still": lambda: self._take(self.database),
            "wrong bytes on the disk": self._spoil,
            "upgraded": self._upgrade,
        }

    def _take(self, service: Service) -> bool:
        """Away until its time comes; a thing that is away already cannot go."""
        if any(one is service for _until, one in self.away):
            return False
        service.stop()
        self.away.append((time.monotonic() + self.chance.uniform(*AWAY_SECONDS), service))
        return True

    def _restart(self) -> bool:
        return not self.database.stopped and self.cluster.restart_now()

    def _upgrade(self) -> bool:
        """A later version adds to a table what the running one does not know: `migrate`, then a restart."""
        if self.database.stopped:
            return False
        # Ours may have been cut meanwhile.
        connections.close_all()
        with suppress(DatabaseError, InterfaceError):
            with connection.cursor() as cursor:
                number = self.account.faults["upgraded"]
                cursor.execute(
                    f"ALTER TABLE requests_request ADD COLUMN IF NOT EXISTS later_{number} integer"
                )
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS later_{number} ON requests_request (later_{number})"
                )
            self._pass(self.chance.uniform(*BETWEEN_FAULTS_SECONDS))
            return self.portal.upgrade()
        return False

    def _spoil(self) -> bool:
        if not self._take(self.disk) or self.disk.file is None:
            return False
        self.account.broken += read_wrong(self.disk.file, port=self.portal.port, cookies=self.cookies)
        return True

    def _pass(self, seconds: float) -> None:
        pause = time.monotonic() + seconds
        while time.monotonic() < pause:
            self.portal.keep_up()
            for back in [one for one in self.away if one[0] <= time.monotonic()]:
                self.away.remove(back)
                back[1].start()
            time.sleep(0.1)


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
