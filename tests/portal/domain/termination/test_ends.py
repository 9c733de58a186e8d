"""Whose contract ends, who is told of it, and for whom the cover ends (B-12)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.contracts.queries import contracts_of
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.enums import By, Move
from entraide.portal.domain.requests.life import Hand, Said, make_move
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.termination.asking import terminate
from entraide.portal.domain.termination.policies import may_terminate
from entraide.portal.domain.termination.queries import (
    ContractEnd,
    asked_end_of,
    contract_end_of,
    contract_ends,
)
from entraide.reimbursement.dates import add_months
from tests.conftest import Household
from tests.portal.helping import helper_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
LAST_DAY = add_months(TODAY, 1)
End = Callable[[Viewer, Contract], Request]


def told() -> Sent:
    return Sent(comment="", request_key=uuid4(), language="fr", now=NOW)


@pytest.fixture
def contract(household: Household) -> Contract:
    """A contract of Anne's own, held for years."""
    household.member.segment = settings.PROFILE.segments[-1].id
    household.member.save(update_fields=["segment"])
    return household.contract


@pytest.fixture
def own(contract: Contract, household: Household) -> Viewer:
    return reader(household.primary)


def reader(person: Beneficiary) -> Viewer:
    found = viewer_of(person.account_id)  # type: ignore[arg-type]
    assert found is not None
    return found


def end_of(viewer: Viewer, contract: Contract) -> ContractEnd:
    found = contract_end_of(viewer, contract.pk, on=TODAY)
    assert found is not None
    return found


def ended(viewer: Viewer, contract: Contract) -> Request:
    reference = terminate(viewer, contract.pk, read_last_day=LAST_DAY, sent=told())
    return Request.objects.get(reference=reference)


def move(request: Request, kind: Move, **said: str) -> None:
    make_move(request.pk, move=kind, hand=Hand(by=By.AGENT), said=Said(**said), now=NOW)


def another(member: Contract, number: str, *, tier: str = "option", **more: date) -> Contract:
    return Contract.objects.create(
        member=member.member, number=number, label_fr="Autre", label_en="Other", tier=tier, plan_fr="P",
        plan_en="P", subscribed_on=date(2019, 1, 1), **more,
    )  # fmt: skip


def test_who_helps_ends_nothing_whatever_else_they_are(own: Viewer, contract: Contract) -> None:
    """B-08: not even as somebody who was the primary insured."""
    helper = helper_of(own)
    for one in (helper, replace(helper, relationship=own.relationship)):
        assert not may_terminate(one)
        assert contract_ends(one, on=TODAY) == []
        with pytest.raises(DomainError):
            terminate(one, contract.pk, read_last_day=LAST_DAY, sent=told())
    assert not Request.objects.exists()


def test_after_a_refusal_the_contract_goes_on_and_its_end_may_be_asked_anew(
    own: Viewer, contract: Contract
) -> None:
    first = ended(own, contract)
    assert not end_of(own, contract).may_be_asked
    move(first, Move.REFUSE, refusal="termination-not-possible")

    assert end_of(own, contract).may_be_asked
    assert ended(own, contract).pk != first.pk


def test_the_family_reads_that_it_ends_and_only_who_asked_has_the_reference(
    own: Viewer, contract: Contract, household: Household
) -> None:
    """A36"""
    request, spouse = ended(own, contract), reader(household.spouse)
    (seen,) = contracts_of(spouse, on=TODAY)

    mine, theirs = asked_end_of(own, end_of(own, contract).contract), asked_end_of(spouse, seen)

    assert mine is not None
    assert theirs is not None
    assert (mine.reference, theirs.reference) == (request.reference, "")
    assert mine.last_day == theirs.last_day == LAST_DAY
    assert not theirs.is_confirmed
    move(request, Move.ANSWER, words="C’est enregistré.")
    confirmed = asked_end_of(spouse, seen)
    assert confirmed is not None
    assert confirmed.is_confirmed


def test_the_end_of_another_familys_contract_of_the_same_number_ends_nothing_here(
    own: Viewer, contract: Contract, stranger: Beneficiary
) -> None:
    """A36: a number names a contract within its membership alone."""
    theirs = Contract.objects.create(
        member=stranger.member, number=contract.number, label_fr="Contrat", label_en="Contract", tier="base",
        plan_fr="P", plan_en="P", subscribed_on=date(2018, 1, 1),
    )  # fmt: skip
    Coverage.objects.create(contract=theirs, beneficiary=stranger, starts_on=date(2018, 1, 1))
    request = ended(reader(stranger), theirs)

    assert end_of(own, contract).asked is None
    # Nor does the end of ours, once it is on file, keep them from taking theirs back.
    Contract.objects.filter(pk=contract.pk).update(ended_on=LAST_DAY)
    move(request, Move.REFUSE, refusal="termination-not-possible")


def test_it_says_for_whom_the_cover_ends_and_for_whom_it_ended_before(
    own: Viewer, contract: Contract, household: Household
) -> None:
    soon, yesterday = TODAY + timedelta(days=5), TODAY - timedelta(days=1)
    covers = Coverage.objects.filter(contract=contract)
    covers.filter(beneficiary=household.spouse).update(ends_on=soon)
    covers.filter(beneficiary=household.teen).update(ends_on=yesterday)
    covers.filter(beneficiary=household.adult_child).update(ends_on=TODAY)
    covers.filter(beneficiary=household.child).update(ends_on=LAST_DAY + timedelta(days=90))

    people = {one.name: one.last_day for one in end_of(own, contract).people}

    assert people == {
        household.primary.full_name: LAST_DAY,
        household.spouse.full_name: soon,
        household.adult_child.full_name: TODAY,
        household.child.full_name: LAST_DAY,
    }


def test_an_option_goes_on_while_one_of_two_bases_does(own: Viewer, contract: Contract) -> None:
    option = another(contract, "OPTION-1")
    alone = end_of(own, contract)
    assert ([one.id for one in alone.along], alone.others_go_on) == ([option.pk], False)
    assert end_of(own, option).others_go_on
    second = another(contract, "SOCLE-2", tier="base")

    for base in (contract, second):
        found = end_of(own, base)
        assert (found.along, found.others_go_on) == ((), True)


def test_an_option_that_has_an_end_of_its_own_is_not_ended_again(own: Viewer, contract: Contract) -> None:
    another(contract, "OPTION-1", ended_on=TODAY + timedelta(days=3))

    assert end_of(own, contract).along == ()


def test_an_end_that_is_on_file_may_still_be_confirmed(own: Viewer, contract: Contract) -> None:
    request = ended(own, contract)
    Contract.objects.filter(pk=contract.pk).update(ended_on=LAST_DAY)

    move(request, Move.ANSWER, words="C’est enregistré.")

    asked = end_of(own, contract).asked
    assert asked is not None
    assert asked.is_confirmed
