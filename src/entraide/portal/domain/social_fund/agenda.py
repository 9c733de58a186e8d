"""When the commission meets, and what can honestly be said about it on a day."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from entraide.portal.domain.requests.delays import working_days_after
from entraide.profiles import SocialFund

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Meeting:
    """A day of the commission, and the last one on which a file for it may become whole."""

    on: date
    files_until: date


def the_fund() -> SocialFund | None:
    """None where the mutual has none."""
    fund: SocialFund | None = settings.PROFILE.social_fund
    return fund


def meetings(fund: SocialFund, *, on: date) -> tuple[Meeting, ...]:
    """The next ones for which there is still time; none when the agenda has come to its end."""
    still = [one for one in fund.commissions if fund.files_until(one) >= on]
    return tuple(Meeting(one, fund.files_until(one)) for one in still[:SHOWN])


def answer_day(fund: SocialFund, *, on: date) -> date | None:
    """When what is asked today is answered; None when no commission is fixed for it yet."""
    decided_on = fund.commission_for(on)
    return told_by(fund, decided_on) if decided_on else None


def told_by(fund: SocialFund, commission: date) -> date:
    """Until when the decision of that day is told."""
    return working_days_after(commission, fund.answer_days)
