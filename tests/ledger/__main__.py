"""`python -m tests.ledger [--seconds 90] [--seed N]`: 1 when the promise was broken."""

import argparse
import base64
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from random import SystemRandom

import django

from tests.clamav import free_port
from tests.postgres import Cluster, own_cluster

SECONDS = 90
FORMER = {"events": "0001", "consultations": "0003"}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.ledger")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    options = parser.parse_args(arguments)
    with own_cluster(durable=True) as cluster, tempfile.TemporaryDirectory(prefix="entraide-ledger-") as data:
        return _played(cluster, data, seconds=options.seconds, seed=options.seed)


def _played(cluster: Cluster, data: str, *, seconds: float, seed: int) -> int:
    ports = free_port(), free_port(), free_port()
    _settle(cluster, data, ports)
    django.setup()
    from tests.ledger.play import CALM_SECONDS, play  # noqa: PLC0415 (after django.setup)

    print(f"the ledger under faults, for {seconds:.0f} s, --seed {seed}", flush=True)
    account = play(cluster, seconds=seconds, seed=seed, ports=ports)
    print("faults: " + ", ".join(f"{count} × {name}" for name, count in sorted(account.faults.items())))
    print(f"answers on the way: {dict(sorted(account.statuses.items()))}")
    sent = f"{account.deposits} deposits, {account.messages} messages and {account.replies} replies"
    print(f"{sent}, {account.answered} answered")
    print(f"calm after {account.calm_after:.0f} s, of {CALM_SECONDS} s at most")
    for one in account.broken[:50]:
        print(f"BROKEN {one}")
    if account.broken:
        print(Path(data, "serve.log").read_text(errors="replace")[-6000:])
    print("the promise holds" if not account.broken else f"{len(account.broken)} times broken", flush=True)
    return 1 if account.broken else 0


def _settle(cluster: Cluster, data: str, ports: tuple[int, int, int]) -> None:
    """The settings of the portal, of its processes and of this one, and its tables."""
    web, mail, antivirus = ports
    os.environ.update(
        {
            "ENTRAIDE_MUTUAL": os.environ.get("TEST_MUTUAL", "mese"),
            "ENTRAIDE_PUBLIC_URL": f"http://localhost:{web}",
            "ENTRAIDE_DEMO": "1",
            "ENTRAIDE_DATA_DIR": data,
            "ENTRAIDE_SECRET_KEY": "only-for-the-ledger-" * 4,
            "ENTRAIDE_DATA_KEYS": f"index:{_key('i')},k1:{_key('k')}",
            "DJANGO_SETTINGS_MODULE": "entraide.portal.config.settings",
            "DATABASE_URL": cluster.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
            "ANTIVIRUS_URL": f"clamd://127.0.0.1:{antivirus}",
        }
    )
    command = [sys.executable, "-m", "entraide.portal.config.cli", "migrate"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    # What was there before the newest migrations of two busy tables: an upgrade brings them while all runs.
    for app, former in FORMER.items():
        back = [sys.executable, "-m", "django", "migrate", app, former]
        subprocess.run(back, check=True, stdout=subprocess.DEVNULL)


def _key(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
