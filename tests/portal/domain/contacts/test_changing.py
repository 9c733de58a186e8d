"""What members change of their file, for whom, and what is told of it (PROF-04, REMB-03, A66)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from entraide.portal.domain.contacts.actions.changing import (
    NotTheCommune,
    NotTheirs,
    change_address,
    change_phone,
    choose_mails,
    confirm_contacts,
)
from entraide.portal.domain.contacts.models import Place
from entraide.portal.domain.contacts.queries import (
    Address,
    contact_sheet,
    contact_sheets,
    for_the_person,
    mail_choices,
)
from entraide.portal.domain.members.contacts import ChangedMeanwhile
from entraide.portal.domain.members.enums import MailTopic, StatementDelivery
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
HERE = Address(line1="3 rue de l’Écluse", line2="Bât. B", postcode="38400", city="Saint-Martin-d’Hères")
pytestmark = pytest.mark.django_db


def seen(viewer: Viewer, what: str, person: Beneficiary) -> str:
    sheet = contact_sheet(viewer, person.pk, on=TODAY)
    assert sheet is not None
    return sheet.seen[what]


def move(viewer: Viewer, person: Beneficiary, address: Address = HERE, **more: object) -> bool:
    values = {
        "seen": more.pop("seen", None) or seen(viewer, "address", person),
        "as_typed": False,
        "with_children": False,
        **more,
    }
    return change_address(
        viewer,
        person_id=person.pk,
        address=address,
        language="fr",
        now=NOW,
        **values,  # type: ignore[arg-type]
    )


def line_of(person: Beneficiary) -> str:
    person.refresh_from_db()
    return person.address_line1


def seen_by(person: Beneficiary) -> Viewer:
    found = viewer_of(person.account_id)
    assert found is not None
    return found


def test_an_address_is_stored_and_its_owner_told_without_repeating_it(
    viewer: Viewer, household: Household, sent: Callable[[], list]
) -> None:
    """A66: the journal names the field, never the value."""
    assert move(viewer, household.primary)

    household.primary.refresh_from_db()
    assert (household.primary.postcode, household.primary.city) == ("38400", "Saint-Martin-d’Hères")
    entry = Entry.objects.get(kind="ContactsChanged")
    assert entry.data == {"what": "address", "language": "fr"}
    (post,) = sent()
    assert (post.notice, post.to) == ("contacts_changed", household.primary.email)
    assert "Écluse" not in post.body
    assert "adresse postale" in post.body


def test_the_same_address_again_is_no_change(viewer: Viewer, household: Household) -> None:
    """A form sent twice is stored once, whatever it had seen."""
    mark = seen(viewer, "address", household.primary)
    move(viewer, household.primary, seen=mark)

    assert not move(viewer, household.primary, seen=mark)
    assert Entry.objects.filter(kind="ContactsChanged").count() == 1


def test_a_form_that_saw_an_older_address_is_refused(viewer: Viewer, household: Household) -> None:
    mark = seen(viewer, "address", household.primary)
    move(viewer, household.primary)

    with pytest.raises(ChangedMeanwhile):
        move(viewer, household.primary, Address(line1="1", line2="", postcode="38000", city="X"), seen=mark)
    assert line_of(household.primary) == HERE.line1


def test_the_mark_of_somebody_else_opens_nothing(viewer: Viewer, household: Household) -> None:
    with pytest.raises(ChangedMeanwhile):
        move(viewer, household.primary, seen=seen(viewer, "address", household.child))


def test_the_primary_insured_changes_the_address_of_minor_children_and_of_no_adult(
    viewer: Viewer, household: Household, stranger: Beneficiary
) -> None:
    """PROF-04, matrix 2.4"""
    assert [one.first_name for one in contact_sheets(viewer, on=TODAY)] == ["Anne", "Denis", "Elsa"]
    assert move(viewer, household.child)
    for person in (household.spouse, household.adult_child, stranger):
        assert contact_sheet(viewer, person.pk, on=TODAY) is None
        with pytest.raises(NotTheirs):
            move(viewer, person, seen="x")
        assert line_of(person) == ""


def test_a_spouse_changes_nobody_but_himself(household: Household) -> None:
    bruno = seen_by(household.spouse)

    assert [one.first_name for one in contact_sheets(bruno, on=TODAY)] == ["Bruno"]
    assert move(bruno, household.spouse, with_children=True)
    assert line_of(household.child) == ""
    with pytest.raises(NotTheirs):
        move(bruno, household.child, seen="x")


def test_a_child_of_eighteen_is_nobody_elses_from_that_day(viewer: Viewer, household: Household) -> None:
    """A39"""
    birthday = household.teen.birth_date.replace(year=household.teen.birth_date.year + 18)

    assert contact_sheet(viewer, household.teen.pk, on=birthday - timedelta(days=1)) is not None
    assert contact_sheet(viewer, household.teen.pk, on=birthday) is None


def test_the_sheet_of_a_child_holds_neither_e_mail_nor_mobile(viewer: Viewer, household: Household) -> None:
    sheet = contact_sheet(viewer, household.teen.pk, on=TODAY)

    assert sheet is not None
    assert (sheet.email, sheet.mobile, set(sheet.seen)) == ("", "", {"address", "phone", "all"})


def test_children_who_lived_at_the_same_address_move_too_if_asked(
    viewer: Viewer, household: Household
) -> None:
    Beneficiary.objects.filter(pk=household.teen.pk).update(city="Voiron")
    move(viewer, household.primary, with_children=True)

    assert line_of(household.child) == HERE.line1
    assert line_of(household.teen) == ""
    assert line_of(household.adult_child) == ""


def test_the_postcode_must_be_that_of_the_commune_once_the_public_file_is_loaded(
    viewer: Viewer, household: Household
) -> None:
    wrong = Address(line1="1 place", line2="", postcode="38000", city="Voiron")
    Place.objects.create(postcode="38000", city="GRENOBLE", key="grenoble")
    with pytest.raises(NotTheCommune):
        move(viewer, household.primary, wrong)

    assert move(viewer, household.primary, wrong, as_typed=True)
    Place.objects.all().delete()
    assert move(viewer, household.primary, HERE)


def test_a_landline_is_stored_and_taken_off(viewer: Viewer, household: Household) -> None:
    for number in ("+33199001234", ""):
        mark = seen(viewer, "phone", household.primary)
        arguments = {"person_id": household.primary.pk, "seen": mark, "language": "fr", "now": NOW}
        assert change_phone(viewer, phone=number, **arguments)
        assert not change_phone(viewer, phone=number, **arguments)
        household.primary.refresh_from_db()
        assert household.primary.phone == number


def choose(viewer: Viewer, wanted: set[MailTopic], delivery: StatementDelivery | None = None) -> bool:
    mark = mail_choices(viewer).seen
    return choose_mails(viewer, wanted=wanted, delivery=delivery, seen=mark, language="fr", now=NOW)


def test_the_primary_insured_chooses_the_post_for_the_membership(
    viewer: Viewer, household: Household
) -> None:
    """REMB-03"""
    assert choose(viewer, set(MailTopic), StatementDelivery.POST)

    assert mail_choices(viewer).delivery == StatementDelivery.POST
    assert not choose(viewer, set(MailTopic), StatementDelivery.POST)


def test_nobody_else_of_the_family_chooses_for_the_membership(household: Household) -> None:
    bruno = seen_by(household.spouse)

    assert not choose(bruno, set(MailTopic), StatementDelivery.POST)
    household.member.refresh_from_db()
    assert household.member.statement_delivery == StatementDelivery.EMAIL


def test_a_mail_that_is_not_wanted_is_the_persons_own_choice(viewer: Viewer, household: Household) -> None:
    choose(viewer, {MailTopic.NEWS})

    assert mail_choices(viewer).wanted == (MailTopic.NEWS,)
    assert mail_choices(seen_by(household.spouse)).wanted == tuple(MailTopic)


def test_contacts_are_asked_for_once_a_year(viewer: Viewer, household: Household) -> None:
    sheet = for_the_person(viewer, now=NOW).confirm
    assert sheet is not None
    confirm_contacts(viewer, seen=sheet.seen["all"], now=NOW)

    assert for_the_person(viewer, now=NOW).confirm is None
    assert for_the_person(viewer, now=NOW + timedelta(days=364)).confirm is None
    assert for_the_person(viewer, now=NOW + timedelta(days=365)).confirm is not None
    assert Entry.objects.filter(kind="ContactsConfirmed", about=household.primary.pk).count() == 1


def test_what_was_not_seen_is_not_confirmed(viewer: Viewer, household: Household) -> None:
    sheet = for_the_person(viewer, now=NOW).confirm
    assert sheet is not None
    move(viewer, household.primary)

    with pytest.raises(ChangedMeanwhile):
        confirm_contacts(viewer, seen=sheet.seen["all"], now=NOW)
    assert for_the_person(viewer, now=NOW).confirm is not None
