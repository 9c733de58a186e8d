"""The statistics of who leads the teams (B-14)."""

from collections.abc import Iterator

from babel.numbers import format_decimal
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.forms import team_choices
from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.handling.opinions import latest_words
from entraide.portal.domain.handling.statistics import Compared, Statistics, statistics
from entraide.portal.foundation.web.wording import language, locale_of, text

# A row of the table: its name, its values, and whether it is a part of the row above.
Row = tuple[str, list[str], bool]


@require_safe
@roles(Role.SUPERVISOR)
def figures(request: AgentRequest) -> HttpResponse:
    """`/gestion/chiffres/`: two periods, each beside the time before, and where the teams stand now."""
    now = timezone.now()
    found = statistics(request.agent, now=now)
    context = {
        "now": now,
        "days": [one.days for one in found.periods],
        "rows": list(_rows(found)),
        "lines": found.teams,
        "opinions": latest_words(request.agent, now=now),
        "teams": dict(team_choices(request.agent)),
    }
    return render(request, "agent_site/desk/figures.html", context)


def _rows(found: Statistics) -> Iterator[Row]:
    periods = found.periods
    yield _("Reçues"), _numbers([one.received for one in periods]), False
    yield _("Terminées avec une réponse"), _numbers([one.done for one in periods]), False
    yield _("Refusées"), _numbers([one.refused for one in periods]), False
    reasons = {one.id: text(one.label) for one in settings.PROFILE.desk.refusals}
    by_period = [dict(one.refused_for) for one in periods]
    for code, _number in periods[-1].refused_for:
        yield reasons.get(code, code), _numbers([one[code] for one in by_period]), True
    yield _("Avis des adhérents"), _numbers([one.opinions for one in periods]), False
    yield _("Note moyenne sur 5"), [_score(one) for period in periods for one in _both(period.score)], False


def _numbers(compared: list[Compared]) -> list[str]:
    locale = locale_of(language())
    return [format_decimal(number, locale=locale) for one in compared for number in _both(one)]


def _both(one: Compared) -> tuple[int, int]:
    return one.now, one.before


def _score(tenths: int) -> str:
    """`4,3`, or a dash where nobody said anything."""
    if not tenths:
        return "—"
    whole, tenth = divmod(tenths, 10)
    return f"{whole}{'.' if language() == 'en' else ','}{tenth}"
