"""What the social fund promises: a commission at least every two months."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from entraide.portal.domain.social_fund.agenda import the_fund
from entraide.portal.foundation.sweeps.findings import Finding, sweep
from entraide.profiles import MONTHS_BETWEEN_COMMISSIONS
from entraide.reimbursement.dates import add_months


@sweep("social_fund.agenda")
def agenda_at_its_end(now: datetime) -> Iterator[Finding]:
    """No commission within two months: somebody has to fix the next days. Members are told meanwhile."""
    fund, today = the_fund(), timezone.localdate(now)
    if fund is None:
        return
    coming = fund.after(today)
    if not coming or coming[0] > add_months(today, MONTHS_BETWEEN_COMMISSIONS):
        last = max(fund.commissions)
        yield Finding(what="commission_not_fixed", about=last.isoformat())
