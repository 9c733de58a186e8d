"""Sealed values and fields: what is copied, altered or sealed with a lost key does not open (A62, A63)."""

import dataclasses

import pytest
from django.conf import settings
from django.db import connection

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.vault.fields import place_at
from entraide.portal.foundation.vault.keys import KeyRing
from entraide.portal.foundation.vault.seal import SealBroken, seal, unseal
from tests.conftest import Household

RING = KeyRing(current="k1", keys={"k1": b"a" * 32}, index=b"i" * 32)


def raw(person: Beneficiary, column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM members_beneficiary WHERE number = %s",
            [person.number],
        )
        return bytes(cursor.fetchone()[0])


def overwrite(person: Beneficiary, column: str, value: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE members_beneficiary SET {column} = %s WHERE number = %s", [value, person.number]
        )


def test_a_sealed_value_opens_at_its_place_only() -> None:
    """A62"""
    box = seal(RING, b"284013818500187", place="members.nir.1")

    assert unseal(RING, box, place="members.nir.1") == b"284013818500187"
    with pytest.raises(SealBroken):
        unseal(RING, box, place="members.nir.2")


def test_the_same_value_is_sealed_differently_each_time() -> None:
    assert seal(RING, b"x", place="p") != seal(RING, b"x", place="p")


@pytest.mark.parametrize("position", [0, 1, 5, 15, -1])
def test_one_changed_byte_breaks_the_seal(position: int) -> None:
    box = bytearray(seal(RING, b"FR76", place="p"))
    box[position] ^= 1

    with pytest.raises(SealBroken):
        unseal(RING, bytes(box), place="p")


@pytest.mark.parametrize("length", [0, 1, 3, 10, 20])
def test_a_cut_value_breaks_the_seal(length: int) -> None:
    box = seal(RING, b"FR7630006000011234567890189", place="p")[:length]

    with pytest.raises(SealBroken):
        unseal(RING, box, place="p")


def test_what_an_old_key_sealed_still_opens_after_a_rotation_and_no_longer_without_it() -> None:
    """A64"""
    box = seal(RING, b"old", place="p")
    rotated = KeyRing(current="k2", keys={"k2": b"b" * 32, "k1": b"a" * 32}, index=RING.index)
    without = KeyRing(current="k2", keys={"k2": b"b" * 32}, index=RING.index)

    assert unseal(rotated, box, place="p") == b"old"
    assert seal(rotated, b"new", place="p")[1:3] == b"k2"
    with pytest.raises(SealBroken):
        unseal(without, box, place="p")


def test_keys_never_show_in_a_representation() -> None:
    assert "aaaa" not in repr(RING)
    assert "iiii" not in repr(RING)


def test_a_blind_index_differs_by_purpose_and_by_key() -> None:
    """A63"""
    other = dataclasses.replace(RING, index=b"j" * 32)

    assert RING.blind_index("nir", "1") != RING.blind_index("iban", "1")
    assert RING.blind_index("nir", "1") != other.blind_index("nir", "1")


def test_identity_number_account_and_contacts_are_not_readable_in_the_database(household: Household) -> None:
    """A62"""
    person = household.primary
    for column, clear in {
        "nir": "284013818500187",
        "iban": "FR7630006000011234567890189",
        "email": "anne@example.org",
        "mobile": "+33639980101",
        "account_holder": "Anne Vautrin",
    }.items():
        assert clear.encode() not in raw(person, column)
        assert getattr(Beneficiary.objects.get(pk=person.pk), column) == clear


def test_a_sealed_field_copied_to_another_row_does_not_open(household: Household) -> None:
    """A62"""
    overwrite(household.spouse, "iban", raw(household.primary, "iban"))
    victim = Beneficiary.objects.get(pk=household.spouse.pk)

    with pytest.raises(SealBroken):
        _ = victim.iban


def test_a_sealed_field_copied_to_another_column_does_not_open(household: Household) -> None:
    """A62"""
    overwrite(household.primary, "phone", raw(household.primary, "mobile"))

    with pytest.raises(SealBroken):
        _ = Beneficiary.objects.get(pk=household.primary.pk).phone


def test_a_sealed_field_of_another_table_does_not_open(household: Household) -> None:
    """A62: the same column, the same primary key, another table."""
    place = place_at("bank_accountchange", "iban", household.primary.pk)
    foreign = seal(settings.ENTRAIDE.keys, b"FR1420041010050500013M02606", place=place)
    overwrite(household.primary, "iban", foreign)

    with pytest.raises(SealBroken):
        _ = Beneficiary.objects.get(pk=household.primary.pk).iban


def test_saving_a_row_without_reading_its_sealed_fields_keeps_them(household: Household) -> None:
    before = raw(household.primary, "iban")
    person = Beneficiary.objects.get(pk=household.primary.pk)
    person.city = "Voiron"
    person.save()

    assert raw(household.primary, "iban") == before
    assert Beneficiary.objects.get(pk=person.pk).iban == "FR7630006000011234567890189"


def test_an_empty_sealed_field_stays_empty(household: Household) -> None:
    assert raw(household.child, "iban") == b""
    assert Beneficiary.objects.get(pk=household.child.pk).iban == ""


def test_the_sealed_id_of_a_reference_is_stable_and_not_guessable() -> None:
    """A36"""
    keys = settings.ENTRAIDE.keys

    assert keys.sealed_id("payment", "P-1") == keys.sealed_id("payment", "P-1")
    assert keys.sealed_id("payment", "P-1") != keys.sealed_id("line", "P-1")
    other = dataclasses.replace(keys, index=b"j" * 32)
    assert other.sealed_id("payment", "P-1") != keys.sealed_id("payment", "P-1")
