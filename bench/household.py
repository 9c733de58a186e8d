"""Ten years of a household against almost nothing, on the same pages: `python -m bench.household`.

In a process of its own, with the settings in the environment, on a database with its tables; prints one JSON
object. Both are families of four with the same contract, asked in turn, in a random order, one after the
other, so that what else the machine does weighs on both.
"""

import asyncio
import json
import random
import statistics
from datetime import timedelta
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
LONG, SHORT = 0, 1


def give() -> dict[int, UUID]:
    """The two families; gives the contract of each, with the same table of guarantees."""
    from django.db import connection  # noqa: PLC0415 (after django.setup)
    from tests.portal import long_history  # noqa: PLC0415

    from entraide.portal.domain.claims.models import Payment, PaymentLine, Statement  # noqa: PLC0415
    from entraide.portal.domain.members.models import Beneficiary  # noqa: PLC0415

    load(2)
    for table in (PaymentLine, Payment, Statement):
        table.objects.all().delete()
    contracts = {}
    for place, length in ((LONG, long_history.Length()), (SHORT, long_history.SHORT)):
        primary = Beneficiary.objects.select_related("member").get(number=people(2)[place].number)
        family = [primary, *_relatives(primary)]
        contracts[place] = _cover(family)
        long_history.give_history(primary.member, family, length)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
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
    "requests": "/demandes/",
    "journal": "/droits/journal/",
}


async def ask(port: int, contracts: dict[int, UUID]) -> dict[str, tuple[float, float]]:
    """The medians of each page in seconds: of the long history, of the short one."""
    mailbox = Mailbox()
    reading = asyncio.create_task(mailbox.read_on())
    browsers = {place: await _signed_in(port, people(2)[place], mailbox) for place in (LONG, SHORT)}
    reading.cancel()
    found: dict[str, dict[int, list[float]]] = {name: {LONG: [], SHORT: []} for name in PAGES}
    for turn in range(ROUNDS + WARM_UP):
        for name, path in PAGES.items():
            for place in random.sample((LONG, SHORT), 2):
                answer = await browsers[place].get(path.format(contract=contracts[place]))
                if answer.status != 200:
                    raise SystemExit(f"{name} answered {answer.status}")
                if turn >= WARM_UP:
                    found[name][place].append(answer.seconds)
                await asyncio.sleep(PAUSE_SECONDS)
    return {
        name: (statistics.median(one[LONG]), statistics.median(one[SHORT])) for name, one in found.items()
    }


async def _signed_in(port: int, person: Person, mailbox: Mailbox) -> Browser:
    browser = Browser(port, person.source)
    await sign_in(browser, person, mailbox, Measured())
    return browser


def measure() -> dict[str, dict[str, float]]:
    """For each page both medians in seconds, and how many times as long the long history takes."""
    contracts = give()
    with serving() as port:
        found = asyncio.run(ask(port, contracts))
    return {
        name: {"long_s": long, "short_s": short, "ratio": long / short}
        for name, (long, short) in found.items()
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure()))
