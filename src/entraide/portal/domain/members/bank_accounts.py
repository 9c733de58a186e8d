"""A person's account: how an equal one is found without its number, and what a file may not undo."""

from django.conf import settings

from entraide.portal.domain.members.models import Beneficiary

# More changes than anybody makes before the management system has taken in the first of them.
_REMEMBERED = 10


def account_index(iban: str) -> str:
    """Finds equal accounts (an IBAN in its electronic form), the blank one too."""
    return settings.ENTRAIDE.keys.blind_index("iban", iban)


def index_on_file(iban: str) -> str:
    """The same as a row keeps it: blank for no account."""
    return account_index(iban) if iban else ""


def put_account_on_file(person: Beneficiary, *, iban: str, bic: str, holder: str) -> None:
    """Writes an account that was asked for at the portal, and remembers the one that it replaces (A71)."""
    replaced = [one for one in person.replaced_accounts if one != account_index(iban)]
    person.replaced_accounts = [*replaced, account_index(person.iban)][-_REMEMBERED:]
    person.iban, person.bic, person.account_holder = iban, bic, holder
    person.iban_index = index_on_file(iban)
    person.save(update_fields=["iban", "bic", "account_holder", "iban_index", "replaced_accounts"])


def says_what_was_replaced(person: Beneficiary, *, iban: str) -> bool:
    """Whether a file still tells an account that a change at the portal replaced: it knows nothing new."""
    return bool(person.replaced_accounts) and account_index(iban) in person.replaced_accounts


def families_with(iban_index: str) -> set[str]:
    """Ids of the memberships that have this account on file."""
    rows = Beneficiary.objects.filter(iban_index=iban_index)
    return {str(one) for one in rows.values_list("member_id", flat=True)}
