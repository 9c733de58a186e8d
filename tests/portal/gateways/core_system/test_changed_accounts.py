"""A file that has not heard of a change asked at the portal does not undo it (A71)."""

from pathlib import Path

import pytest

from entraide.formats import iban as iban_format
from entraide.portal.domain.members.bank_accounts import index_on_file, put_account_on_file
from entraide.portal.domain.members.models import Beneficiary
from tests.portal.gateways.core_system.exports import IBAN, family, load

pytestmark = pytest.mark.django_db
B, C, D = (iban_format.make_french("20041", "01005", f"050001{number}M026") for number in (4, 5, 6))


def load_account(folder: Path, iban: str) -> Beneficiary:
    """Loads the family with this account for Anne, and returns her."""
    tables = family()
    holder = "Anne Vautrin" if iban else ""
    tables["beneficiaries"][0] |= {"iban": iban, "account_holder": holder, "bic": ""}
    load(folder, tables)
    return Beneficiary.objects.get(number="50010001")


def change(person: Beneficiary, iban: str) -> None:
    put_account_on_file(person, iban=iban, bic="PSSTFRPPGRE", holder="Anne V.")


def test_a_file_with_the_old_account_keeps_the_new_one_and_the_rest_of_the_row(tmp_path: Path) -> None:
    change(load_account(tmp_path, IBAN), B)
    tables = family()
    tables["beneficiaries"][0] |= {"city": "Voiron"}
    for _ in range(3):
        load(tmp_path, tables)

    anne = Beneficiary.objects.get(number="50010001")
    assert (anne.iban, anne.bic, anne.account_holder, anne.city) == (B, "PSSTFRPPGRE", "Anne V.", "Voiron")
    assert anne.iban_index == index_on_file(B)


def test_a_file_with_the_new_account_agrees_and_after_it_the_old_one_is_news(tmp_path: Path) -> None:
    change(load_account(tmp_path, IBAN), B)

    anne = load_account(tmp_path, B)
    assert (anne.iban, anne.account_holder, anne.replaced_accounts) == (B, "Anne Vautrin", [])

    assert load_account(tmp_path, IBAN).iban == IBAN


def test_a_third_account_of_the_file_takes_its_place(tmp_path: Path) -> None:
    change(load_account(tmp_path, IBAN), B)

    anne = load_account(tmp_path, D)

    assert (anne.iban, anne.iban_index, anne.replaced_accounts) == (D, index_on_file(D), [])


def test_a_person_without_an_account_in_the_file_keeps_the_first_one(tmp_path: Path) -> None:
    change(load_account(tmp_path, ""), B)

    assert load_account(tmp_path, "").iban == B


def test_a_file_that_is_two_changes_behind_undoes_neither(tmp_path: Path) -> None:
    change(load_account(tmp_path, IBAN), B)
    change(Beneficiary.objects.get(number="50010001"), C)

    assert load_account(tmp_path, IBAN).iban == C
    assert load_account(tmp_path, B).iban == C
    assert load_account(tmp_path, C).replaced_accounts == []


def test_going_back_to_the_first_account_is_a_change_like_another(tmp_path: Path) -> None:
    change(load_account(tmp_path, IBAN), B)
    change(Beneficiary.objects.get(number="50010001"), IBAN)

    assert load_account(tmp_path, B).iban == IBAN
    assert load_account(tmp_path, IBAN).replaced_accounts == []
