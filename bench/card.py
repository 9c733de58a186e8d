"""What a card in PDF takes, its code and its QR included: `python -m bench.card`.

In a process of its own, with the settings in the environment; prints one JSON object. Each card is another
person's, as it is in the portal: nothing of the one before can be used again.
"""

import json
import statistics
import time
from datetime import date
from uuid import UUID

import django

ROUNDS = 60
LIMIT_MS = 150
# The first ones load the fonts and compile the template.
WARM_UP = 3
ON = date(2026, 11, 23)


def seconds() -> list[float]:
    """Of each card, after the first ones."""
    from django.conf import settings  # noqa: PLC0415 (the settings are read first)

    from entraide.portal.domain.card.queries import CardCell, CoverageCard  # noqa: PLC0415
    from entraide.portal.member_site.card.paper import card_paper  # noqa: PLC0415

    cells = tuple(CardCell(one.code, one.label, "100") for one in settings.PROFILE.card.domains)
    found = []
    for number in range(ROUNDS + WARM_UP):
        card = CoverageCard(
            person_id=UUID(int=number), name=f"Camille Fictif {number}", birth_date=date(1980, 5, 1),
            birth_rank=1,
            number=str(30000000 + number), member_number=str(30000000 + number), contracts=(), cells=cells,
            starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), responsible=True, series=1,
        )  # fmt: skip
        start = time.perf_counter()
        card_paper(card, on=ON, language="fr")
        found.append(time.perf_counter() - start)
    return found[WARM_UP:]


def main() -> None:
    django.setup()
    found = seconds()
    p95 = statistics.quantiles(found, n=20)[-1]
    print(json.dumps({"median": statistics.median(found), "p95": p95, "cards": len(found)}))


if __name__ == "__main__":
    main()
