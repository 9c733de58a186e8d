"""Making a file whole: what is there, what is asked for, which commission looks at it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.actions import ask, give, held_by_me
from entraide.portal.domain.handling.policies import need
from entraide.portal.domain.requests.enums import FINAL_STATES
from entraide.portal.domain.requests.life import NotNow
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.social_fund.agenda import the_fund, told_by
from entraide.portal.domain.social_fund.asking import papers_of_aid
from entraide.portal.domain.social_fund.events import AidFileKept
from entraide.portal.domain.social_fund.models import AidFile
from entraide.portal.foundation.events.facts import publish
from entraide.profiles import Paper, SocialFund


def keep_file(
    agent: AgentViewer, reference: str, *, there: Sequence[str], commission: date | None, now: datetime
) -> None:
    """Notes the papers that are there, and puts a whole file on the agenda of a commission to come.

    The answer is then due within days of that commission. Raises DomainError with the field.
    """
    need(agent, Right.HANDLE_SOCIAL_FUND)
    with transaction.atomic():
        request = open_file(agent, reference)
        wanted = papers_of_aid(request.type)
        if not set(there) <= {one.id for one in wanted}:
            raise DomainError(_("Choisissez les papiers dans la liste."), field="papers")
        missing = [one for one in wanted if one.id not in there]
        if commission is not None:
            _check_commission(commission, missing, on=timezone.localdate(now))
            request.due_on = told_by(_fund(), commission)
            request.save(update_fields=["due_on"])
        AidFile.objects.update_or_create(
            request=request, defaults={"papers": ",".join(there), "commission_on": commission}
        )
        give(request, handler=agent.id)
        publish(
            AidFileKept(
                actor=agent.account_id,
                request_id=request.pk,
                missing=len(missing),
                commission_on=commission.isoformat() if commission else "",
            )
        )


def ask_for_missing(agent: AgentViewer, reference: str, *, now: datetime) -> None:
    """Asks the member for the papers that nobody ticked, each with its place in the reply."""
    need(agent, Right.HANDLE_SOCIAL_FUND)
    with transaction.atomic():
        request = open_file(agent, reference)
        kept = AidFile.objects.filter(request=request).first()
        missing = missing_of(request, kept)
        if not missing:
            raise DomainError(_("Il ne manque rien : aucun papier à demander."))
        ask(agent, request.reference, words="", papers=[one.id for one in missing], now=now)


def missing_of(request: Request, kept: AidFile | None) -> list[Paper]:
    """The papers of this aid that nobody ticked yet."""
    there = kept.papers.split(",") if kept else []
    return [one for one in papers_of_aid(request.type) if one.id not in there]


def papers_there(kept: AidFile | None, *, pieces: Iterable[str]) -> tuple[str, ...]:
    """Ids of the papers that are there: as ticked, or as the `pieces` of the files name them."""
    if kept is not None:
        return tuple(one for one in kept.papers.split(",") if one)
    return tuple({one.partition("/")[2] for one in pieces if one})


def open_file(agent: AgentViewer, reference: str) -> Request:
    """The request, locked, which is not over and which no colleague holds."""
    request = held_by_me(agent, reference)
    if request.state in FINAL_STATES:
        raise NotNow(_("Cette demande est terminée : rien ne peut plus y être changé."))
    return request


def _check_commission(commission: date, missing: Sequence[Paper], *, on: date) -> None:
    if commission not in _fund().commissions or commission < on:
        raise DomainError(_("Choisissez une commission à venir."), field="commission")
    if missing:
        message = _("Le dossier n’est pas complet : demandez ce qui manque avant de l’inscrire.")
        raise DomainError(message, field="papers")


def _fund() -> SocialFund:
    found = the_fund()
    assert found is not None
    return found
