"""No page shows somebody else's data without noting it (A68): every address, with every id of a family."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from entraide.portal.domain.claims.models import PaymentLine, Statement
from entraide.portal.domain.consultations.models import Chain, Consultation
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain
from tests.architecture.addresses import EXAMPLES, Address, addresses
from tests.conftest import Household
from tests.portal.domain.claims.care import Care, pay
from tests.portal.domain.claims.family import paid
from tests.portal.domain.claims.tables import tables
from tests.portal.member_site.reimbursements.pdf_text import text_of

__all__ = ["paid", "tables"]
# What of Elsa, who is eight, a page may show to her mother, and what of her father.
OF_THE_CHILD = ("Détartrage elsassien", "Docteur Elstir", "2 18 05 ••", "15 mars 2018", "16,80")
OF_THE_SPOUSE = ("157,31",)
ALL = [one for one in addresses() if not one.example.startswith(("/gestion/", "/demo/", "/composants/"))]


@pytest.fixture
def everything(household: Household, paid: None, tables: None) -> list[str]:
    """Every id that an address of this family may hold."""
    Beneficiary.objects.filter(pk=household.child.pk).update(birth_date="2018-03-15")
    household.child.refresh_from_db()
    household.child.nir = "218053818500188"
    household.child.save()
    PaymentLine.objects.filter(beneficiary=household.child).update(label_fr="Détartrage elsassien")
    his = Care(person=household.spouse, charged=20000, amo=0, amc=15731, base=0, rate=0, claim="S9")
    pay(household.member, his, on=localdate(), payee="professional", name="Cabinet Brunoir")
    known = [*household.people, household.contract, *PaymentLine.objects.all(), *Statement.objects.all()]
    return [str(one.pk) for one in known]


def pages(address: Address, ids: list[str]) -> Iterator[str]:
    count = address.example.count(EXAMPLES["uuid"])
    for chosen in product(ids, repeat=min(count, 1)):
        yield address.example.replace(EXAMPLES["uuid"], chosen[0]) if chosen else address.example


def shown_on(answer: HttpResponse) -> str:
    content = answer.getvalue()
    words = text_of(content) if content.startswith(b"%PDF") else content.decode("utf-8", "replace")
    return words.replace("\xa0", " ")


def test_a_page_that_shows_a_relatives_data_is_in_their_journal(
    member_client: Client, household: Household, everything: list[str]
) -> None:
    """A68: a new page that forgets it is found here, whatever it is called."""
    silent, noted = [], set()
    people = ((household.child, OF_THE_CHILD), (household.spouse, OF_THE_SPOUSE))
    for address in ALL:
        for page in pages(address, everything):
            for table in (Consultation, Chain, Job):
                table.objects.all().delete()
            answer = member_client.get(page)
            if answer.status_code != 200:
                continue
            words = shown_on(answer)
            drain()
            for person, marks in people:
                if any(mark in words for mark in marks):
                    found = Consultation.objects.filter(person=person, reader=household.primary.pk)
                    (noted.add(address.name) if found.exists() else silent.append(page))

    assert silent == []
    assert noted >= {
        "home", "reimbursements", "reimbursement", "reimbursement-pdf", "statement-pdf", "beneficiary"
    }  # fmt: skip


def test_who_sees_nothing_of_others_leaves_no_trace(
    client: Client, household: Household, everything: list[str], sign_in: object
) -> None:
    sign_in(client, household.adult_child)  # type: ignore[operator]

    for address in ALL:
        for page in pages(address, everything):
            client.get(page)
    drain()

    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    "page", ["/", "/remboursements/", "/beneficiaires/{child}/", "/remboursements/{line}/"]
)
def test_noting_keeps_a_page_within_twelve_questions(
    member_client: Client,
    household: Household,
    everything: list[str],
    page: str,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    """Speed, with something to note on the page and an allowance to count."""
    session = Care(person=household.primary, act="OST", base=0, rate=0, amo=0, day=localdate())
    pay(household.member, session, on=localdate())
    line = PaymentLine.objects.filter(beneficiary=household.child).values_list("pk", flat=True)[0]
    address = page.format(child=household.child.pk, line=line)

    with django_assert_max_num_queries(12):
        assert member_client.get(address).status_code == 200

    assert Job.objects.filter(kind="consultations.note").exists()
