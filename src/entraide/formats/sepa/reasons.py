"""Why banks refuse or return a transfer: ISO 20022's codes in the words of every day."""

from collections.abc import Mapping
from types import MappingProxyType

from entraide.reimbursement.money import Words

REASONS: Mapping[str, Words] = MappingProxyType(
    {
        "AC01": Words("Le numéro de compte est faux.", "The account number is wrong."),
        "AC03": Words("Le compte du bénéficiaire est faux.", "The payee’s account is wrong."),
        "AC04": Words("Le compte est fermé.", "The account is closed."),
        "AC06": Words("Le compte est bloqué.", "The account is blocked."),
        "AC13": Words("Ce genre de compte ne convient pas.", "This kind of account does not fit."),
        "AG01": Words(
            "Ce compte ne peut pas recevoir de virement.", "This account cannot receive transfers."
        ),
        "AG02": Words(
            "La banque ne reconnaît pas ce genre d’opération.", "The bank does not know this kind of payment."
        ),
        "AM01": Words("Le montant est nul.", "The amount is zero."),
        "AM02": Words(
            "Le montant dépasse ce que la banque permet.", "The amount is more than the bank allows."
        ),
        "AM03": Words("La monnaie ne convient pas.", "The currency does not fit."),
        "AM04": Words(
            "Il n’y a pas assez d’argent sur le compte.", "There is not enough money in the account."
        ),
        "AM05": Words("Ce paiement a déjà été reçu.", "This payment was received before."),
        "AM06": Words("Le montant est trop petit.", "The amount is too small."),
        "AM07": Words("Le montant est bloqué.", "The amount is blocked."),
        "AM09": Words("Le montant ne correspond pas.", "The amount does not match."),
        "AM10": Words("Le total du fichier ne correspond pas.", "The file’s total does not match."),
        "ARDT": Words("L’argent a déjà été renvoyé.", "The money was sent back before."),
        "BE01": Words(
            "Le nom et le compte ne vont pas ensemble.", "Name and account do not belong together."
        ),
        "BE04": Words("L’adresse du bénéficiaire manque.", "The payee’s address is missing."),
        "BE05": Words("La banque ne reconnaît pas l’émetteur.", "The bank does not know the sender."),
        "BE06": Words("Personne de ce nom n’est connu de la banque.", "The bank knows nobody of this name."),
        "BE07": Words("L’adresse de l’émetteur manque.", "The sender’s address is missing."),
        "CNOR": Words(
            "La banque du bénéficiaire ne peut pas être jointe.", "The payee’s bank cannot be reached."
        ),
        "CUST": Words("Le client l’a demandé.", "The customer asked for it."),
        "CUTA": Words(
            "L’annulation est demandée, car une recherche est en cours.",
            "A cancellation was asked for, since an inquiry is under way.",
        ),
        "DNOR": Words(
            "La banque de l’émetteur ne peut pas être jointe.", "The sender’s bank cannot be reached."
        ),
        "DT01": Words("La date ne convient pas.", "The date does not fit."),
        "DUPL": Words("Le paiement est en double.", "The payment was made twice."),
        "ED05": Words(
            "Les banques n’ont pas pu échanger l’argent.", "The banks could not settle the payment."
        ),
        "ERIN": Words("L’option choisie n’est pas proposée.", "The chosen option is not offered."),
        "FF01": Words("Le fichier n’a pas la bonne forme.", "The file does not have the right form."),
        "FF03": Words("Le genre de paiement est faux.", "The kind of payment is wrong."),
        "FF05": Words("La sorte d’opération est fausse.", "The kind of instrument is wrong."),
        "FOCR": Words(
            "L’argent revient parce que l’annulation a été demandée.",
            "The money comes back because a cancellation was asked for.",
        ),
        "FR01": Words("Une fraude est soupçonnée.", "Fraud is suspected."),
        "FRAD": Words("Le paiement vient d’une fraude.", "The payment comes from fraud."),
        "INDM": Words("La durée est trop longue.", "The time is too long."),
        "LEGL": Words("Une règle de droit l’interdit.", "A legal rule forbids it."),
        "MD07": Words("La personne est décédée.", "The person has died."),
        "MS02": Words(
            "Le bénéficiaire l’a refusé, sans dire pourquoi.", "The payee refused it without saying why."
        ),
        "MS03": Words("La banque ne dit pas pourquoi.", "The bank does not say why."),
        "NARR": Words("La banque l’explique dans son message.", "The bank explains it in its message."),
        "NOAS": Words("Le bénéficiaire n’a pas répondu.", "The payee has not answered."),
        "NOOR": Words("Le premier paiement est introuvable.", "The first payment cannot be found."),
        "RC01": Words("Le code de la banque (BIC) est faux.", "The bank’s code (BIC) is wrong."),
        "RF01": Words("La référence a déjà servi.", "The reference was used before."),
        "RR01": Words(
            "Le compte ou l’identité de l’émetteur manque.", "The sender’s account or identity is missing."
        ),
        "RR02": Words(
            "Le nom ou l’adresse de l’émetteur manque.", "The sender’s name or address is missing."
        ),
        "RR03": Words(
            "Le nom ou l’adresse du bénéficiaire manque.", "The payee’s name or address is missing."
        ),
        "RR04": Words("Une règle de droit l’empêche.", "A rule of law prevents it."),
        "SL01": Words(
            "Un service particulier de la banque l’empêche.", "A special service of the bank prevents it."
        ),
        "SVNR": Words("Le service n’a pas été rendu.", "The service was not provided."),
        "TECH": Words("Un incident technique en est la cause.", "A technical fault is the cause."),
        "TM01": Words(
            "Le fichier est arrivé trop tard dans la journée.", "The file came too late in the day."
        ),
        "UPAY": Words("Le paiement n’était pas dû.", "The payment was not due."),
    }
)
_WITHOUT = Words("La banque ne donne pas de motif.", "The bank gives no reason.")


def reason_in_words(code: str) -> Words:
    """What a code means; an unknown one is named, so that it can be asked about."""
    if not code:
        return _WITHOUT
    unknown = Words(f"La banque donne le motif {code}.", f"The bank gives the reason {code}.")
    return REASONS.get(code, unknown)
