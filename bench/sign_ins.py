"""A thousand people sign in at the same moment, password, human check and code, while others read pages.

Run in a process of its own for each database: `python -m bench.sign_ins`, with the settings in the
environment, on a database with its tables and no people; prints one JSON object.
"""

import asyncio
import json
import re
import resource
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import django

from bench.alike import QUESTION
from bench.browser import Answer, Browser
from bench.people import PASSWORD, Person, load, people
from bench.portal import serving

SIGN_INS = 1000
READERS = 4
PAGES = ("/", "/remboursements/", "/contrat/", "/releves/", "/aide/")
PAUSE_SECONDS = 1.0
CODE_SECONDS = 120
OVERLAP = timedelta(seconds=5)
_CODE = re.compile(r"\b\d{6}\b")


@dataclass
class Measured:
    """`steps`: seconds of each answer by page of the door; `pages`: of each page that others read."""

    steps: dict[str, list[float]] = field(default_factory=dict)
    pages: list[float] = field(default_factory=list)
    people: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def note(self, answer: Answer) -> Answer:
        self.steps.setdefault(answer.path.partition("?")[0], []).append(answer.seconds)
        if answer.status >= 500:
            self.faults.append(f"{answer.path} answered {answer.status}")
        return answer


class Mailbox:
    """The codes that left, read from the outbox by one reader for everybody: no load on the portal."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self._came = asyncio.Condition()
        self._seen: set[Any] = set()
        self._latest: datetime | None = None
        self._thread = ThreadPoolExecutor(1)

    async def read_on(self) -> None:
        while True:
            fresh = await asyncio.get_running_loop().run_in_executor(self._thread, self._fresh)
            if fresh:
                async with self._came:
                    self.codes.update(fresh)
                    self._came.notify_all()
            await asyncio.sleep(0.2)

    async def code_for(self, mobile: str) -> str:
        async with self._came:
            await asyncio.wait_for(self._came.wait_for(lambda: mobile in self.codes), CODE_SECONDS)
            return self.codes.pop(mobile)

    def _fresh(self) -> dict[str, str]:
        from entraide.portal.notifications.models import Delivery, DeliveryState  # noqa: PLC0415

        rows = Delivery.objects.filter(channel="sms", state=DeliveryState.SENT).order_by("sent_at")
        if self._latest:
            # Several write at once: one that was sent a little earlier may be seen a little later.
            rows = rows.filter(sent_at__gt=self._latest - OVERLAP)
        found = [one for one in rows if one.pk not in self._seen]
        self._seen.update(one.pk for one in found)
        if found:
            self._latest = found[-1].sent_at
        return {one.to: _CODE.findall(one.body)[0] for one in found}


async def sign_in(browser: Browser, person: Person, mailbox: Mailbox, measured: Measured) -> Answer:
    """From the first page to the home page, as a browser without JavaScript goes."""

    async def send(page: Answer, **fields: str) -> Answer:
        fields["csrfmiddlewaretoken"] = page.csrf
        answer = measured.note(await browser.post(page.path, fields))
        while answer.status == 302:
            answer = measured.note(await browser.get(answer.location))
        return answer

    page = measured.note(await browser.get("/connexion/"))
    page = await send(page, member_number=person.number, password=PASSWORD, next="")
    if page.path == "/connexion/verification/" and (asked := QUESTION.search(page.body)):
        page = await send(page, answer=str(int(asked[1]) + int(asked[2])))
    if page.path == "/connexion/code/":
        page = await send(page, code=await mailbox.code_for(_plus_33(person.mobile)))
    if (page.path, page.status) != ("/", 200):
        raise AssertionError(f"led to {page.path}, {page.status}")
    return page


async def _one(person: Person, port: int, mailbox: Mailbox, measured: Measured) -> None:
    browser, start = Browser(port, person.source), time.perf_counter()
    try:
        await sign_in(browser, person, mailbox, measured)
        measured.people.append(time.perf_counter() - start)
    except Exception as error:
        measured.faults.append(f"{type(error).__name__}: {error}")
    finally:
        browser.close()


async def _read_pages(browser: Browser, first: int, measured: Measured, until: asyncio.Event) -> None:
    turn = first
    while not until.is_set():
        page = PAGES[turn % len(PAGES)]
        turn += 1
        try:
            answer = await browser.get(page)
            measured.pages.append(answer.seconds)
            if answer.status != 200:
                measured.faults.append(f"{page} answered {answer.status} to a reader")
        except Exception as error:
            measured.faults.append(f"{page} for a reader: {type(error).__name__}")
        await asyncio.sleep(PAUSE_SECONDS)


async def storm(port: int, *, count: int) -> tuple[float, Measured]:
    """Seconds until the last of them reads the home page, and everything measured on the way."""
    everybody = people(count + READERS)
    mailbox, measured, over = Mailbox(), Measured(), asyncio.Event()
    reading = asyncio.create_task(mailbox.read_on())
    readers = []
    for place, person in enumerate(everybody[count:]):
        browser = Browser(port, person.source)
        await sign_in(browser, person, mailbox, Measured())
        readers.append(_read_pages(browser, place, measured, over))
    others = [asyncio.create_task(one) for one in readers]
    await asyncio.sleep(2)
    start = time.perf_counter()
    await asyncio.gather(*(_one(person, port, mailbox, measured) for person in everybody[:count]))
    seconds = time.perf_counter() - start
    over.set()
    await asyncio.gather(*others)
    reading.cancel()
    return seconds, measured


def measure(*, count: int = SIGN_INS) -> dict[str, Any]:
    """The figures of one storm on the database of the environment."""
    load(count + READERS)
    with serving() as port:
        seconds, measured = asyncio.run(storm(port, count=count))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        # Of the whole portal, web and worker, start and readers included.
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "sign_ins": len(measured.people),
        "seconds": seconds,
        "faults": len(measured.faults),
        "kinds_of_faults": sorted(set(measured.faults))[:10],
        "pages": len(measured.pages),
        "pages_p95": _percentile(measured.pages, 95),
        "pages_max": max(measured.pages),
        "median_person": statistics.median(measured.people) if measured.people else None,
        "steps_median": {path: statistics.median(found) for path, found in measured.steps.items()},
    }


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _plus_33(mobile: str) -> str:
    return "+33" + mobile.replace(" ", "")[1:]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(count=int(sys.argv[1]) if len(sys.argv) > 1 else SIGN_INS)))
