"""An import leaves what a person changed at the portal, as long as the file still says the old value."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from entraide.portal.domain.contacts.actions.changing import change_address, change_phone, choose_mails
from entraide.portal.domain.contacts.queries import Address, contact_sheet, mail_choices
from entraide.portal.domain.members.contacts import declare
from entraide.portal.domain.members.enums import Contact, MailTopic, StatementDelivery
from entraide.portal.domain.members.mobiles import put_on_file
from entraide.portal.domain.members.models import Beneficiary, Declared
from entraide.portal.domain.members.queries import as_viewer, viewer_of
from entraide.portal.domain.members.viewer import Viewer
from tests.conftest import give_account
from tests.portal.gateways.core_system.exports import family, load

NOW = timezone.now()
OLD, NEW, THIRD = "anne@example.org", "new@example.org", "third@example.org"
pytestmark = pytest.mark.django_db
Load = Callable[..., Beneficiary]


@pytest.fixture
def load_anne(tmp_path: Path) -> Load:
    """Loads the family with these values for Anne, and returns her; what is not given is as in the file."""

    def load_with(*, delivery: str = "email", **values: str) -> Beneficiary:
        tables = family()
        tables["beneficiaries"][0].update(values)
        tables["members"][0]["statement_delivery"] = delivery
        load(tmp_path, tables)
        return Beneficiary.objects.select_related("member").get(number="50010001")

    return load_with


@pytest.fixture
def anne(load_anne: Load) -> Beneficiary:
    person = load_anne()
    give_account(person)
    return person


def viewer_for(person: Beneficiary) -> Viewer:
    found = viewer_of(person.account_id)
    assert found is not None
    return found


def change(person: Beneficiary, email: str) -> None:
    declare(person, Contact.EMAIL, (person.email,), now=NOW)
    person.email = email
    person.save(update_fields=["email"])


def move(person: Beneficiary) -> None:
    viewer = viewer_for(person)
    sheet = contact_sheet(viewer, person.pk, on=timezone.localdate(NOW))
    assert sheet is not None
    change_address(
        viewer, person_id=person.pk, seen=sheet.seen["address"], as_typed=True, with_children=False,
        address=Address(line1="3 rue Neuve", line2="", postcode="38400", city="Saint-Martin-d’Hères"),
        language="fr", now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ((OLD,), NEW),
        (("",), NEW),
        ((OLD, OLD), NEW),
        ((THIRD,), THIRD),
        ((NEW,), NEW),
        # The mutual has the new one now: its word counts again, even for the old one.
        ((NEW, OLD), OLD),
        ((THIRD, OLD), OLD),
        ((OLD, THIRD), THIRD),
    ],
)
def test_the_file_wins_as_soon_as_it_says_something_else(
    anne: Beneficiary, load_anne: Load, said: tuple[str, ...], kept: str
) -> None:
    change(anne, NEW)
    for email in said:
        anne = load_anne(email=email)

    assert anne.email == kept


def test_two_changes_at_the_portal_are_one_for_the_file(anne: Beneficiary, load_anne: Load) -> None:
    change(anne, THIRD)
    change(anne, NEW)

    assert load_anne().email == NEW
    assert load_anne(email=THIRD).email == THIRD


def test_a_change_that_was_taken_back_is_forgotten(anne: Beneficiary, load_anne: Load) -> None:
    change(anne, NEW)
    change(anne, OLD)

    assert load_anne().email == OLD
    assert not Declared.objects.exists()


def test_an_address_is_kept_or_replaced_as_a_whole(anne: Beneficiary, load_anne: Load) -> None:
    move(anne)

    anne = load_anne()
    assert (anne.address_line1, anne.postcode) == ("3 rue Neuve", "38400")
    anne = load_anne(address_line1="9 cours Jean-Jaurès")
    assert (anne.address_line1, anne.postcode, anne.city) == ("9 cours Jean-Jaurès", "38000", "Grenoble")


def test_other_columns_of_the_row_are_still_taken_in(anne: Beneficiary, load_anne: Load) -> None:
    change(anne, NEW)

    anne = load_anne(last_name="Vautrin-Roux")
    assert (anne.last_name, anne.email) == ("Vautrin-Roux", NEW)


def test_a_landline_and_a_mobile_are_kept_alike(anne: Beneficiary, load_anne: Load) -> None:
    viewer = as_viewer(anne)
    sheet = contact_sheet(viewer, anne.pk, on=timezone.localdate(NOW))
    assert sheet is not None
    seen = sheet.seen["phone"]
    change_phone(viewer, person_id=anne.pk, phone="", seen=seen, language="fr", now=NOW)
    anne.refresh_from_db()
    put_on_file(anne, "+33639980177", declared_at=NOW - timedelta(days=1))

    anne = load_anne()
    assert (anne.phone, anne.mobile) == ("", "+33639980177")
    assert anne.mobile_declared_at is not None
    anne = load_anne(mobile="06 39 98 43 21", phone="01 99 00 43 21")
    assert (anne.phone, anne.mobile, anne.mobile_declared_at) == ("+33199004321", "+33639984321", None)
    assert not Declared.objects.exists()


def test_how_statements_come_stays_as_chosen_until_the_file_agrees(
    anne: Beneficiary, load_anne: Load
) -> None:
    """REMB-03"""
    viewer = viewer_for(anne)
    choose_mails(
        viewer, wanted=list(MailTopic), delivery=StatementDelivery.POST, seen=mail_choices(viewer).seen,
        language="fr", now=NOW,
    )  # fmt: skip

    assert load_anne(delivery="email").member.statement_delivery == "post"
    assert load_anne(delivery="post").member.statement_delivery == "post"
    assert load_anne(delivery="email").member.statement_delivery == "email"


def test_the_value_that_was_replaced_is_not_kept_in_clear(
    anne: Beneficiary, whole_database: Callable[[], str]
) -> None:
    change(anne, NEW)

    assert Declared.objects.get().replaced
    assert OLD not in whole_database()
