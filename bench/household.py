"""Ten years of a household against almost nothing, on the same pages: `python -m bench.household`.

In a process of its own, with the settings in the environment, on a database with its tables; prints one JSON
object. All are families of four with the same contract, asked in turn, in a random order, one after the
other, so that what else the machine does weighs on each of them.

What is fair: a long history must cost nothing, but a list of one row is also less to write than one of
twenty. So there are two measures. Against *almost empty* (one payment, one request, one of each) ten years
pay for their history and for the rows of the first page. Against *one year*, as busy as each of the ten, they
show as many rows: what is left between these two is the history alone. The aim is judged on the first, the
harder one; the second tells where the time goes.

`wall` is what the browser waits for; `cpu` is what the portal's own processes worked meanwhile (its web
processes and its worker, not the database server), steadier on a machine that others use.
"""

import asyncio
import json
import os
import random
import statistics
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import django

from bench.browser import Browser
from bench.people import Person, load, people
from bench.portal import serving
from bench.sign_ins import Mailbox, Measured, sign_in

ROUNDS, WARM_UP = 60, 5
LIMIT = 1.2
PAUSE_SECONDS = 0.005
LONG, YEAR, EMPTY = "ten years", "one year", "almost empty"
FAMILIES = (LONG, YEAR, EMPTY)
Medians = dict[str, float]


def give() -> dict[str, UUID]:
    """The three families; gives the contract of each, with the same table of guarantees."""
    from django.db import connection  # noqa: PLC0415 (after django.setup)
    from tests.portal import long_history  # noqa: PLC0415

    from entraide.portal.domain.claims.models import Payment, PaymentLine, Statement  # noqa: PLC0415
    from entraide.portal.domain.members.models import Beneficiary  # noqa: PLC0415

    load(len(FAMILIES))
    for table in (PaymentLine, Payment, Statement):
        table.objects.all().delete()
    contracts = {}
    lengths = (long_history.Length(), long_history.ONE_PAGE, long_history.SHORT)
    for name, person, length in zip(FAMILIES, people(len(FAMILIES)), lengths, strict=True):
        primary = Beneficiary.objects.select_related("member").get(number=person.number)
        family = [primary, *_relatives(primary)]
        contracts[name] = _cover(family)
        long_history.give_history(primary.member, family, length)
    with connection.cursor() as cursor:
        # What PostgreSQL's own housekeeping does within minutes of such a load.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return contracts


def _relatives(primary: Any) -> list[Any]:
    from django.utils import timezone  # noqa: PLC0415

    from entraide.portal.domain.members.models import Beneficiary  # noqa: PLC0415

    today = timezone.localdate()
    return [
        Beneficiary.objects.create(
            member=primary.member, number=f"{primary.number}{place}", relationship=relationship, civility="m",
            last_name=primary.last_name, first_name=first, nir_index=f"{primary.number}{place}",
            birth_date=today - timedelta(days=366 * age), birth_department="38",
        )
        for place, (relationship, first, age) in enumerate(
            (("spouse", "Alix", 47), ("child", "Sacha", 12), ("child", "Maé", 9)), start=1
        )
    ]  # fmt: skip


def _cover(family: list[Any]) -> UUID:
    from django.conf import settings  # noqa: PLC0415

    from entraide.portal.domain.contracts.models import Contract, Coverage  # noqa: PLC0415

    since = family[0].member.joined_on
    number = next(iter(settings.PROFILE.guarantees))
    contract = Contract.objects.create(
        member=family[0].member, number=number, label_fr="Contrat santé", label_en="Health contract",
        tier="base", plan_fr="Socle", plan_en="Base", subscribed_on=since,
    )  # fmt: skip
    for person in family:
        Coverage.objects.create(contract=contract, beneficiary=person, starts_on=since)
    return contract.pk


PAGES = {
    "home": "/",
    "reimbursements": "/remboursements/",
    "statements": "/releves/",
    "contract": "/contrat/",
    "guarantees": "/contrat/{contract}/garanties/",
    "bank": "/banque/",
    "contributions": "/cotisations/",
    "documents": "/documents/",
    "received": "/documents/recus/",
    "sent": "/documents/envoyes/",
    "requests": "/demandes/",
    "journal": "/droits/journal/",
}


async def ask(port: int, contracts: dict[str, UUID]) -> dict[str, dict[str, Medians]]:
    """The medians of each page in seconds, `wall` and `cpu`, by family."""
    mailbox = Mailbox()
    reading = asyncio.create_task(mailbox.read_on())
    persons = zip(FAMILIES, people(len(FAMILIES)), strict=True)
    browsers = {name: await _signed_in(port, person, mailbox) for name, person in persons}
    reading.cancel()
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for turn in range(ROUNDS + WARM_UP):
        for page, path in PAGES.items():
            for family in random.sample(FAMILIES, len(FAMILIES)):
                before = worked()
                answer = await browsers[family].get(path.format(contract=contracts[family]))
                if answer.status != 200:
                    raise SystemExit(f"{page} answered {answer.status}")
                if turn >= WARM_UP:
                    found.setdefault((page, family), []).append((answer.seconds, worked() - before))
                await asyncio.sleep(PAUSE_SECONDS)
    return {page: {family: _medians(found[page, family]) for family in FAMILIES} for page in PAGES}


def _medians(asked: list[tuple[float, float]]) -> Medians:
    wall, cpu = zip(*asked, strict=True)
    return {"wall": statistics.median(wall), "cpu": statistics.median(cpu)}


def worked() -> float:
    """Seconds of processor time that all threads of our descendants used so far."""
    return sum(map(_worked, _descendants(os.getpid()))) / 1e9


def _descendants(process: int) -> Iterator[int]:
    for thread in Path(f"/proc/{process}/task").iterdir():
        for child in (thread / "children").read_text().split():
            yield int(child)
            yield from _descendants(int(child))


def _worked(process: int) -> int:
    """In nanoseconds, as the kernel's scheduler counts them."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads)


async def _signed_in(port: int, person: Person, mailbox: Mailbox) -> Browser:
    browser = Browser(port, person.source)
    await sign_in(browser, person, mailbox, Measured())
    return browser


def measure() -> dict[str, dict[str, Medians]]:
    """For each page and each family both medians, in seconds."""
    contracts = give()
    with serving() as port:
        return asyncio.run(ask(port, contracts))


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure()))
