"""The list of who has which access, as a file that is looked through every three months (A75)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.agents.words import role_words
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.exports.cells import csv_rows
from entraide.portal.domain.personal_data import Row, Table
from entraide.portal.domain.staff.events import AccessListTaken
from entraide.portal.domain.staff.models import TakenList
from entraide.portal.domain.staff.queries import AccessLine, access_line, listed_agents
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.web.wording import moment

# Three months, the longest that there are.
TAKEN_EVERY = timedelta(days=92)


def may_take(agent: AgentViewer) -> bool:
    """Who gives accesses, and who looks after data protection."""
    return may(agent.role, Right.GRANT_ACCESS) or may(agent.role, Right.READ_JOURNAL)


def take_access_list(agent: AgentViewer, *, now: datetime) -> tuple[str, bytes]:
    """Name and content (CSV) of the file, in the language of who asks; noted. Raises DomainError."""
    if not may_take(agent):
        raise DomainError(_("Votre rôle ne permet pas de faire cela : demandez à un collègue habilité."))
    with transaction.atomic():
        lines = [access_line(one) for one in listed_agents()]
        content = "".join(csv_rows(_table(agent, lines, now=now))).encode()
        TakenList.objects.create(taken_by_id=agent.id, taken_at=now, rows=len(lines))
        publish(AccessListTaken(actor=agent.account_id, rows=len(lines)))
    return f"acces-{timezone.localdate(now):%Y-%m-%d}.csv", content


def last_taken(agent: AgentViewer) -> datetime | None:
    """When the list was last taken by anybody; None: never, or not for this role to know."""
    if not may_take(agent):
        return None
    return TakenList.objects.order_by("-taken_at").values_list("taken_at", flat=True).first()


def is_due(agent: AgentViewer, *, now: datetime) -> bool:
    """Whether three months went by since the last one, or since the first access when there was none."""
    if not may_take(agent):
        return False
    before = last_taken(agent)
    if before is None:
        before = Agent.objects.order_by("created_at").values_list("created_at", flat=True).first()
    return before is not None and before <= now - TAKEN_EVERY


def _table(agent: AgentViewer, lines: list[AccessLine], *, now: datetime) -> Table:
    mark = _("pris par %(name)s, le %(at)s") % {"name": agent.full_name, "at": moment(now)}
    columns = (
        _("Nom"), _("Adresse e-mail"), _("Rôle"), _("Lit les soins"), _("Gère les accès"), _("Depuis le"),
        _("Dernière connexion"), _("Moyens de connexion"), _("État"), _("Fermé le"), _("Fichier"),
    )  # fmt: skip
    states = {"active": _("en service"), "invited": _("attend son mot de passe"), "ended": _("fermé")}
    ways = {"totp": _("application"), "passkey": _("clé d’accès")}
    yes, no = _("oui"), _("non")

    def rows() -> Iterator[Row]:
        for one in lines:
            is_open = one.ended_at is None
            yield (
                one.full_name, one.identifier, role_words(one.role),
                yes if is_open and may(one.role, Right.READ_CARE) else no,
                yes if is_open and may(one.role, Right.GRANT_ACCESS) else no,
                one.since, one.last_sign_in, ", ".join(ways[kind] for kind in one.factors),
                states[one.standing], one.ended_at, mark,
            )  # fmt: skip

    return Table("accesses", columns, rows)
