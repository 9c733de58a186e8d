"""The worker's loop: take what is due, rescue what was lost, sleep, until told to stop."""

import signal
import threading
import time
from types import FrameType

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connections

from entraide.portal.foundation.tasks import queue

log = structlog.get_logger()
IDLE_SECONDS = 0.3
RESCUE_SECONDS = 15.0


def work(*, stop: threading.Event | None = None) -> None:
    """Runs jobs until SIGTERM or Ctrl-C (or `stop`); a job under way is finished first."""
    stop = stop or _stop_on_signals()
    last_rescue = 0.0
    log.info("worker.ready", kinds=sorted(queue.kinds()))
    while not stop.is_set():
        try:
            close_old_connections()
            if time.monotonic() - last_rescue > RESCUE_SECONDS:
                queue.rescue_lost()
                queue.enqueue_periodic()
                last_rescue = time.monotonic()
            busy = queue.run_due(limit=1) > 0
        except (OperationalError, InterfaceError) as error:
            log.warning("worker.database_away", error=str(error)[:200])
            connections.close_all()
            busy = False
            stop.wait(2)
        if not busy:
            stop.wait(IDLE_SECONDS)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop
