"""Leaving for a partner: told before, signed on POST, in a form and nowhere else (A57, A58, TELE-02)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.handover.actions import MOST_AN_HOUR
from entraide.portal.domain.handover.models import HandOver
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web.headers import CONTENT_SECURITY_POLICY
from tests.conftest import Household
from tests.portal.member_site.access.steps import SIGN_IN, words
from tests.portal.partners import DOCTORS, in_the_demo, with_partners

__all__ = ["in_the_demo", "with_partners"]
pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Beneficiary], Client]
LEAVE, DEMO = "/passage/lointaine/", "/demo/partenaire/lointaine/"
IN_THE_DEMO = pytest.mark.usefixtures("in_the_demo")
WITH_PARTNERS = pytest.mark.usefixtures("with_partners")


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def left(client: Client, address: str = LEAVE) -> str:
    answer = client.post(address)
    assert answer.status_code == 200
    return answer.content.decode()


@IN_THE_DEMO
def test_before_leaving_one_reads_what_the_partner_is_told(member_client: Client) -> None:
    """A58; GET signs nothing (A56)."""
    shown = words(member_client.get(LEAVE))

    assert "Ce que Lointaine apprend de nous" in shown
    assert "Un nom de code" in shown
    assert "01 99 00 12 34" in shown
    assert not HandOver.objects.exists()


@IN_THE_DEMO
def test_a_partner_that_gets_the_member_number_is_told_to_get_it(
    member_client: Client, settings: LazySettings
) -> None:
    assert DOCTORS.hand_over is not None
    partner = replace(DOCTORS, hand_over=replace(DOCTORS.hand_over, known_by="member_number"))
    settings.PROFILE = replace(settings.PROFILE, partners=(partner,))

    shown = words(member_client.get(LEAVE))

    assert "Le numéro d’adhérent, et rien d’autre" in shown
    assert "Un nom de code" not in shown


@IN_THE_DEMO
def test_the_token_stands_in_the_form_and_in_no_address(member_client: Client) -> None:
    page = left(member_client)

    token = token_in(page)
    assert page.count(token) == 1
    assert f'method="post" action="{DEMO}"' in page
    assert "csrfmiddlewaretoken" not in page[page.index("data-leave") : page.index("data-leave") + 1800]


@IN_THE_DEMO
def test_in_the_demo_a_page_stands_for_the_partner_and_says_all_that_it_knows(
    member_client: Client, household: Household
) -> None:
    answer = Client().post(DEMO, {"token": token_in(left(member_client))})

    shown = words(answer)
    assert answer.status_code == 200
    assert "Vous êtes attendu(e)" in shown
    known = (household.primary.first_name, household.primary.last_name, household.member.number)
    assert not any(one in shown for one in known)


@IN_THE_DEMO
def test_a_token_that_served_or_is_late_says_what_to_do(member_client: Client) -> None:
    """Bad input: a useful answer each time."""
    token = token_in(left(member_client))
    partner = Client()
    partner.post(DEMO, {"token": token})

    again = partner.post(DEMO, {"token": token})
    late_token = token_in(left(member_client))
    long_ago = timezone.now() - timedelta(minutes=5)
    HandOver.objects.filter(used_at=None).update(
        issued_at=long_ago, expires_at=long_ago + timedelta(minutes=1)
    )
    late = partner.post(DEMO, {"token": late_token})

    assert (again.status_code, late.status_code) == (422, 422)
    assert "a déjà servi" in words(again)
    assert f'href="{LEAVE}"' in again.content.decode()
    assert "n’est plus à l’heure" in words(late)


@IN_THE_DEMO
@pytest.mark.parametrize("token", ["", "x.y.z", "A" * 5000])
def test_the_page_that_stands_for_the_partner_refuses_what_is_no_token(token: str) -> None:
    answer = Client().post(DEMO, {"token": token})

    assert answer.status_code == 422
    assert "n’a pas été signé pour ce site" in words(answer)


@IN_THE_DEMO
def test_who_comes_to_the_partner_without_a_token_is_shown_the_way() -> None:
    assert "Entrez par votre espace adhérent" in words(Client().get(DEMO))


@IN_THE_DEMO
def test_a_partner_that_is_down_leaves_a_number_to_call(member_client: Client) -> None:
    page = left(member_client)

    answer = Client().post(f"{DEMO}panne/", {"token": token_in(page)})

    assert f'formaction="{DEMO}panne/"' in page
    assert answer.status_code == 503
    for shown in (words(answer), page):
        assert "01 99 00 12 34" in shown
    # It was never used.
    assert HandOver.objects.get().used_at is None


@WITH_PARTNERS
def test_pages_that_stand_for_a_partner_are_of_the_demo_alone() -> None:
    for address in (DEMO, f"{DEMO}panne/"):
        assert Client().get(address).status_code == 404
        assert Client().post(address, {"token": "x"}).status_code == 404


@WITH_PARTNERS
def test_a_partner_that_has_not_agreed_yet_learns_nothing(member_client: Client) -> None:
    """Outside the demo a hand-over that is an example is a link, and POST signs nothing."""
    for answer in (member_client.get(LEAVE), member_client.post(LEAVE)):
        page = answer.content.decode()
        assert "Rien. C’est un autre site" in words(answer)
        assert 'href="https://lointaine.example/seul" rel="noopener noreferrer external"' in page
        assert 'name="token"' not in page
    assert not HandOver.objects.exists()


@WITH_PARTNERS
def test_a_partner_that_agreed_gets_the_form_and_the_policy_names_it_alone(member_client: Client) -> None:
    """A57"""
    answer = member_client.post("/passage/secours/")

    assert 'action="https://entree.lointaine.example/arrivee"' in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert "form-action 'self' https://entree.lointaine.example;" in policy
    assert policy.replace(" https://entree.lointaine.example", "") == CONTENT_SECURITY_POLICY
    assert "panne" not in answer.content.decode()
    for page in (member_client.get("/passage/secours/"), member_client.get("/assistance/")):
        assert page.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


@IN_THE_DEMO
def test_a_parent_leaves_for_a_minor_child_and_for_nobody_else(
    member_client: Client, household: Household, stranger: Beneficiary
) -> None:
    """Security 2.4, A36"""
    for child in (household.teen, household.child):
        assert child.full_name in words(member_client.get(f"{LEAVE}?person={child.pk}"))
        assert token_in(left(member_client, f"{LEAVE}?person={child.pk}"))
    for other in (household.spouse, household.adult_child, stranger):
        for answer in (
            member_client.get(f"{LEAVE}?person={other.pk}"),
            member_client.post(f"{LEAVE}?person={other.pk}"),
        ):
            assert answer.status_code == 404
    assert HandOver.objects.count() == 2


@IN_THE_DEMO
def test_a_spouse_has_a_way_of_their_own_and_nothing_is_signed(
    client: Client, household: Household, sign_in: SignIn
) -> None:
    """TELE-02"""
    spouse = sign_in(client, household.spouse)

    for answer in (spouse.get(LEAVE), spouse.post(LEAVE)):
        assert "https://lointaine.example/seul" in answer.content.decode()
    assert spouse.get(f"{LEAVE}?person={household.child.pk}").status_code == 404
    assert not HandOver.objects.exists()


@IN_THE_DEMO
@pytest.mark.parametrize("address", ["/passage/nulle-part/", f"{LEAVE}?person=x", f"{LEAVE}?person=%00"])
def test_what_is_not_there_is_404(member_client: Client, address: str) -> None:
    assert member_client.get(address).status_code == 404
    assert member_client.post(address).status_code == 404


@IN_THE_DEMO
def test_signed_out_nobody_leaves(client: Client) -> None:
    for answer in (client.get(LEAVE), client.post(LEAVE)):
        assert answer.headers["Location"].startswith(SIGN_IN)


@IN_THE_DEMO
def test_who_is_not_covered_is_told_and_given_a_number(member_client: Client, household: Household) -> None:
    Coverage.objects.filter(beneficiary=household.primary).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )

    answer = member_client.post(LEAVE)

    assert answer.status_code == 422
    assert "Aucun contrat ne couvre cette personne" in words(answer)


@IN_THE_DEMO
def test_a_spouse_who_is_not_covered_is_told_so_too(
    client: Client, household: Household, sign_in: SignIn
) -> None:
    spouse = sign_in(client, household.spouse)
    Coverage.objects.filter(beneficiary=household.spouse).delete()

    told = spouse.post(LEAVE)

    assert told.status_code == 422
    assert "Aucun contrat ne couvre cette personne" in words(told)
    assert not HandOver.objects.exists()


@IN_THE_DEMO
def test_leaving_too_often_is_429_with_a_number(member_client: Client) -> None:
    for _ in range(MOST_AN_HOUR):
        left(member_client)

    answer = member_client.post(LEAVE)

    assert answer.status_code == 429
    assert "01 99 00 12 34" in words(answer)


@IN_THE_DEMO
def test_leaving_for_a_child_is_in_the_childs_journal_and_leaving_for_oneself_is_not(
    member_client: Client, household: Household
) -> None:
    """A68"""
    member_client.get(LEAVE)
    left(member_client)
    drain()
    assert not Consultation.objects.exists()

    member_client.get(f"{LEAVE}?person={household.child.pk}")
    drain()

    noted = Consultation.objects.get()
    assert (noted.person_id, noted.seen) == (household.child.pk, Seen.IDENTITY)


@IN_THE_DEMO
def test_leaving_is_in_the_journal_once(member_client: Client) -> None:
    member_client.get(LEAVE)
    left(member_client)

    assert Entry.objects.filter(kind="HandedOver").count() == 1


@IN_THE_DEMO
def test_leaving_needs_the_proof_of_our_own_form(household: Household, sign_in: SignIn) -> None:
    """A56: another site cannot send somebody off."""
    client = sign_in(Client(enforce_csrf_checks=True), household.primary)

    assert client.post(LEAVE).status_code == 403
    assert not HandOver.objects.exists()
