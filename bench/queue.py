"""The desk's queue with a hundred thousand open requests against a hundred: `python -m bench.queue`.

In a process of its own, with the settings in the environment, on a database with its tables; prints one JSON
object. Each page shows as many rows of the long queue as of the short one, so that what differs is the
length alone. `wall` is what the browser waits for; `cpu` is what the portal's own processes worked meanwhile.
"""

import asyncio
import json
import random
import statistics
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import django

from bench.browser import Browser
from bench.household import PAUSE_SECONDS, Medians, worked
from bench.people import load
from bench.portal import serving

SHORT, LONG = 100, 100_000
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
        cursor.execute("ANALYZE")


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


async def ask(port: int, cookies: dict[str, str], found: dict[str, str]) -> dict[str, Medians]:
    """The medians of each page in seconds, asked in a random order."""
    browser = Browser(port, "127.9.9.7", cookies=dict(cookies))
    times: dict[str, list[tuple[float, float]]] = {}
    for turn in range(ROUNDS + WARM_UP):
        for page in random.sample(list(found), len(found)):
            before = worked()
            answer = await browser.get(found[page])
            if answer.status != 200:
                raise SystemExit(f"{page} answered {answer.status}")
            if turn >= WARM_UP:
                times.setdefault(page, []).append((answer.seconds, worked() - before))
            await asyncio.sleep(PAUSE_SECONDS)
    browser.close()
    return {page: _medians(times[page]) for page in found}


def _medians(asked: list[tuple[float, float]]) -> Medians:
    wall, cpu = zip(*asked, strict=True)
    return {"wall": statistics.median(wall), "cpu": statistics.median(cpu)}


def measure() -> dict[str, dict[str, Medians]]:
    """For each length of the queue and each page both medians, in seconds."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415
    from tests.portal.agents import make_agent, sign_in_agent  # noqa: PLC0415

    from entraide.portal.domain.agents.enums import Role  # noqa: PLC0415

    load(1)
    agent = make_agent(
        "bench@example.org", "Camille Fictif", role=Role.HANDLER, since=timezone.now(), with_app=True
    )
    cookies = {name: one.value for name, one in sign_in_agent(Client(), agent).cookies.items()}
    found = pages(settings.PROFILE.desk.teams[0].id)
    give(0, SHORT, handler=agent.pk)
    with serving() as port:
        short = asyncio.run(ask(port, cookies, found))
        give(SHORT, LONG, handler=agent.pk)
        long = asyncio.run(ask(port, cookies, found))
    return {page: {"short": short[page], "long": long[page]} for page in found}  # type: ignore[dict-item]


def print_table(name: str, found: dict[str, dict[str, Medians]]) -> bool:
    """Prints both clocks and their ratio for every page; whether each is fast enough."""
    print(f"{name:<16}{f'{SHORT:,} open, ms':>20}{f'{LONG:,} open, ms':>20}{'ratio':>16}")
    for page, one in found.items():
        times = "".join(
            f"{one[size]['wall'] * 1000:>12.1f} ({one[size]['cpu'] * 1000:>5.1f})" for size in one
        )
        ratios = [one["long"][clock] / one["short"][clock] for clock in ("wall", "cpu")]
        print(f"{page:<16}{times}{ratios[0]:>9.2f} ({ratios[1]:.2f})")
    print(flush=True)
    return all(one["long"]["wall"] <= LIMIT * one["short"]["wall"] for one in found.values())


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure()))
