"""A family, a stranger and agents: of each an object of every kind that an address can name.

`args` holds what stands in an address for an object, by kind and owner. `marks` holds words that stand in
the data of one person and nowhere else: who finds one on a page has read them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.formats import iban, nir
from entraide.portal.domain.access.enums import FactorKind
from entraide.portal.domain.access.models import Factor, OpenSession
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.references import new_reference
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.tasks.queue import drain
from tests.architecture.matrix.grids import AGENTS, MEMBERS
from tests.architecture.matrix.objects import (
    plant_care,
    plant_contracts,
    plant_documents,
    plant_own,
    plant_sharing,
)
from tests.conftest import Household, give_account
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.domain.claims.tables import tables

__all__ = ["tables"]
SignIn = Callable[[Client, Beneficiary], Client]
MISSING, NO_REFERENCE = UUID("00000000-0000-4000-8000-000000000000"), new_reference("MESE")

_ROLES = {"handler": Role.HANDLER, "payer": Role.PAYER, "agent": Role.DPO}


@dataclass
class World:
    """Everybody and everything; `clients` are signed in, one for each role."""

    people: dict[str, Beneficiary]
    clients: dict[str, Client] = field(default_factory=dict)
    args: dict[str, dict[str, tuple[object, ...]]] = field(default_factory=dict)
    marks: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def keep(self, kind: str, owner: str, *args: object) -> None:
        """The object of this kind that belongs to `owner`."""
        self.args.setdefault(kind, {})[owner] = args

    def mark(self, kind: str, owner: str, word: str = "") -> str:
        """A word of this kind that is the owner's alone; made, or the one that is given."""
        # Closed, so that no mark is the beginning of another one.
        word = word or f"Zq{kind}{owner}z"
        self.marks.setdefault(kind, {}).setdefault(owner, []).append(word)
        return word

    def missing(self, kind: str) -> tuple[object, ...]:
        """An address of this kind that names nothing: every id replaced by one that nobody has."""
        example = self.args[kind]["primary"]
        return tuple(
            MISSING if isinstance(one, UUID) else NO_REFERENCE if isinstance(one, str) else one
            for one in example
        )


@pytest.fixture
def world(household: Household, stranger: Beneficiary, tables: None, sign_in: SignIn) -> Iterator[World]:
    """Anne, Bruno, Chloé, Denis (17, with an access), Elsa (8), and Zoé of another family."""
    give_account(household.teen)
    found = World(
        {
            "primary": household.primary,
            "spouse": household.spouse,
            "adult": household.adult_child,
            "teen": household.teen,
            "child": household.child,
            "stranger": stranger,
        }
    )
    for number, (owner, person) in enumerate(found.people.items()):
        _identify(found, owner, person, number)
        found.keep("person", owner, person.pk)
        if owner in {"primary", "stranger"}:
            found.keep("member", owner, person.member_id)
    plant_contracts(found, household.contract)
    plant_care(found)
    plant_documents(found)
    _sign_in_all(found, sign_in)
    for owner in MEMBERS:
        plant_own(found, owner)
    plant_sharing(found)
    drain()
    return found


def _identify(world: World, owner: str, person: Beneficiary, number: int) -> None:
    person.email = world.mark("contact", owner, f"zqmail{owner}@example.org")
    person.address_line1 = world.mark("address", owner, f"{number + 3} rue Zqrue{owner}")
    person.phone = f"+3346198011{number}"
    world.mark("address", owner, f"04 61 98 01 1{number}")
    person.mobile = f"+3363998012{number}"
    world.mark("contact", owner, f"06 39 98 01 2{number}")
    sex, month = 1 + number % 2, 1 + number
    born = nir.make(
        sex=sex, year=51 + 6 * number, month=month, department="38", commune="185", order=month
    ).value
    person.nir, person.nir_index = born, settings.ENTRAIDE.keys.blind_index("nir", born)
    world.mark("identity", owner, f"{born[0]} {born[1:3]} {born[3:5]} ••")
    world.mark("number", owner, nir.reveal(born))
    if owner not in {"child", "teen"}:
        person.iban = iban.make_french("20041", "01005", f"050001{number}M02{number}")
        world.mark("account", owner, iban.mask(person.iban))
        world.mark("number", owner, person.iban)
        person.account_holder = person.full_name
    person.save()


def _sign_in_all(world: World, sign_in: SignIn) -> None:
    now = timezone.now()
    for owner in MEMBERS:
        person = world.people[owner]
        account = Account.objects.get(pk=person.account_id)
        world.clients[owner] = sign_in(Client(), person)
        session = OpenSession.objects.create(
            account=account, session_key=f"other-{owner}", label=world.mark("session", owner),
            network="192.0.2.9", started_at=now, seen_at=now,
        )  # fmt: skip
        world.keep("session", owner, session.pk)
        factor = Factor.objects.create(
            account=account, kind=FactorKind.TOTP, name=world.mark("factor", owner), secret="{}",
            created_at=now,
        )  # fmt: skip
        world.keep("factor", owner, factor.pk)
    for role in AGENTS:
        agent = make_agent(
            f"{role}@example.org", f"Ada {role.title()}", role=_ROLES[role], since=now, with_app=True
        )
        world.clients[role] = sign_in_agent(Client(), agent)
        world.keep("agent-factor", role, Factor.objects.get(account=agent.account).pk)
    world.clients["anonymous"] = Client()
    world.keep("agent-factor", "primary", Factor.objects.get(account=world.people["primary"].account).pk)
