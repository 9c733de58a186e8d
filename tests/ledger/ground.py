"""What the portal stands on, each of which can fall and come back: processes, mail, antivirus, database."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from tests.clamav import own_clamd
from tests.portal.gateways_out.smtp import Mailbox, mail_server

START_SECONDS = 60
WEB, WORKER = "gunicorn", "entraide.portal.config.cli worker"


@dataclass
class Service:
    """Something on a port of its own that goes away and comes back."""

    port: int
    stack: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        self.stack.close()


@dataclass
class MailServer(Service):
    mailbox: Mailbox = field(default_factory=Mailbox)

    def start(self) -> None:
        self.stack.enter_context(mail_server(self.mailbox, port=self.port))


@dataclass
class UncertainMail(Service):
    """A mail server that takes each mail and hangs up before it says so."""

    mailbox: Mailbox = field(default_factory=Mailbox)

    def start(self) -> None:
        self.mailbox.hangs_up = False

    def stop(self) -> None:
        self.mailbox.hangs_up = True


@dataclass
class Antivirus(Service):
    def start(self) -> None:
        self.stack.enter_context(own_clamd(port=self.port))


@dataclass
class WrongBytes(Service):
    """As a bad disk: one bit of the newest file of a member is another one."""

    folder: Path = Path()
    file: Path | None = None

    def start(self) -> None:
        if self.file is not None:
            _turn_a_bit(self.file)
        self.file = None

    def stop(self) -> None:
        whole = [one for one in self.folder.glob("??/*") if not one.suffix]
        self.file = max(whole, key=lambda one: one.stat().st_mtime, default=None)
        if self.file is not None:
            _turn_a_bit(self.file)


def _turn_a_bit(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError), path.open("r+b") as file:
        place = path.stat().st_size // 2
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1]))


@dataclass
class Portal:
    """`entraide serve`, started again whenever it ends, as a service manager does."""

    port: int
    log: Path
    # It waits for its database less long than in production, so that a short stand-still is long enough.
    database: str
    process: "subprocess.Popen[bytes] | None" = None

    def keep_up(self) -> None:
        """Starts it unless it runs; what a former one left behind goes first."""
        if self.process is not None and self.process.poll() is None:
            return
        self._end_all()
        environment = {**os.environ, "DATABASE_URL": self.database, "ENTRAIDE_LOG_LEVEL": "warning"}
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "entraide.portal.config.cli", "serve", "--port", str(self.port)],
                env=environment, stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.keep_up()
            with contextlib.suppress(OSError), urlopen(f"http://localhost:{self.port}/healthz", timeout=2):
                return
            time.sleep(0.2)
        raise SystemExit(f"the portal did not start:\n{self.log.read_text()[-4000:]}")

    def kill(self, name: str) -> bool:
        """kill -9 of the oldest process with this in its command line; False when there is none now."""
        for pid, command in self._family():
            if name in command:
                _kill(pid)
                return True
        return False

    def kill_web_process(self) -> bool:
        """One that answers, not the one that listens for them."""
        return any(_kill(pid) for pid in self.web_process())

    def web_process(self) -> list[int]:
        return [pid for pid, command in self._family() if WEB in command][-1:]

    def worker(self) -> list[int]:
        return [pid for pid, command in self._family() if WORKER in command]

    def kill_everything(self) -> bool:
        """As a machine that loses power, except for what the disk has."""
        self._end_all()
        return True

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=60)
        self._end_all()

    def upgrade(self) -> bool:
        """As production.md says: the tables first, under the old processes, then both are started again."""
        command = [sys.executable, "-m", "entraide.portal.config.cli", "migrate"]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        self.stop()
        self.keep_up()
        return done.returncode == 0

    def _family(self) -> list[tuple[int, str]]:
        """Every process below the one that we started, and what it left to nobody: never another one."""
        marked = f"ENTRAIDE_DATA_DIR={os.environ['ENTRAIDE_DATA_DIR']}\0".encode()
        return sorted(
            (pid, command)
            for pid, command, environment in _processes()
            if marked in environment and pid != os.getpid() and "entraide.portal.config" in command
        )

    def _end_all(self) -> None:
        for pid, _command in self._family():
            _kill(pid)
        if self.process is not None:
            self.process.wait()
        while self._family():
            time.sleep(0.05)


@dataclass
class StandsStill(Service):
    """Processes that stand still, as on a machine that swaps or is moved: stopped, and let go on later."""

    who: Callable[[], list[int]] = list
    stopped: list[int] = field(default_factory=list)

    def start(self) -> None:
        for pid in self.stopped:
            _signal(pid, signal.SIGCONT)
        self.stopped = []

    def stop(self) -> None:
        self.stopped = [pid for pid in self.who() if _signal(pid, signal.SIGSTOP)]


def _kill(pid: int) -> bool:
    return _signal(pid, signal.SIGKILL)


def _signal(pid: int, what: signal.Signals) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, what)
        return True
    return False


def _processes() -> Iterator[tuple[int, str, bytes]]:
    """Number, command line and environment of each process that we may look at."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            yield int(folder.name), command, (folder / "environ").read_bytes()
