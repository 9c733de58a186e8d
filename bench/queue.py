"""The desk's queue with a hundred thousand open requests against a hundred: `python -m bench queue`.

Two portals run side by side, one on each database, and are asked in turn. A process of its own, with the
settings in the environment, fills each (`python -m bench.queue LENGTH`). Each page shows as many rows of the
long queue as of the short one, so that what differs is the length alone. `wall` is what the browser waits
for; `cpu` is what the portal's own processes worked meanwhile.
"""

import asyncio
import json
import random
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import django

from bench.browser import Browser
from bench.household import PAUSE_SECONDS, worked
from bench.people import load
from bench.portal import serving

SHORT, LONG = 100, 100_000
LENGTHS = {"short": SHORT, "long": LONG}
ROUNDS, WARM_UP = 60, 10
LIMIT = 1.2
BATCH = 2000
# Of the short queue: whose they are, and of which team; a page of fifty is full of either.
MINE, OF_ANOTHER_TEAM = 60, 40


def pages(team: str) -> dict[str, str]:
    """The queue, and its parts: a team's, those under way, one agent's own, what is due."""
    return {
        "queue": "/gestion/demandes/",
        "of a team": f"/gestion/demandes/?team={team}",
        "under way": "/gestion/demandes/?state=in_progress",
        "my own": "/gestion/demandes/?mine=on",
        "due in a week": "/gestion/demandes/?due=7",
    }


def give(first: int, last: int, *, handler: UUID) -> None:
    """Open requests with the numbers from `first` on, before `last`."""
    from django.db import connection  # noqa: PLC0415 (after django.setup)

    from entraide.portal.domain.requests.models import Request  # noqa: PLC0415

    Request.objects.bulk_create(_requests(first, last, handler), batch_size=BATCH)
    with connection.cursor() as cursor:
        # PostgreSQL clears up by itself within a minute of many new rows; here nobody waits for it.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _requests(first: int, last: int, handler: UUID) -> Iterator[Any]:
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from entraide.portal.domain.members.models import Beneficiary  # noqa: PLC0415
    from entraide.portal.domain.requests.models import Request  # noqa: PLC0415

    now, person = timezone.now(), Beneficiary.objects.order_by("pk")[0]
    on, category = timezone.localdate(), settings.PROFILE.deposit.categories[0]
    teams = [one.id for one in settings.PROFILE.desk.teams]
    for one in range(first, last):
        is_mine = one < MINE
        yield Request(
            reference=f"BENCH-{one:07d}", kind="deposit", sender=person, concerns=person,
            category=category.id, type=category.types[0].id, request_key=uuid4(), content_digest="",
            received_at=now, promised_on=on, due_on=on + timedelta(days=one % 10), language="fr",
            team=teams[one % len(teams)] if one >= SHORT else teams[one < OF_ANOTHER_TEAM],
            state="in_progress" if is_mine else ("received", "checked", "in_progress")[one % 3],
            handler=handler if is_mine else None,
        )  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """A running portal with its open requests: where, and the cookies of an agent who is signed in."""

    port: int
    cookies: dict[str, str]
    pages: dict[str, str]


Asked = list[tuple[float, float]]


async def _ask(desks: dict[str, Desk]) -> dict[str, dict[str, Asked]]:
    """For each page and each portal what every answer took, in seconds: waited for, and worked.

    The same page is asked of both at once after the other: what the machine does meanwhile falls on both.
    """
    browsers = {
        size: Browser(one.port, "127.9.9.7", cookies=dict(one.cookies)) for size, one in desks.items()
    }
    pages = list(next(iter(desks.values())).pages)
    times: dict[str, dict[str, Asked]] = {page: {size: [] for size in desks} for page in pages}
    for turn in range(ROUNDS + WARM_UP):
        for page in random.sample(pages, len(pages)):
            for size in random.sample(list(desks), len(desks)):
                before = worked()
                answer = await browsers[size].get(desks[size].pages[page])
                if answer.status != 200:
                    raise SystemExit(f"{page} answered {answer.status}")
                if turn >= WARM_UP:
                    times[page][size].append((answer.seconds, worked() - before))
                await asyncio.sleep(PAUSE_SECONDS)
    for browser in browsers.values():
        browser.close()
    return times


def prepare(length: int) -> dict[str, Any]:
    """Fills the database of the environment; gives the cookies of its agent and the pages to ask."""
    from django.conf import settings  # noqa: PLC0415 (after django.setup)
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415
    from tests.portal.agents import make_agent, sign_in_agent  # noqa: PLC0415

    from entraide.portal.domain.agents.enums import Role  # noqa: PLC0415

    load(1)
    agent = make_agent(
        "bench@example.org", "Camille Fictif", role=Role.HANDLER, since=timezone.now(), with_app=True
    )
    give(0, length, handler=agent.pk)
    cookies = {name: one.value for name, one in sign_in_agent(Client(), agent).cookies.items()}
    return {"cookies": cookies, "pages": pages(settings.PROFILE.desk.teams[0].id)}


def measure(environments: dict[str, dict[str, str]]) -> dict[str, dict[str, Asked]]:
    """For each page and each length what every answer took. `environments`: one by length, with tables."""
    prepared = {length: _prepared(environment, length) for length, environment in environments.items()}
    with ExitStack() as stack:
        desks = {
            length: Desk(stack.enter_context(serving(environment)), **prepared[length])
            for length, environment in environments.items()
        }
        return asyncio.run(_ask(desks))


def _prepared(environment: dict[str, str], length: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.queue", str(LENGTHS[length])]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def print_table(name: str, found: dict[str, dict[str, Asked]]) -> bool:
    """Prints both clocks for every page, and their ratio pair by pair; whether each is fast enough."""
    print(f"{name:<16}{f'{SHORT:,} open, ms':>20}{f'{LONG:,} open, ms':>20}{'ratio':>16}")
    fast = True
    for page, one in found.items():
        times = "".join(f"{_ms(one[size], 0):>12.1f} ({_ms(one[size], 1):>5.1f})" for size in LENGTHS)
        waited, worked_for = (_ratio(one, clock) for clock in (0, 1))
        print(f"{page:<16}{times}{waited:>9.2f} ({worked_for:.2f})")
        fast &= waited <= LIMIT
    print(flush=True)
    return fast


def _ms(asked: Asked, clock: int) -> float:
    return statistics.median(one[clock] for one in asked) * 1000


def _ratio(asked: dict[str, Asked], clock: int) -> float:
    """Of the long queue to the short one, as the median of what was asked together."""
    pairs = zip(asked["short"], asked["long"], strict=True)
    return statistics.median(long[clock] / short[clock] for short, long in pairs)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(prepare(int(sys.argv[1]))))
