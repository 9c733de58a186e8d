"""One parent for the web server and the worker: a worker that dies is started again, Ctrl-C ends both."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

import structlog

log = structlog.get_logger()
# A web process holds a thousand connections at most, and some files besides.
OPEN_FILES = 4096


def serve_until_stopped(*, host: str, port: int, workers: int, with_worker: bool) -> int:
    """Runs until SIGTERM or Ctrl-C, or until the web server ends by itself; returns an exit code."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    _allow_open_files()
    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    web = _start(_web_command(host=host, port=port, workers=workers))
    jobs = _start(_worker_command()) if with_worker else None
    try:
        while not stop.is_set():
            if web.poll() is not None:
                log.error("web.ended", code=web.returncode)
                return 1
            if jobs is not None and jobs.poll() is not None:
                log.error("worker.ended", code=jobs.returncode)
                time.sleep(1)
                jobs = _start(_worker_command())
            stop.wait(0.3)
        return 0
    finally:
        _end([one for one in (web, jobs) if one is not None])


def _allow_open_files() -> None:
    """Many systems give a process 1,024 at first, and more when it asks."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    # Their own process group: Ctrl-C reaches this parent alone, which then ends them in order.
    return subprocess.Popen(command, env=os.environ.copy(), start_new_session=True)  # noqa: S603 (our own program)


def _web_command(*, host: str, port: int, workers: int) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "entraide.portal.config.wsgi",
        "--bind", f"{host}:{port}", "--workers", str(workers),
        "--worker-class", "entraide.portal.config.lanes.LanesWorker",
        "--no-control-socket", "--preload", "--timeout", "60", "--graceful-timeout", "10",
        "--log-level", "warning",
        # A path comes in the request line only: no header moves it elsewhere, whoever the proxy believes.
        "--forwarder-headers", "",
        "--limit-request-field_size", "8190", "--limit-request-line", "4094",
    ]  # fmt: skip


def _worker_command() -> list[str]:
    return [sys.executable, "-m", "entraide.portal.config.cli", "worker"]


def _end(processes: "list[subprocess.Popen[bytes]]") -> None:
    for one in processes:
        if one.poll() is None:
            one.terminate()
    for one in processes:
        try:
            one.wait(timeout=15)
        except subprocess.TimeoutExpired:
            one.kill()
            one.wait()
