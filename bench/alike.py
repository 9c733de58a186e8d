"""The door answers known and unknown people in the same time (A1): sign-in, activation, forgotten password.

Run in a process of its own: `python -m bench.alike`, with the settings in the environment, on a database
with its tables and no people; prints one JSON object. The two kinds are asked in a random order, each from
a network of its own, on an idle portal; the gap is that of the medians. A round that misses the limit is
measured again, twice at most: the noise of a busy machine goes, a difference of the program stays.
"""

import asyncio
import json
import random
import re
import statistics
from collections.abc import Callable
from typing import Any

import django

from bench.browser import Browser
from bench.export import nir_of, number_of
from bench.people import load
from bench.portal import serving

ASKED = 40
WARM_UP = 5
ROUNDS = 3
LIMIT = 0.05
PAUSE_SECONDS = 0.05
QUESTION = re.compile(r'id="question"[^>]*>\s*(\d+) \+ (\d+)')
Fields = Callable[[int, bool], dict[str, str]]


def _sign_in(person: int, known: bool) -> dict[str, str]:
    return {"member_number": _number(person, known), "password": "Not-the-password-7", "next": ""}


def _activation(person: int, known: bool) -> dict[str, str]:
    return {
        "nir": nir_of(person, year=80 if known else 79),
        "birth_date": "03/02/1980",
        "birth_department": "38",
        "last_name": f"Fictif{person}",
        "first_name": "Camille",
    }


def _forgotten(person: int, known: bool) -> dict[str, str]:
    return {"member_number": _number(person, known)}


def _number(person: int, known: bool) -> str:
    return number_of(person if known else person + 5_000_000)


FORMS: dict[str, Fields] = {
    "/connexion/": _sign_in,
    "/premiere-connexion/": _activation,
    "/mot-de-passe-oublie/": _forgotten,
}
# Nobody is asked twice: an answer must not depend on what was asked before.
PEOPLE = len(FORMS) * ROUNDS * (ASKED + WARM_UP)


def measure() -> dict[str, Any]:
    """For each form: both medians in seconds, their gap, and the rounds it took."""
    load(PEOPLE)
    with serving() as port:
        return asyncio.run(_all_forms(port))


async def _all_forms(port: int) -> dict[str, Any]:
    found, first = {}, 0
    for path, fields in FORMS.items():
        for turn in range(1, ROUNDS + 1):
            known, unknown = await _round(port, path, fields, first)
            first += ASKED + WARM_UP
            gap = abs(known - unknown) / unknown
            found[path] = {"known_s": known, "unknown_s": unknown, "gap": gap, "rounds": turn}
            if gap <= LIMIT:
                break
    return found


async def _round(port: int, path: str, fields: Fields, first: int) -> tuple[float, float]:
    for person in range(first, first + WARM_UP):
        await _ask(port, path, fields(person, True), person, True)
        await _ask(port, path, fields(person, False), person, False)
    times: dict[bool, list[float]] = {True: [], False: []}
    order = [(person, known) for person in range(first + WARM_UP, first + WARM_UP + ASKED) for known in times]
    random.shuffle(order)
    for person, known in order:
        times[known].append(await _ask(port, path, fields(person, known), person, known))
    return statistics.median(times[True]), statistics.median(times[False])


async def _ask(port: int, path: str, fields: dict[str, str], person: int, known: bool) -> float:
    """Seconds of the answer to the form, sent by a visitor who has just opened it."""
    browser = Browser(port, f"127.{100 + known}.{person // 250}.{1 + person % 250}")
    try:
        page = await browser.get(path)
        asked = QUESTION.search(page.body)
        if asked:
            fields = {**fields, "answer": str(int(asked[1]) + int(asked[2]))}
        answer = await browser.post(path, {**fields, "csrfmiddlewaretoken": page.csrf})
    finally:
        browser.close()
    if answer.status != (422 if path == "/connexion/" else 200):
        raise SystemExit(f"{path} answered {answer.status}")
    # What it left to the worker is done by then, and does not weigh on the next one.
    await asyncio.sleep(PAUSE_SECONDS)
    return answer.seconds


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure()))
