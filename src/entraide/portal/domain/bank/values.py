"""What may be typed as an account: each refusal says what to do, and belongs to its field."""

from django.utils.translation import gettext as _

from entraide.formats import iban as iban_format
from entraide.formats.sepa.area import COUNTRIES
from entraide.portal.domain.errors import DomainError

# As long as a name may be in a transfer (SEPA); the file of the management system takes 80.
LONGEST_HOLDER = 70


def checked_iban(text: str) -> str:
    """The IBAN in its electronic form; DomainError(field="iban") when it is none, or outside SEPA."""
    try:
        number = iban_format.parse(text)
    except iban_format.IbanError as error:
        raise DomainError(_iban_sentences()[error.code], field="iban") from None
    if number[:2] not in COUNTRIES:
        raise DomainError(
            _("Nous ne pouvons pas virer vers ce pays : choisissez un compte de la zone SEPA."), field="iban"
        )
    return number


def checked_bic(text: str) -> str:
    """The BIC, or blank: a transfer finds its bank without. DomainError(field="bic")."""
    if not iban_format.normalise(text):
        return ""
    try:
        return iban_format.parse_bic(text)
    except iban_format.BicError:
        raise DomainError(
            _("Ce BIC n’est pas complet : il a 8 ou 11 lettres et chiffres. Vous pouvez le laisser vide."),
            field="bic",
        ) from None


def checked_holder(text: str) -> str:
    """The holder's name on one line; accents, apostrophes and hyphens stay. DomainError(field="holder")."""
    name = " ".join(text.split())
    if not any(letter.isalpha() for letter in name):
        raise DomainError(_("Écrivez le nom du titulaire, comme sur le RIB."), field="holder")
    if len(name) > LONGEST_HOLDER:
        raise DomainError(
            _("Ce nom est trop long pour un virement : 70 signes au plus, comme sur le RIB."), field="holder"
        )
    if not name.isprintable() or any(sign in "<>{}@" for sign in name):
        raise DomainError(_("Écrivez seulement le nom du titulaire, comme sur le RIB."), field="holder")
    return name


def _iban_sentences() -> dict[str, str]:
    typing = _("Cet IBAN contient une faute de frappe : comparez-le chiffre par chiffre avec votre RIB.")
    return {
        "empty": _("Tapez l’IBAN du nouveau compte : il est écrit sur votre RIB."),
        "characters": _(
            "Un IBAN commence par deux lettres et deux chiffres, comme FR76 : recopiez-le du RIB."
        ),
        "country": _(
            "Nous ne pouvons pas virer vers un IBAN qui commence ainsi : vérifiez les deux premières "
            "lettres, ou choisissez un compte de la zone SEPA."
        ),
        "length": _("Il manque des caractères à cet IBAN, ou il y en a trop : en France il en a 27."),
        "key": typing,
        "rib_key": typing,
    }
