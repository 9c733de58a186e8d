"""The nearest opticians of a network among half a million entries: `python -m bench.directory`.

In a process of its own, with the settings in the environment, on a database with its tables; prints one JSON
object. On PostgreSQL the same questions are put to its own spatial index too, on a copy of the table:
earthdistance with GiST, and a plain index on what else is asked. Both answers are compared.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import django

ENTRIES, QUESTIONS, WARM = 500_000, 400, 40
KM, MOST = 10.0, 20
# The middles of large cities, where six entries of ten are.
CITIES = (
    (48.86, 2.34), (43.30, 5.38), (45.76, 4.84), (43.60, 1.44), (43.70, 7.26), (47.22, -1.55),
    (43.61, 3.87), (48.58, 7.75), (44.84, -0.58), (50.63, 3.06), (48.11, -1.68), (45.18, 5.72),
    (49.49, 0.11), (47.32, 5.04), (47.47, -0.55), (43.12, 5.93),
)  # fmt: skip
PROFESSIONS = (
    "optician", "dentist", "hearing_specialist", "general_practitioner", "pharmacist", "nurse",
    "physiotherapist", "midwife", "ophthalmologist", "gynaecologist", "paediatrician", "dermatologist",
    "osteopath", "podiatrist", "psychologist", "speech_therapist",
)  # fmt: skip
SYLLABLES = ("ba", "cor", "du", "fel", "gri", "lan", "mo", "nar", "pe", "ril", "sau", "tou", "ver", "zan")
NETWORK = "kalixia"


@dataclass(frozen=True)
class Question:
    """`name`: the beginning of a name, or blank; `commune`: a town to look for first, or blank."""

    lat: float
    lon: float
    name: str = ""
    commune: str = ""


def main() -> None:
    django.setup()
    from django.db import connection  # noqa: PLC0415 (the settings first)

    dice = Random(20_26)
    towns = fill(dice)
    found: dict[str, Any] = {"entries": ENTRIES, "ours": {}, "peer": {}}
    is_postgresql = connection.vendor == "postgresql"
    if is_postgresql:
        prepare_peer()
    for kind, questions in kinds(dice, towns).items():
        ours, theirs = measured(ask_ours, questions), measured(ask_peer, questions) if is_postgresql else None
        found["ours"][kind] = percentiles(ours[0])
        if theirs is not None:
            found["peer"][kind] = percentiles(theirs[0])
            found.setdefault("apart", 0.0)
            found["apart"] = max(found["apart"], most_apart(ours[1], theirs[1]))
    print(json.dumps(found))


def fill(dice: Random) -> list[tuple[str, float, float]]:
    """Loads entries the way `entraide directory` does, and towns; gives the towns."""
    from django.utils import timezone  # noqa: PLC0415

    from entraide.portal.domain.directory.enums import Source  # noqa: PLC0415
    from entraide.portal.domain.directory.loading import load_entries  # noqa: PLC0415
    from entraide.portal.domain.directory.towns import TownRow, load_towns  # noqa: PLC0415
    from entraide.portal.gateways.core_system.stage import for_whole_files  # noqa: PLC0415

    towns = []
    for number in range(35_000):
        lat, lon = CITIES[number] if number < len(CITIES) else anywhere(dice)
        # Its number in letters: in digits it would be read as a postcode.
        told = "".join(SYLLABLES[int(digit)] for digit in f"{number:05}")
        towns.append((f"{word(dice)} {word(dice)} {told}", lat, lon))
    load_towns(
        (
            TownRow(postcode=f"{10_000 + number}", name=f"{name} x", commune="", lat=lat, lon=lon)
            for number, (name, lat, lon) in enumerate(towns)
        ),
        file="bench",
    )
    with for_whole_files():
        load_entries(entries(dice), source=Source.PARTNERS, file="bench", clock=timezone.now)
    return towns


def entries(dice: Random) -> Iterator[Any]:
    from entraide.portal.domain.directory.loading import EntryRow  # noqa: PLC0415

    for number in range(ENTRIES):
        lat, lon = somewhere(dice)
        yield EntryRow(
            identity=str(number),
            name=f"{word(dice)} {word(dice)}",
            profession=dice.choice(PROFESSIONS),
            postcode="38000",
            city="Grenoble",
            department="38",
            address="1 rue du Banc",
            lat=lat,
            lon=lon,
            network=NETWORK if dice.random() < 0.25 else "",
        )


def somewhere(dice: Random) -> tuple[float, float]:
    if dice.random() < 0.6:
        lat, lon = dice.choice(CITIES)
        return lat + dice.gauss(0, 0.05), lon + dice.gauss(0, 0.07)
    return anywhere(dice)


def anywhere(dice: Random) -> tuple[float, float]:
    return dice.uniform(42.5, 50.8), dice.uniform(-4.5, 8.0)


def word(dice: Random) -> str:
    return "".join(dice.choice(SYLLABLES) for _syllable in range(3))


def kinds(dice: Random, towns: list[tuple[str, float, float]]) -> dict[str, list[Question]]:
    count = QUESTIONS + WARM
    near = [Question(*somewhere(dice)) for _one in range(count)]
    named = [Question(*somewhere(dice), name=dice.choice(SYLLABLES)) for _one in range(count)]
    # As where people live: six of ten in the large cities, which are the first of the list.
    chosen = [dice.choice(towns[: len(CITIES)] if dice.random() < 0.6 else towns) for _one in range(count)]
    by_commune = [Question(lat, lon, commune=name) for name, lat, lon in chosen]
    return {"around a point": near, "by name prefix": named, "by commune": by_commune}


def measured(
    ask: Callable[[Question], list[float]], questions: list[Question]
) -> tuple[list[float], list[list[float]]]:
    """Seconds of each question after those that warm up, and the distances of each answer."""
    for one in questions[:WARM]:
        ask(one)
    times, answers = [], []
    for one in questions[WARM:]:
        started = time.perf_counter()
        answers.append(ask(one))
        times.append(time.perf_counter() - started)
    return times, answers


def ask_ours(question: Question) -> list[float]:
    from entraide.portal.domain.directory.distances import Point  # noqa: PLC0415
    from entraide.portal.domain.directory.queries import Search, nearest  # noqa: PLC0415
    from entraide.portal.domain.directory.where import understood  # noqa: PLC0415

    point = Point(question.lat, question.lon)
    if question.commune:
        place = understood(f"{question.commune} x").place
        assert place is not None
        assert place.point is not None
        point = place.point
    search = Search(name=question.name, professions=("optician",), networks=(NETWORK,), network=NETWORK)
    found = nearest(search, point=point, within_km=KM, most=MOST)
    return [one.km or 0.0 for one in found]


def prepare_peer() -> None:
    from django.db import connection  # noqa: PLC0415

    from entraide.portal.gateways.core_system.stage import for_whole_files  # noqa: PLC0415

    with for_whole_files(), connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS cube")
        cursor.execute("CREATE EXTENSION IF NOT EXISTS earthdistance")
        cursor.execute("CREATE TABLE bench_peer AS SELECT * FROM directory_entry")
        cursor.execute("CREATE INDEX bench_peer_gist ON bench_peer USING gist (ll_to_earth(lat, lon))")
        cursor.execute("CREATE INDEX bench_peer_kind ON bench_peer (profession, network)")
        cursor.execute("CREATE TABLE bench_peer_town AS SELECT * FROM directory_town")
        cursor.execute("CREATE INDEX bench_peer_town_key ON bench_peer_town (key)")
        cursor.execute("VACUUM ANALYZE bench_peer")
        cursor.execute("VACUUM ANALYZE bench_peer_town")
        cursor.execute("VACUUM ANALYZE directory_entry")


def ask_peer(question: Question) -> list[float]:
    from django.db import connection  # noqa: PLC0415

    lat, lon = question.lat, question.lon
    with connection.cursor() as cursor:
        if question.commune:
            sql = "SELECT lat, lon FROM bench_peer_town WHERE key = %s"
            cursor.execute(sql, [f"{question.commune} x"])
            lat, lon = cursor.fetchone()
        named = "AND name_key LIKE %s" if question.name else ""
        params = [lat, lon, lat, lon, KM * 1000, NETWORK, *([f"% {question.name}%"] if question.name else [])]
        cursor.execute(
            f"SELECT p.*, earth_distance(ll_to_earth(%s, %s), ll_to_earth(lat, lon)) AS metres "
            f"FROM bench_peer p WHERE earth_box(ll_to_earth(%s, %s), %s) @> ll_to_earth(lat, lon) "
            f"AND profession = 'optician' AND network = %s AND NOT is_hidden {named} "
            f"ORDER BY metres LIMIT {MOST}",
            params,
        )
        metres = [row[-1] for row in cursor.fetchall()]
    return [one / 1000 for one in metres if one <= KM * 1000]


def most_apart(ours: list[list[float]], theirs: list[list[float]]) -> float:
    """The largest share by which two distances differ at one rank of one answer."""
    shares = [
        abs(mine - other) / max(other, 0.2)
        for mine_all, other_all in zip(ours, theirs, strict=True)
        for mine, other in zip(mine_all, other_all, strict=False)
    ]
    return max(shares, default=0.0)


def percentiles(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"p50": ordered[len(ordered) // 2], "p99": ordered[int(len(ordered) * 0.99) - 1]}


if __name__ == "__main__":
    main()
