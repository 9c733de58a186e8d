"""The table of papers names papers that it describes, and cares that may be sent."""

from collections.abc import Iterator

from entraide.profiles.checks.references import duplicates
from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import PIECES
from entraide.profiles.pieces import Pieces


def check_pieces(pieces: Pieces, *, types: frozenset[str] | None) -> Iterator[Fault]:
    """Every paper named exists, each care is a type of deposit once, an age of prescription has its paper.

    `types`: the ids of the deposit's types; None when they could not be read.
    """
    yield from duplicates((one.id for one in pieces.papers), file=PIECES, key="paper")
    yield from duplicates((one.type for one in pieces.cares), file=PIECES, key="care")
    yield from _unknown(pieces, pieces.third_party, key="third_party")
    yield from _unknown(pieces, pieces.part, key="part")
    for paper in pieces.papers:
        yield from _unknown(pieces, paper.covers, key=f"paper[{paper.id}].covers")
    prescriptions = {one.id for one in pieces.papers if one.is_prescription}
    for care in pieces.cares:
        key = f"care[{care.type}]"
        if types is not None and care.type not in types:
            yield Fault(PIECES, f"{key}.type", shown(care.type), "the id of a type of papers.toml")
        yield from _unknown(pieces, care.with_feed, key=f"{key}.with_feed")
        yield from _unknown(pieces, care.without_feed, key=f"{key}.without_feed")
        asked = prescriptions & set(care.with_feed) & set(care.without_feed)
        if care.prescription_months and not asked:
            expected = "0, or a prescription among with_feed and without_feed"
            yield Fault(PIECES, f"{key}.prescription_months", shown(care.prescription_months), expected)


def _unknown(pieces: Pieces, names: tuple[str, ...], *, key: str) -> Iterator[Fault]:
    known = [one.id for one in pieces.papers]
    for name in names:
        if name not in known:
            yield Fault(PIECES, key, shown(name), "one of " + ", ".join(known))
