"""What a person's care has used of every cap and allowance."""

from datetime import date
from uuid import UUID

from entraide.portal.domain.claims.pricing import lines_until, used_by
from entraide.portal.domain.contracts.benefits import insured
from entraide.reimbursement import Counters


def counters_of(person_id: UUID, *, until: date) -> Counters:
    """The engine's counters after all stored lines of care up to that day, as the fund decided them.

    A line that the engine cannot price counts for nothing. Three queries; the caller has checked who asks.
    """
    return used_by(lines_until(person_id, until=until), insured(person_id))
