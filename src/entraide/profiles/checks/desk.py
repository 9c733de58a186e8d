"""A desk against the catalogue of what members may send: each kind of request has one team."""

from collections.abc import Iterator

from entraide.profiles.checks.references import duplicates
from entraide.profiles.decode import shown
from entraide.profiles.desk import FIELDS, Desk, fields_in
from entraide.profiles.faults import Fault
from entraide.profiles.files import DESK
from entraide.profiles.model import DepositCatalogue


def check_desk(desk: Desk, *, deposit: DepositCatalogue) -> Iterator[Fault]:
    """Ids once, known categories and types, a team for each category, fields that can be filled in."""
    if not desk.teams:
        yield Fault(DESK, "team", "no team", "at least one team")
    if not desk.refusals:
        yield Fault(DESK, "refusal", "no refusal", "at least one reason of refusal")
    yield from duplicates((one.id for one in desk.teams), file=DESK, key="team")
    yield from duplicates((one.id for one in desk.refusals), file=DESK, key="refusal")
    yield from duplicates((one.id for one in desk.ready), file=DESK, key="ready")
    yield from _check_teams(desk, deposit)
    known = {kind.id for category in deposit.categories for kind in category.types}
    yield from _unknown(desk.second_look, known, key="second_look", what="a type of deposit")
    for one in desk.refusals:
        yield from _unknown(one.types, known, key=f"refusal[{one.id}].types", what="a type of deposit")
    for words in desk.ready:
        yield from _unknown(words.types, known, key=f"ready[{words.id}].types", what="a type of deposit")
        if (words.use == "refusal") != (desk.refusal_named(words.refusal) is not None):
            expected = "the id of a refusal for the use refusal, none for the others"
            yield Fault(DESK, f"ready[{words.id}].refusal", shown(words.refusal), expected)
        for name in sorted(fields_in(words.words) - set(FIELDS)):
            yield Fault(DESK, f"ready[{words.id}].words", shown(name), "one of " + ", ".join(FIELDS))


def _check_teams(desk: Desk, deposit: DepositCatalogue) -> Iterator[Fault]:
    categories = {category.id for category in deposit.categories}
    types = {kind.id for category in deposit.categories for kind in category.types}
    for team in desk.teams:
        key = f"team[{team.id}]"
        yield from _unknown(
            team.categories, categories, key=f"{key}.categories", what="a category of deposit"
        )
        yield from _unknown(team.types, types, key=f"{key}.types", what="a type of deposit")
    given = [name for team in desk.teams for name in team.categories]
    yield from duplicates(given, file=DESK, key="team.categories")
    yield from duplicates((name for team in desk.teams for name in team.types), file=DESK, key="team.types")
    yield from duplicates((name for team in desk.teams for name in team.kinds), file=DESK, key="team.kinds")
    for missing in sorted(categories - set(given)):
        yield Fault(DESK, "team.categories", f"no team for {shown(missing)}", "each category in one team")


def _unknown(names: tuple[str, ...], known: set[str], *, key: str, what: str) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield Fault(DESK, key, shown(name), what)
