"""How often a password is changed and compared with the former ones (A11, PWD-10)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from entraide.portal.domain.access.actions import passwords
from entraide.portal.domain.access.actions.passwords import change_password, set_password
from entraide.portal.domain.access.enums import LinkPurpose
from entraide.portal.domain.access.models import PasswordLink
from entraide.portal.domain.access.numbers import token_hash
from entraide.portal.domain.access.password_changes import CHANGES_PER_DAY, COMPARISONS_PER_DAY
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from tests.conftest import PASSWORD, Household

NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each comparison of a password with a hash; `PASSWORD` is what was ever used."""
    made: list[str] = []

    def compare(password: str, hashed: str) -> bool:
        made.append(hashed)
        return password == PASSWORD

    monkeypatch.setattr(passwords, "check_password", compare)
    monkeypatch.setattr("entraide.portal.domain.access.passwords.check_password", compare)
    return made


def change(household: Household, new: str, *, after: timedelta = timedelta()) -> None:
    account = Account.objects.get(pk=household.primary.account_id)
    change_password(account=account, old=PASSWORD, new=new, language="fr", now=NOW + after)


def link_of(household: Household) -> str:
    token = "0" * 32
    PasswordLink.objects.create(
        token_hash=token_hash(token), beneficiary=household.primary, purpose=LinkPurpose.RESET,
        created_at=NOW, expires_at=NOW + timedelta(hours=2),
    )  # fmt: skip
    return token


def recover(household: Household, token: str, password: str) -> Account:
    born = household.primary.birth_date
    return set_password(token=token, birth_date=born, password=password, language="fr", now=NOW)


def test_a_password_changes_five_times_a_day_and_again_the_next(
    household: Household, hashes: list[str]
) -> None:
    for turn in range(CHANGES_PER_DAY):
        change(household, f"Marronnier-{turn}-vert")
    hashes.clear()

    with pytest.raises(DomainError, match="Réessayez demain") as caught:
        change(household, "Marronnier-9-vert")
    assert caught.value.field == "new_password1"
    assert hashes == []

    change(household, "Marronnier-9-vert", after=timedelta(days=1))


def test_new_passwords_refused_for_having_been_used_are_counted(
    household: Household, hashes: list[str]
) -> None:
    for _turn in range(COMPARISONS_PER_DAY):
        with pytest.raises(DomainError, match="déjà utilisé"):
            change(household, PASSWORD)
    hashes.clear()

    with pytest.raises(DomainError, match="Réessayez demain"):
        change(household, PASSWORD)
    assert hashes == []


def test_a_password_that_breaks_the_rule_costs_no_hash(household: Household, hashes: list[str]) -> None:
    for _turn in range(2 * COMPARISONS_PER_DAY):
        with pytest.raises(DomainError):
            change(household, "court")

    assert hashes == []
    change(household, "Marronnier-1954-vert")


def test_what_happens_inside_keeps_nobody_from_recovering(household: Household, hashes: list[str]) -> None:
    for turn in range(CHANGES_PER_DAY):
        change(household, f"Marronnier-{turn}-vert")

    assert recover(household, link_of(household), "Bouleau-1954-gris").check_password("Bouleau-1954-gris")


def test_a_link_compares_so_many_passwords_and_says_how_to_go_on(
    household: Household, hashes: list[str]
) -> None:
    token = link_of(household)
    for _turn in range(COMPARISONS_PER_DAY):
        with pytest.raises(DomainError, match="déjà utilisé"):
            recover(household, token, PASSWORD)
    hashes.clear()

    with pytest.raises(DomainError, match="Demandez-en un nouveau"):
        recover(household, token, PASSWORD)
    assert hashes == []


def test_the_former_passwords_are_looked_at_outside_any_transaction(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody who writes waits for the hashes."""
    depth: list[int] = []
    outside = len(passwords.transaction.get_connection().savepoint_ids)

    def compare(_password: str, _hashed: str) -> bool:
        depth.append(len(passwords.transaction.get_connection().savepoint_ids) - outside)
        return False

    monkeypatch.setattr("entraide.portal.domain.access.passwords.check_password", compare)
    change(household, "Marronnier-1954-vert")
    assert depth
    assert set(depth) == {0}
