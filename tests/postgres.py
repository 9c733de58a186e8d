"""A PostgreSQL for tests and measurements, from the installed programs, on loopback, gone at the end."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


def server_programs() -> Path | None:
    """The newest folder that holds `initdb`, or None."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name), reverse=True
    )
    found = next((one for one in folders if (one / "initdb").exists()), None)
    if found is None and (path := shutil.which("initdb")):
        found = Path(path).parent
    return found


@dataclass(frozen=True)
class Cluster:
    """A running server: `url` is a DATABASE_URL."""

    url: str
    programs: Path
    data: str
    user: str | None

    def processes(self) -> list[int]:
        """The server and all that it has started, the server first."""
        server = int(Path(self.data, "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        return [server, *map(int, children)]

    def restart_now(self) -> bool:
        """As after a crash: every connection is cut, what was committed is there again when it returns."""
        command = [self.programs / "pg_ctl", "-D", self.data, "-m", "immediate", "-w", "restart"]
        # Its own descriptors: the server outlives the command and would keep a pipe of ours open.
        subprocess.run(
            [*map(str, command), "-l", f"{self.data}/../log"], user=self.user, cwd="/", check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return True


@contextlib.contextmanager
def own_server(*, durable: bool = False) -> Iterator[str]:
    """Yields the DATABASE_URL of `own_cluster`."""
    with own_cluster(durable=durable) as cluster:
        yield cluster.url


@contextlib.contextmanager
def own_cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """PostgreSQL refuses root, so it runs as `postgres` then.

    `durable`: writes reach the disk as in production, for what is measured or torn down.
    """
    programs = server_programs()
    if programs is None:
        raise SystemExit(
            "PostgreSQL's server programs are missing. On Debian or Ubuntu: apt install postgresql"
        )
    folder = tempfile.mkdtemp(prefix="entraide-pg-")
    try:
        user = _owner(folder)
        data = f"{folder}/data"
        _run(
            [programs / "initdb", "-D", data, "-U", "entraide", "--auth=trust", "-E", "UTF8", "--no-sync"],
            user,
        )
        port = _free_port()
        flags = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=60"
        if not durable:
            flags += " -c fsync=off"
        _run([programs / "pg_ctl", "-D", data, "-o", flags, "-l", f"{folder}/log", "-w", "start"], user)
        try:
            yield Cluster(f"postgres://entraide@127.0.0.1:{port}/postgres", programs, data, user)
        finally:
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: str) -> str | None:
    if os.geteuid() != 0:
        return None
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return account.pw_name


def _run(command: list[object], user: str | None) -> None:
    done = subprocess.run(
        [str(part) for part in command], user=user, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
