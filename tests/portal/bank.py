"""Accounts, agents and a posted form for the tests of changes of account."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from entraide.formats import iban as iban_format
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.queries import agent_of
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.bank.asking import ask_change
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.bank.papers import hold_paper
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from tests.portal.agents import make_agent
from tests.portal.domain.requests.samples import GOOD

# The documented example of a French account, and invented ones with right keys.
NEW = "FR1420041010050500013M02606"
OTHER = iban_format.make_french("20041", "01005", "0500013M027")
BIC = "PSSTFRPPGRE"
NOW = timezone.now()
COOLING = timedelta(hours=72)


def viewer_for(person: Beneficiary) -> Viewer:
    found = viewer_of(person.account_id)
    assert found is not None
    return found


def paper(name: str = "facture.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, GOOD[name] if content is None else content)


def ask(
    viewer: Viewer,
    *,
    person: Beneficiary | None = None,
    iban: str = NEW,
    key: UUID | None = None,
    now: datetime = NOW,
    holder: str = "Anne Vautrin",
    with_paper: bool = True,
) -> AccountChange:
    key = key or uuid4()
    if with_paper:
        hold_paper(viewer, request_key=key, upload=paper(), now=now)
    return ask_change(
        viewer,
        person_id=person.pk if person else None,
        iban=iban,
        bic=BIC,
        holder=holder,
        request_key=key,
        language="fr",
        now=now,
    )


def agent(email: str, name: str, role: Role) -> AgentViewer:
    found = agent_of(make_agent(email, name, role=role, since=NOW - timedelta(days=9)).account_id)
    assert found is not None
    return found


@dataclass(frozen=True)
class Staff:
    """Paul and Paula check accounts, Sam approves, Hugo only answers requests."""

    payer: AgentViewer
    second: AgentViewer
    supervisor: AgentViewer
    handler: AgentViewer


def make_staff() -> Staff:
    return Staff(
        payer=agent("paul@example.org", "Paul Ormont", Role.PAYER),
        second=agent("paula@example.org", "Paula Dervin", Role.PAYER),
        supervisor=agent("sam@example.org", "Sam Loriol", Role.SUPERVISOR),
        handler=agent("hugo@example.org", "Hugo Planche", Role.HANDLER),
    )


def account_of(person: Beneficiary) -> str:
    return Beneficiary.objects.get(pk=person.pk).iban
