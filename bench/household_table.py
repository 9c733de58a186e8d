"""What `bench.household` measured, as a table for people."""

from bench.household import EMPTY, FAMILIES, LIMIT, LONG, YEAR, Medians


def print_table(name: str, found: dict[str, dict[str, Medians]]) -> bool:
    """Prints both clocks and both ratios of every page; whether each is fast enough against almost empty."""
    heads = "".join(f"{family + ' ms':>18}" for family in FAMILIES)
    print(f"{name:<16}{heads}{'to empty':>16}{'to one year':>16}")
    for page, one in found.items():
        times = "".join(
            f"{one[family]['wall'] * 1000:>10.1f} ({one[family]['cpu'] * 1000:>5.1f})" for family in FAMILIES
        )
        ratios = "".join(
            f"{_ratio(one, 'wall', to):>9.2f} ({_ratio(one, 'cpu', to):.2f})" for to in (EMPTY, YEAR)
        )
        print(f"{page:<16}{times}{ratios}")
    for to in (EMPTY, YEAR):
        worst = max(found, key=lambda page: _ratio(found[page], "wall", to))
        print(f"The worst to {to}: {worst}, {_ratio(found[worst], 'wall', to):.2f}.")
    print(flush=True)
    return all(_ratio(one, "wall", EMPTY) <= LIMIT for one in found.values())


def _ratio(page: dict[str, Medians], clock: str, to: str) -> float:
    return page[LONG][clock] / page[to][clock]
