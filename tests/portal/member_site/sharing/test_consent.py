"""Letting another adult of the contract read one's care, and taking that back (B-08, security 2.4)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.actions.safety import freeze, make_safety_link
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.access.models import SafetyLink
from entraide.portal.domain.claims.queries import Filters, reimbursements_of
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.members.models import Beneficiary, CareConsent
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.domain.claims.care import SECRETS
from tests.portal.member_site.access.steps import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paid")]
PAGE = "/droits/partage/soins/"
OF_BRUNO = ("Cabinet Brunoir",)
Sent = Callable[[], list[Any]]


def give(client: Client, reader: Beneficiary, **more: str) -> Any:
    form = {"request_key": str(uuid4()), "reader": str(reader.pk), "agree": "on", **more}
    return client.post(PAGE, form)


def text_of(client: Client, page: str = "/remboursements/") -> str:
    return client.get(page).content.decode()


def test_nothing_is_chosen_beforehand(bruno: Client) -> None:
    page = bruno.get(PAGE)

    assert page.status_code == 200
    assert b" checked" not in page.content


def test_given_it_counts_from_the_next_page_on_and_withdrawn_too(
    bruno: Client, member_client: Client, household: Household
) -> None:
    assert not any(one in text_of(member_client) for one in OF_BRUNO)

    give(bruno, household.primary)

    assert all(one in text_of(member_client) for one in OF_BRUNO)
    consent = CareConsent.objects.get()
    answer = bruno.post(f"{PAGE}{consent.pk}/retirer/")
    assert answer.status_code == 302
    words = text_of(member_client)
    assert not any(one in words for one in SECRETS)
    assert "150,00" in words


def test_what_is_read_by_consent_is_in_the_journal_of_the_giver(
    bruno: Client, member_client: Client, household: Household
) -> None:
    """A68"""
    give(bruno, household.primary)
    text_of(member_client)
    drain()

    read = Consultation.objects.filter(person=household.spouse, reader=household.primary.pk)
    assert set(read.values_list("seen", flat=True)) == {"care"}


def test_consent_opens_care_and_no_journal_no_request_no_person(
    bruno: Client, member_client: Client, household: Household
) -> None:
    give(bruno, household.primary)

    assert member_client.get(f"/droits/journal/?person={household.spouse.pk}").status_code == 404
    assert "0000" not in words(member_client.get(f"/beneficiaires/{household.spouse.pk}/numero/"))


def test_the_giver_is_told_by_a_mail_with_the_link_that_freezes(
    bruno: Client, household: Household, sent: Sent
) -> None:
    give(bruno, household.primary)

    (mail,) = sent()
    assert (mail.notice, mail.to) == ("care_shared", household.spouse.email)
    assert "/ce-n-etait-pas-moi/" in mail.body or SafetyLink.objects.filter(change="care_shared").exists()
    assert "Anne" not in mail.body


def test_taken_back_the_giver_is_told_once(bruno: Client, household: Household, sent: Sent) -> None:
    give(bruno, household.primary)
    consent = CareConsent.objects.get()

    for _again in range(2):
        bruno.post(f"{PAGE}{consent.pk}/retirer/")

    assert [mail.notice for mail in sent()] == ["care_shared", "care_unshared"]
    assert Entry.objects.filter(kind="CareNoLongerShared").count() == 1


def test_the_same_form_twice_is_one_consent_and_another_content_a_conflict(
    bruno: Client, household: Household
) -> None:
    key = str(uuid4())
    give(bruno, household.primary, request_key=key)

    assert give(bruno, household.primary, request_key=key).status_code == 302
    assert give(bruno, household.adult_child, request_key=key).status_code == 409
    assert CareConsent.objects.count() == 1


@pytest.mark.parametrize("role", ["teen", "child", "spouse"])
def test_only_another_adult_of_the_contract_can_be_chosen(
    bruno: Client, household: Household, role: str
) -> None:
    answer = give(bruno, getattr(household, role))

    assert answer.status_code == 422
    assert "Choisissez un adulte de votre contrat" in answer.content.decode()
    assert not CareConsent.objects.exists()


def test_a_stranger_cannot_be_chosen(bruno: Client, stranger: Beneficiary) -> None:
    assert give(bruno, stranger).status_code == 422


def test_without_the_box_nothing_is_stored_and_the_choice_is_kept(
    bruno: Client, household: Household
) -> None:
    answer = give(bruno, household.primary, agree="")

    assert answer.status_code == 422
    assert b" checked" in answer.content
    assert not CareConsent.objects.exists()


def test_a_minor_gives_nothing(household: Household, sign_in: Callable[..., Client]) -> None:
    Beneficiary.objects.filter(pk=household.adult_child.pk).update(birth_date=household.teen.birth_date)
    client = sign_in(Client(), household.adult_child)

    assert give(client, household.primary).status_code == 422
    assert "Personne d’autre que vous" in client.get(PAGE).content.decode()


def test_another_ones_consent_is_not_there(
    bruno: Client, member_client: Client, household: Household, sign_in: Callable[..., Client], stranger: Any
) -> None:
    """A36"""
    give(bruno, household.primary)
    address = f"{PAGE}{CareConsent.objects.get().pk}/retirer/"

    for client in (member_client, sign_in(Client(), stranger)):
        assert client.post(address).status_code == 404
    assert CareConsent.objects.filter(withdrawn_at=None).count() == 1


def test_an_old_proof_asks_for_a_new_one_and_stores_nothing(bruno: Client, household: Household) -> None:
    """A32"""
    session = bruno.session
    session["fresh_factor_at"] = 0
    session.save()

    assert give(bruno, household.primary).headers["Location"].startswith("/securite/confirmer/")
    assert not CareConsent.objects.exists()


def test_a_freeze_takes_every_consent_back(
    bruno: Client, household: Household, member_client: Client
) -> None:
    """A23: whoever was inside may have let somebody in."""
    give(bruno, household.primary)
    assert SafetyLink.objects.get(change="care_shared").account == household.spouse.account

    _freeze(household.spouse)

    assert not any(one in text_of(member_client) for one in OF_BRUNO)
    assert Entry.objects.get(kind="CareNoLongerShared").data["by"] == "freeze"


def _freeze(person: Beneficiary) -> None:
    assert person.account is not None
    now = timezone.now()
    freeze(token=make_safety_link(person.account, change=Change.CARE_SHARED, now=now), now=now)


def test_consent_ends_with_the_cover_of_either(bruno: Client, household: Household, viewer: Viewer) -> None:
    """A39: the day after the last day, the past included."""
    give(bruno, household.primary)
    last = date(2026, 12, 31)

    for person, left in ((household.spouse, set()), (household.primary, {"Bruno"})):
        Coverage.objects.update(ends_on=None)
        Coverage.objects.filter(beneficiary=person).update(ends_on=last)
        before = reimbursements_of(viewer, filters=Filters(), on=last).page
        after = reimbursements_of(viewer, filters=Filters(), on=last + timedelta(days=1)).page
        assert "Bruno" in {line.person.first_name for one in before for line in one.lines}
        assert "Bruno" not in {line.person.first_name for one in after for line in one.lines}
        assert {part.person.first_name for one in after for part in one.others} & {"Bruno"} == left


def test_the_page_asks_at_most_twelve_questions(
    bruno: Client, household: Household, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _each in range(30):
        CareConsent.objects.create(
            giver=household.spouse, reader=household.primary, request_key=uuid4(), given_at=timezone.now(),
            withdrawn_at=timezone.now(),
        )  # fmt: skip
    give(bruno, household.primary)

    with django_assert_max_num_queries(12):
        assert bruno.get("/droits/partage/").status_code == 200


def test_in_english_too(bruno: Client) -> None:
    for page, told in (("/droits/partage/", "Who can read my file"), (PAGE, "Let a relative read my care")):
        assert told in bruno.get(page, headers={"accept-language": "en"}).content.decode()
