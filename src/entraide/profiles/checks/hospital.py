"""Hospital cover: rules that can apply, segments that exist, a kind of request to become."""

from collections.abc import Iterator

from entraide.profiles.checks.references import duplicates
from entraide.profiles.decode import shown
from entraide.profiles.desk import Desk
from entraide.profiles.faults import Fault
from entraide.profiles.files import DESK, HOSPITAL, PAPERS, PapersFile
from entraide.profiles.hospital import FacilityChoice, HospitalCover
from entraide.profiles.model import Segment

REQUEST_TYPE = ("hospital", "hospital-cover")


def check_hospital(
    cover: HospitalCover,
    *,
    segments: tuple[Segment, ...] | None,
    papers: PapersFile | None,
    desk: Desk | None,
) -> Iterator[Fault]:
    """Every fault of `hospital.toml`, and of `papers.toml` where the request has no type there."""
    yield from duplicates((one.id for one in cover.departments), file=HOSPITAL, key="department")
    yield from duplicates((one.id for one in cover.card_rules), file=HOSPITAL, key="card_rule")
    yield from duplicates((one.finess for one in cover.demo_facilities), file=HOSPITAL, key="demo_facility")
    if not cover.departments:
        yield Fault(HOSPITAL, "department", "an empty list", "at least one department")
    for rule in cover.card_rules:
        yield from _check_choice(rule.where, key=f"card_rule[{rule.id}].where")
        for number, one in enumerate(rule.exceptions, 1):
            yield from _check_choice(one, key=f"card_rule[{rule.id}].except[#{number}]")
    known = None if segments is None else [one.id for one in segments]
    for number, helper in enumerate(cover.help, 1):
        for name in helper.segments:
            if known is not None and name not in known:
                yield Fault(HOSPITAL, f"help[#{number}].segments", shown(name), "one of " + ", ".join(known))
    if papers is not None and REQUEST_TYPE not in _types(papers):
        expected = "a category hospital with a type hospital-cover: what is asked here becomes a request"
        yield Fault(PAPERS, "deposit.category", "none", expected)
    if desk is not None and REQUEST_TYPE[1] in desk.second_look:
        # Its answer is a letter, not words that a colleague could agree to.
        expected = "types that are answered in words"
        yield Fault(DESK, "second_look", shown(REQUEST_TYPE[1]), expected)


def _check_choice(choice: FacilityChoice, *, key: str) -> Iterator[Fault]:
    if not choice.finess and not choice.communes:
        yield Fault(HOSPITAL, key, "nothing that names a facility", "numbers in finess, or communes")
    if choice.communes and not choice.postcodes:
        yield Fault(HOSPITAL, f"{key}.postcodes", "nothing", "how their postcodes begin, such as 38")


def _types(papers: PapersFile) -> set[tuple[str, str]]:
    return {(category.id, kind.id) for category in papers.deposit.categories for kind in category.types}
