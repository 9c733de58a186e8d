"""The coming contributions as days for a calendar; neither the account nor the person is in it."""

from collections.abc import Iterable
from datetime import date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.formats.calendar_file import Day, calendar_file
from entraide.portal.domain.contributions.enums import ContributionMethod
from entraide.portal.domain.contributions.queries import ContributionLine
from entraide.portal.foundation.web.wording import PARIS, money, text

FILE_NAME = "echeances-cotisations.ics"


def calendar_of(lines: Iterable[ContributionLine], *, language: str, on: date) -> bytes:
    """One whole day for each line; the file is the same all day long."""
    identity = settings.PROFILE.identity
    host = urlsplit(settings.ENTRAIDE.public_url).hostname
    with override(language):
        return calendar_file(
            [_day(line, host=str(host)) for line in lines],
            name=_("Cotisations %(mutual)s") % {"mutual": identity.short_name},
            maker=identity.short_name,
            language=language,
            at=datetime.combine(on, time(0), tzinfo=PARIS),
        )


def _day(line: ContributionLine, *, host: str) -> Day:
    values = {"mutual": settings.PROFILE.identity.short_name}
    is_debit = line.method is ContributionMethod.DIRECT_DEBIT
    return Day(
        uid=f"{line.id}@{host}",
        on=line.due_on,
        title=_("Prélèvement %(mutual)s") % values
        if is_debit
        else _("Cotisation %(mutual)s à payer") % values,
        text=_("%(label)s : %(amount)s") % {"label": text(line.label), "amount": money(line.amount)},
    )
