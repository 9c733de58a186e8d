"""Everything that must be right about an order before it is written."""

import re
from collections.abc import Callable, Iterator

from entraide.formats import iban
from entraide.formats.iban import BicError, IbanError, IbanFault
from entraide.formats.money import format_cents
from entraide.formats.sepa import limits
from entraide.formats.sepa.area import COUNTRIES
from entraide.formats.sepa.charset import bank_text, is_identifier
from entraide.formats.sepa.clock import in_paris
from entraide.formats.sepa.faults import SepaFault
from entraide.formats.sepa.order import Account, CreditTransfer, TransferOrder
from entraide.reimbursement.money import Words

# The schema of .03 is the stricter one, and both versions of a file must be able to leave.
_BIC = re.compile(r"[A-Z]{6}[A-Z2-9][A-NP-Z0-9](?:[A-Z0-9]{3})?", re.ASCII)
# What banks themselves write when there is no reference: an answer about it would be about nobody.
_NO_REFERENCE = "NOTPROVIDED"

_AN_IDENTIFIER = Words(
    "1 à 35 lettres sans accent, chiffres ou signes / ? : ( ) . , ' + -, sans / au bord ni doublé",
    "1 to 35 letters without accents, digits or signs / ? : ( ) . , ' + -, no / at the ends, none doubled",
)
_A_NAME = Words(
    "un nom qui a au moins une lettre ou un chiffre",
    "a name that has at least one letter or digit",
)
_A_REMITTANCE = Words(
    "un motif de 1 à 140 caractères une fois écrit sans accents",
    "a text of 1 to 140 characters once written without accents",
)
_AN_AMOUNT = Words("un montant de 0,01 à 999 999 999,99 €", "an amount from €0.01 to €999,999,999.99")
_A_BIC = Words(
    "un BIC de 8 ou 11 caractères, ou aucun",
    "a BIC of 8 or 11 characters, or none",
)
_IN_SEPA = Words("un compte d’un pays de l’espace SEPA", "an account in a country of the SEPA area")
_IBAN_RULES: dict[IbanFault, Words] = {
    "empty": Words("un IBAN", "an IBAN"),
    "characters": Words("un IBAN de lettres et de chiffres", "an IBAN of letters and digits"),
    "country": Words("un IBAN d’un pays qui en a", "an IBAN of a country that has one"),
    "length": Words("un IBAN de la longueur de son pays", "an IBAN as long as its country’s are"),
    "key": Words("un IBAN dont la clé est juste", "an IBAN whose check digits are right"),
    "rib_key": Words("un IBAN dont la clé RIB est juste", "an IBAN whose French account key is right"),
}

Report = Callable[[Words, str, Words], SepaFault]


def faults_of(order: TransferOrder) -> Iterator[SepaFault]:
    """Every fault of the order, the file's own first, then transfer by transfer."""
    yield from _heading(order)
    seen: set[str] = set()
    for number, transfer in enumerate(order.transfers, start=1):
        yield from _transfer(transfer, number=number, seen=seen)
        seen.add(transfer.end_to_end_id)


def _heading(order: TransferOrder) -> Iterator[SepaFault]:
    if not _fits(order.message_id):
        yield _of_file(Words("référence du fichier", "message id"), order.message_id, _AN_IDENTIFIER)
    if not order.transfers:
        yield _of_file(Words("virements", "transfers"), "", Words("au moins un", "at least one"))
    if order.made_at.tzinfo is None:
        expected = Words("une heure avec son fuseau", "a time with its zone")
        yield _of_file(Words("heure du fichier", "time of the file"), order.made_at.isoformat(), expected)
    elif order.execute_on < (day := in_paris(order.made_at).date()):
        expected = Words(f"le {day:%d/%m/%Y} ou plus tard", f"{day.isoformat()} or later")
        yield _of_file(Words("jour d’exécution", "execution day"), order.execute_on.isoformat(), expected)
    yield from _account(order.debtor, whose=Words("compte débité", "debtor’s account"), report=_of_file)


def _transfer(transfer: CreditTransfer, *, number: int, seen: set[str]) -> Iterator[SepaFault]:
    reference = transfer.end_to_end_id

    def report(what: Words, found: str, expected: Words) -> SepaFault:
        named = f"{number} ({reference})" if reference else str(number)
        place = Words(f"virement {named}, {what.fr}", f"transfer {named}, {what.en}")
        return SepaFault(place, found=found, expected=expected, end_to_end_id=reference)

    its_reference = Words("référence de bout en bout", "end-to-end id")
    if not _fits(reference) or reference == _NO_REFERENCE:
        yield report(its_reference, reference, _AN_IDENTIFIER)
    elif reference in seen:
        once = Words("une référence par virement", "one reference for each transfer")
        yield report(its_reference, reference, once)
    # A bool is an int and a float may slip through untyped callers: neither is money.
    if type(transfer.amount) is not int:
        yield report(Words("montant", "amount"), repr(transfer.amount), _AN_AMOUNT)
    elif not 0 < transfer.amount <= limits.HIGHEST_AMOUNT:
        yield report(Words("montant", "amount"), format_cents(transfer.amount), _AN_AMOUNT)
    if not 0 < len(written := bank_text(transfer.remittance)) <= limits.REMITTANCE:
        found = f"{len(written)}" if written else ""
        yield report(Words("longueur du motif", "length of the remittance"), found, _A_REMITTANCE)
    yield from _account(transfer.creditor, whose=Words("bénéficiaire", "creditor"), report=report)


def _account(account: Account, *, whose: Words, report: Report) -> Iterator[SepaFault]:
    def part(french: str, english: str) -> Words:
        return Words(f"{whose.fr}, {french}", f"{whose.en}, {english}")

    if not any(sign.isalnum() for sign in bank_text(account.name, limit=limits.NAME)):
        yield report(part("nom du titulaire", "holder’s name"), account.name, _A_NAME)
    try:
        country = iban.parse(account.iban)[:2]
    except IbanError as error:
        yield report(part("IBAN", "IBAN"), _masked(account.iban), _IBAN_RULES[error.code])
    else:
        if country not in COUNTRIES:
            yield report(part("IBAN", "IBAN"), _masked(account.iban), _IN_SEPA)
    if account.bic and not _is_bic(account.bic):
        yield report(part("BIC", "BIC"), account.bic, _A_BIC)


def _of_file(what: Words, found: str, expected: Words) -> SepaFault:
    return SepaFault(what, found=found, expected=expected)


def _fits(identifier: str) -> bool:
    return len(identifier) <= limits.IDENTIFIER and is_identifier(identifier)


def _is_bic(text: str) -> bool:
    try:
        return bool(_BIC.fullmatch(iban.parse_bic(text)))
    except BicError:
        return False


def _masked(number: str) -> str:
    return iban.mask(number) if number.strip() else ""
