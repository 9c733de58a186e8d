"""The worker: takes what is due, rescues what was lost, sleeps, until told to stop.

One thread does what stays in the database. A few others wait for mail servers and SMS providers, which take
their time; two of these keep themselves free for what is urgent, so that a slow mail server delays no code.
On SQLite, where only one can write at a time, a single thread does everything, the urgent first.
"""

import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections

from entraide.portal.foundation.tasks import queue
from entraide.portal.foundation.tasks.queue import Part

log = structlog.get_logger()
IDLE_SECONDS = 0.3
RESCUE_SECONDS = 15.0
WAIT_SECONDS = 5.0
SENDERS = (Part.OUTSIDE_URGENT, Part.OUTSIDE_URGENT, *[Part.OUTSIDE] * 4)


def work(*, stop: threading.Event | None = None) -> None:
    """Runs jobs until SIGTERM or Ctrl-C (or `stop`); a job under way is finished first."""
    stop = stop or _stop_on_signals()
    news = threading.Condition()
    parts = SENDERS if connection.vendor == "postgresql" else ()
    senders = [threading.Thread(target=_send, args=[part, news, stop], name=part.value) for part in parts]
    own = Part.INSIDE if senders else Part.ALL
    for one in senders:
        one.start()
    log.info("worker.ready", kinds=sorted(queue.kinds()))
    last_rescue = 0.0
    while not stop.is_set():
        if time.monotonic() - last_rescue > RESCUE_SECONDS:
            last_rescue = time.monotonic()
            _turn(_rescue, stop)
        if not _turn(lambda: _run(own, news, stop), stop):
            stop.wait(IDLE_SECONDS)
    with news:
        news.notify_all()
    for one in senders:
        one.join()


def _rescue() -> int:
    queue.enqueue_periodic()
    return queue.rescue_lost()


def _run(part: Part, news: threading.Condition, stop: threading.Event) -> int:
    """The first thread's turn; wakes the senders when there may be something for them."""
    if not queue.is_any_due():
        return 0
    done = queue.run_due(limit=queue.BATCH, part=part, stop=stop.is_set)
    with news:
        news.notify_all()
    return done


def _send(part: Part, news: threading.Condition, stop: threading.Event) -> None:
    """A sender's life: sends while there is something, then waits to be told."""
    while not stop.is_set():
        if not _turn(lambda: queue.run_due(limit=1, part=part, stop=stop.is_set), stop):
            with news:
                news.wait(WAIT_SECONDS)
    connections.close_all()


def _turn(run: Callable[[], int], stop: threading.Event) -> bool:
    """True when there was work; a database that is away is waited for."""
    try:
        close_old_connections()
        return run() > 0
    except (OperationalError, InterfaceError) as error:
        log.warning("worker.database_away", error=str(error)[:200])
        connections.close_all()
        stop.wait(2)
        return False


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop
