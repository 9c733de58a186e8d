"""What one explained line and one answer of the simulator take: `python -m bench.simulator`.

In a process of its own, with the settings in the environment, on a database with its tables; prints one
JSON object. Lines are priced by the engine itself; answers are asked of the running portal, signed out.
"""

import asyncio
import json
import statistics
import time

import django

from bench.browser import Browser
from bench.portal import serving
from bench.reimbursement import FAMILIES, KINDS, PERIODS, cover
from entraide.reimbursement import Care, Counters, Situation, load_parameters, reimburse
from entraide.reimbursement.batch import care_line

ROUNDS = 30
# The longest cases: two scenarios, sixty sessions one after the other, a no-cost way beside.
QUESTIONS = (
    "specialiste/?act=CS&fees=unknown&price=75",
    "kinesitherapie/?price=16.13&quantity=60",
    "lunettes/?right=simple&left=simple&frame_price=140&right_price=100&left_price=100",
    "couronne/?tooth=26&material=metal_ceramic&price=700",
)


def explained_line() -> float:
    """Seconds of one line priced with its steps: the median over all families, each many times."""
    book, person = load_parameters(), Situation(person="bench", born_on=PERIODS[0][0].replace(year=1980))
    day = PERIODS[-1][0].toordinal()
    cares = [
        Care(line=care_line((day, kind, low, -1 if base == -1 else low * base, 1, 0), KINDS[kind], kind),
             situation=person)
        for kind, (_, low, _, base, _) in enumerate(FAMILIES)
    ]  # fmt: skip
    found, counters, covered = [], Counters(), cover()
    for _round in range(100):
        for care in cares:
            start = time.perf_counter()
            reimburse(care, covered, counters, book)
            found.append(time.perf_counter() - start)
    return statistics.median(found)


async def answers(port: int) -> list[float]:
    """Seconds of each answer."""
    browser, level, found = Browser(port, "127.0.0.7"), "", []
    page = await browser.get("/simulation/generaliste/")
    level = page.body.partition('name="level"')[2].partition('value="')[2].partition('"')[0]
    for turn in range(ROUNDS + 1):
        for question in QUESTIONS:
            answer = await browser.get(f"/simulation/{question}&level={level}&age=40")
            if answer.status != 200 or 'id="resultat"' not in answer.body:
                raise SystemExit(f"{question} answered {answer.status}, without a result")
            if turn:
                found.append(answer.seconds)
    browser.close()
    return found


def main() -> None:
    django.setup()
    with serving() as port:
        seconds = asyncio.run(answers(port))
    print(
        json.dumps(
            {
                "line": explained_line(),
                "answer_median": statistics.median(seconds),
                "answer_p95": statistics.quantiles(seconds, n=100, method="inclusive")[94],
            }
        )
    )


if __name__ == "__main__":
    main()
