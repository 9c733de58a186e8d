"""A helper opens the pages that say so and no others, and sees nothing but the one who asked (B-08)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.claims.models import PaymentLine, Statement
from entraide.portal.domain.consultations.models import Chain, Consultation
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request, Step
from entraide.portal.domain.requests.references import new_reference
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web.public import is_before_terms, is_public
from entraide.portal.member_site.helping import helper_rule, is_as_oneself
from tests.architecture.addresses import EXAMPLES, Address, addresses
from tests.architecture.test_consultations import shown_on
from tests.conftest import Household
from tests.portal.domain.claims.family import paid
from tests.portal.member_site.sharing.conftest import helping

__all__ = ["helping", "paid"]
pytestmark = pytest.mark.django_db
OPEN = {
    "reimbursements", "reimbursement", "reimbursement-pdf", "statements", "statement-pdf",
    "requests", "requests:list", "requests:detail", "requests:receipt", "requests:file", "requests:view",
    "requests:view-page", "deposit",
}  # fmt: skip
PAGES = [one for one in addresses() if not one.example.startswith(("/gestion/", "/demo/", "/composants/"))]
PRIVATE = [one for one in PAGES if not is_public(one.view)]
by_name = pytest.mark.parametrize("address", PRIVATE, ids=lambda one: one.name)
NAMES = ("Anne", "Chloé", "Denis", "Elsa")
OTHERS = ("Docteur Amandier", "Docteur Elstir", "Clinique Chlorisse", "Centre Denizart", "2 84 01", "0189")


def test_the_list_of_pages_that_a_helper_may_open_is_exactly_this_one() -> None:
    assert {one.name for one in addresses() if helper_rule(one.view) is not None} == OPEN


@by_name
def test_every_other_private_page_is_not_there_for_a_helper(helping: Client, address: Address) -> None:
    """Default deny, whatever the method; the door and the way back are their own."""
    if address.name in OPEN or is_before_terms(address.view) or is_as_oneself(address.view):
        return
    for answer in (helping.get(address.example), helping.post(address.example, {"x": "y"})):
        assert answer.status_code == (302 if address.name == "home" else 404), address.example
    if address.name == "home":
        assert helping.get("/").headers["Location"] == "/remboursements/"


def _ids(household: Household) -> list[str]:
    known = [*household.people, household.contract, *PaymentLine.objects.all(), *Statement.objects.all()]
    return [str(one.pk) for one in known]


def test_no_page_shows_a_helper_anything_of_the_family_and_each_is_noted(
    helping: Client, household: Household
) -> None:
    """A36, A68: canaries in every open page, with every id of the family."""
    Beneficiary.objects.filter(pk=household.spouse.pk).update(last_name="Brunoy")
    opened = set()
    for address in (one for one in PRIVATE if one.name in OPEN):
        ids = _ids(household) if EXAMPLES["uuid"] in address.example else [""]
        for one in ids:
            for table in (Consultation, Chain, Job):
                table.objects.all().delete()
            answer = helping.get(address.example.replace(EXAMPLES["uuid"], one or EXAMPLES["uuid"]))
            if answer.status_code != 200:
                continue
            words = shown_on(answer)
            drain()
            opened.add(address.name)
            assert [mark for mark in (*NAMES, *OTHERS) if mark in words] == [], address.name
            assert Consultation.objects.filter(person=household.spouse, reader_kind="helper").count() == 1

    assert opened >= {"reimbursements", "reimbursement", "reimbursement-pdf", "statement-pdf", "deposit"}


def test_a_helper_reads_no_confidential_care_and_no_request_about_relatives(
    helping: Client, household: Household
) -> None:
    PaymentLine.objects.filter(beneficiary=household.spouse).update(confidential=True)
    sent = {
        "kind": "deposit", "sender": household.spouse, "category": "care", "type": "invoice",
        "content_digest": "", "received_at": timezone.now(), "promised_on": timezone.localdate(),
        "due_on": timezone.localdate(),
        "language": "fr", "description": "",
    }  # fmt: skip
    his, hers = (
        Request.objects.create(reference=new_reference("MESE"), concerns=one, request_key=uuid4(), **sent)
        for one in (household.spouse, household.child)
    )

    for one in (his, hers):
        Step.objects.create(request=one, state="received", at=timezone.now())

    assert "Cabinet Brunoir" not in helping.get("/remboursements/").content.decode()
    assert helping.get(f"/demandes/{his.reference}/").status_code == 200
    assert helping.get(f"/demandes/{hers.reference}/").status_code == 404


def test_a_page_links_a_helper_to_no_closed_page_of_the_menu(
    helping: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    words = helping.get("/remboursements/").content.decode()
    menu = words.split('id="menu"')[1].split("</nav>")[0]

    assert "/remboursements/" in menu
    assert not any(
        page in menu for page in ("/banque/", "/contrat/", "/coordonnees/", "/securite/", "/droits/")
    )
