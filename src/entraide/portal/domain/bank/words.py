"""Why a change was not carried out, as its reader understands it, and what to do next."""

from entraide.portal.domain.bank.enums import RefusalReason
from entraide.profiles import Text

_WORDS = {
    RefusalReason.HOLDER_MISMATCH: Text(
        "Le titulaire du RIB n’est pas celui que vous avez écrit. "
        "Recopiez le nom exact du RIB dans une nouvelle demande.",
        "The holder on the bank document is not the one that you wrote. "
        "Copy the exact name from the document in a new request.",
    ),
    RefusalReason.PAPER_MISMATCH: Text(
        "Le RIB joint n’est pas celui du compte que vous avez écrit. "
        "Faites une nouvelle demande avec le bon RIB.",
        "The bank document is not that of the account that you wrote. "
        "Make a new request with the right document.",
    ),
    RefusalReason.PAPER_UNREADABLE: Text(
        "Le RIB joint n’est pas lisible. Faites une nouvelle demande avec une photo nette ou un PDF.",
        "The bank document cannot be read. Make a new request with a sharp photo or a PDF.",
    ),
    RefusalReason.NOT_CONFIRMED: Text(
        "Nous n’avons pas pu vérifier avec vous que la demande est la vôtre. Appelez-nous.",
        "We could not make sure with you that the request is yours. Call us.",
    ),
    RefusalReason.ACCOUNT_MOVED: Text(
        "Le compte enregistré a changé entre-temps. Vérifiez-le, puis faites une nouvelle demande si besoin.",
        "The account on file changed meanwhile. Check it, then make a new request if need be.",
    ),
    RefusalReason.NO_LONGER_ALLOWED: Text(
        "La personne qui l’avait demandé ne peut plus changer ce compte. Appelez-nous.",
        "The person who had asked may no longer change this account. Call us.",
    ),
}


def refusal_in_words(reason: RefusalReason) -> Text:
    return _WORDS[reason]
