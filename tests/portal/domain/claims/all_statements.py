"""Every statement of a reader: what the list shows, year after year."""

from datetime import date

from entraide.portal.domain.claims.statements import StatementSummary, statements_of
from entraide.portal.domain.members.viewer import Viewer


def all_statements_of(viewer: Viewer, *, on: date) -> list[StatementSummary]:
    """Newest first, by the links to the years alone."""
    last = statements_of(viewer, on=on)
    assert last is not None
    found = []
    for year in last.years:
        number, more = 1, True
        while more:
            one = statements_of(viewer, year=year, page=number, on=on)
            assert one is not None
            found += list(one.page)
            number, more = number + 1, one.page.has_next()
    return found
