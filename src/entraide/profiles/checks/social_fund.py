"""A social fund against the rest of its mutual: kinds that can be asked, papers that exist, an agenda.

The agenda is looked at by itself: whether today is past its last day is asked every day, not at the start.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from entraide.profiles.checks.references import Mention
from entraide.profiles.decode import shown
from entraide.profiles.desk import Desk
from entraide.profiles.faults import Fault
from entraide.profiles.files import DESK, SOCIAL_FUND, PapersFile
from entraide.profiles.pieces import Pieces
from entraide.profiles.social_fund import MONTHS_BETWEEN_COMMISSIONS, SocialFund
from entraide.reimbursement.dates import add_months

_KIND = "social_fund"
_PAGE = "hardship_fund"


def check_social_fund(
    fund: SocialFund, *, papers: PapersFile | None, pieces: Pieces | None, desk: Desk | None
) -> Iterator[Fault]:
    """Every fault of `social_fund.toml`, and of `desk.toml` where the fund has no team of its own."""
    yield from _check_agenda(fund.commissions)
    if papers is not None:
        yield from _check_aids(fund, papers)
    if pieces is not None:
        known = [one.id for one in pieces.papers]
        for aid in fund.aids:
            for name in aid.papers:
                if name not in known:
                    key = f"aid[{aid.type}].papers"
                    yield Fault(SOCIAL_FUND, key, shown(name), "one of " + ", ".join(known))
    if desk is not None:
        yield from _check_team(fund, desk)


def check_fund_pages(mentions: Iterable[Mention], *, has_fund: bool) -> Iterator[Fault]:
    """The page of the fund is named only where there is one."""
    for mention in mentions:
        if mention.page == _PAGE and not has_fund:
            found = f"{shown(mention.page)}, and no fund"
            yield Fault(mention.file, f"{mention.key}.page", found, f"the file {SOCIAL_FUND} beside it")


def _check_agenda(days: tuple[date, ...]) -> Iterator[Fault]:
    """At least one day every two months, from the first to the end of the year of the last (SOC-01)."""
    if not days:
        yield Fault(SOCIAL_FUND, "commissions", "an empty list", "the days of the commission")
        return
    for one, following in pairwise(days):
        if following <= one:
            yield Fault(SOCIAL_FUND, "commissions", following.isoformat(), f"a day after {one.isoformat()}")
        elif following > add_months(one, MONTHS_BETWEEN_COMMISSIONS):
            expected = f"a day within two months of {one.isoformat()}"
            yield Fault(SOCIAL_FUND, "commissions", following.isoformat(), expected)
    last = max(days)
    if add_months(last, MONTHS_BETWEEN_COMMISSIONS) <= date(last.year, 12, 31):
        yield Fault(
            SOCIAL_FUND, "commissions", last.isoformat(), "a later one, within two months of the year's end"
        )


def _check_aids(fund: SocialFund, papers: PapersFile) -> Iterator[Fault]:
    found = next((one for one in papers.deposit.categories if one.id == fund.category), None)
    if found is None or not found.own_form:
        yield Fault(SOCIAL_FUND, "category", shown(fund.category), "a category of papers.toml with own_form")
        return
    types = [one.id for one in found.types]
    if sorted(types) != sorted(one.type for one in fund.aids):
        told = ", ".join(one.type for one in fund.aids)
        yield Fault(SOCIAL_FUND, "aid.type", told, "each type of the category once: " + ", ".join(types))


def _check_team(fund: SocialFund, desk: Desk) -> Iterator[Fault]:
    """Whoever sees the fund's requests sees nobody else's, and the other way round."""
    teams = [one for one in desk.teams if _KIND in one.kinds]
    if [(one.categories, one.types, one.kinds) for one in teams] != [((fund.category,), (), (_KIND,))]:
        expected = f"one team for the category {fund.category} and the kind {_KIND}, and for nothing else"
        yield Fault(DESK, "team.kinds", f"{len(teams)} with {_KIND}", expected)
