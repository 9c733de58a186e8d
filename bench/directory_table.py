"""The table of `python -m bench directory`."""

from typing import Any

# Distances of the two may differ by the plane against the sphere, and by the earth's radius.
APART = 0.01


def print_table(found: dict[str, Any]) -> tuple[str, bool]:
    """Prints it; gives the aim, and whether it was reached on both databases for every question."""
    peer = found["PostgreSQL"]["peer"]
    print(f"{'question':<18}{'asked of':<28}{'median':>12}{'p99':>12}")
    reached = True
    for kind, theirs in peer.items():
        rows = [("earthdistance with GiST", theirs)]
        rows += [(f"entraide, {name}", one["ours"][kind]) for name, one in found.items()]
        for name, times in rows:
            print(f"{kind:<18}{name:<28}{times['p50'] * 1000:>9.2f} ms{times['p99'] * 1000:>9.2f} ms")
            reached = reached and (times is theirs or times["p99"] < theirs["p99"])
    apart = found["PostgreSQL"]["apart"]
    print(f"\nThe two answers differ by {apart:.2%} of a distance at the most.", flush=True)
    return "a 99th percentile below that of earthdistance on both databases", reached and apart <= APART
