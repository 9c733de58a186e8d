"""The answers of a form, in words: what was asked, what was answered."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.formats import finess, mobile, nir, phone
from entraide.portal.domain.requests.pieces import paper_named
from entraide.portal.foundation.web.wording import day, moment, money, text

_DAYS = frozenset(
    {
        "about_payment",
        "ends_on",
        "birth_date",
        "since",
        "last_day",
        "care_date",
        "prescription_date",
        "admission_date",
    }
)

_AMOUNTS = frozenset({"amount", "compulsory", "aid_amount", "resources", "about_paid"})


def in_words(answers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs for a list of facts; a health insurance number stays masked (X10)."""
    labels, words = _labels(), _words()
    return [(labels.get(key, key), _shown(key, value, words)) for key, value in answers if key in labels]


def day_answered(answers: Iterable[tuple[str, str]], key: str) -> date | None:
    """The day that was answered under this key; None without it."""
    told = dict(answers).get(key)
    return date.fromisoformat(told) if told else None


def _shown(key: str, value: str, words: dict[tuple[str, str], str]) -> str:
    if key in _DAYS:
        return day(date.fromisoformat(value))
    if key == "slot":
        return moment(datetime.fromisoformat(value))
    if key in {"phone", "call_phone"}:
        return mobile.national(value)
    if key == "nir":
        return nir.mask(value)
    if key in _AMOUNTS:
        return money(int(value))
    if key == "without":
        return ", ".join(_paper_name(one) for one in value.split(","))
    if key == "finess":
        return finess.grouped(value)
    if key == "fax":
        return phone.national(value)
    if key == "department":
        return _department(value)
    return words.get((key, value), value)


def _paper_name(paper_id: str) -> str:
    found = paper_named(paper_id)
    return text(found.label) if found else paper_id


def _department(department_id: str) -> str:
    """Of the hospital; the id itself when the mutual no longer offers it."""
    offered = {one.id: text(one.label) for one in settings.PROFILE.hospital.departments}
    return offered.get(department_id, department_id)


def _labels() -> dict[str, str]:
    return {
        "slot": _("Nous vous appelons le"),
        "phone": _("Au numéro"),
        "feed": _("Télétransmission"),
        "civility": _("Civilité"),
        "last_name": _("Nom"),
        "first_name": _("Prénom"),
        "birth_date": _("Date de naissance"),
        "nir": _("Numéro de Sécurité sociale"),
        "since": _("À partir du"),
        "reason": _("Pourquoi ?"),
        "last_day": _("Dernier jour de couverture"),
        "professional": _("Professionnel ou établissement"),
        "amount": _("Montant payé"),
        "compulsory": _("Payé par la Sécurité sociale"),
        "anyway": _("Malgré l’avertissement"),
        "paid": _("Ce qui a été payé"),
        "care_date": _("Date du soin ou de l’achat"),
        "prescription_date": _("Date de la prescription"),
        "old_prescription": _("Prescription ancienne"),
        "without": _("Envoyé sans"),
        "facility_name": _("Établissement"),
        "finess": _("Numéro FINESS"),
        "facility_address": _("Adresse"),
        "department": _("Service"),
        "admission_date": _("Date d’entrée"),
        "fax": _("Fax des admissions"),
        "email": _("E-mail des admissions"),
        "card_reason": _("Pourquoi ?"),
        "cards": _("Cartes demandées ensemble"),
        "post_to": _("À envoyer à"),
        "about_request": _("À propos de la demande"),
        "about_payment": _("À propos du versement du"),
        "about_paid": _("Montant du versement"),
        "wish": _("Ce que vous attendez de nous"),
        "aid_amount": _("Reste à payer"),
        "resources": _("Ressources du foyer, par mois"),
        "call_phone": _("À rappeler au"),
        "ended_contract": _("Contrat résilié"),
        "ended_along": _("Contrats qui finissent avec lui"),
        "ends_on": _("Dernier jour de couverture"),
        "ending_way": _("Règle appliquée"),
        "ended_people": _("Personnes couvertes jusque-là"),
    }


def _words() -> dict[tuple[str, str], str]:
    return {
        ("feed", "on"): _("À activer"),
        ("feed", "off"): _("À arrêter"),
        ("civility", "mme"): _("Madame"),
        ("civility", "m"): _("Monsieur"),
        ("reason", "other_cover"): _("Une autre mutuelle couvre cette personne"),
        ("reason", "separation"): _("Séparation, divorce, fin de PACS"),
        ("reason", "independent"): _("Un enfant devenu indépendant"),
        ("reason", "death"): _("Un décès"),
        ("reason", "other"): _("Une autre raison"),
        ("paid", "all"): _("Tous les frais"),
        ("paid", "third_party"): _("La part de la mutuelle"),
        ("paid", "part"): _("Une partie du reste"),
        ("card_reason", "lost"): _("Carte perdue"),
        ("card_reason", "stolen"): _("Carte volée"),
        ("card_reason", "damaged"): _("Carte abîmée"),
        ("card_reason", "never_came"): _("Carte jamais arrivée"),
        ("anyway", "yes"): _("Envoyée quand même"),
        ("old_prescription", "yes"): _("Envoyée quand même"),
        ("ending_way", "anytime"): _("À tout moment après un an (article L221-10-2 du Code de la mutualité)"),
        ("ending_way", "yearly"): _(
            "À la fin de l’année du contrat (article L221-10 du Code de la mutualité)"
        ),
    }
