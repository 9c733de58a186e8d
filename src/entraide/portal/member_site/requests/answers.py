"""The answers of a form, in words: what was asked, what was answered."""

from datetime import date

from django.utils.translation import gettext as _

from entraide.formats import nir
from entraide.portal.domain.requests.queries import RequestDetail
from entraide.portal.foundation.web.wording import day

_DAYS = frozenset({"birth_date", "since", "last_day"})


def answers_of(detail: RequestDetail) -> list[tuple[str, str]]:
    """Pairs for a list of facts; a health insurance number stays masked (X10)."""
    labels, words = _labels(), _words()
    return [
        (labels.get(key, key), _shown(key, value, words)) for key, value in detail.answers if key in labels
    ]


def _shown(key: str, value: str, words: dict[tuple[str, str], str]) -> str:
    if key in _DAYS:
        return day(date.fromisoformat(value))
    if key == "nir":
        return nir.mask(value)
    return words.get((key, value), value)


def _labels() -> dict[str, str]:
    return {
        "feed": _("Télétransmission"),
        "civility": _("Civilité"),
        "last_name": _("Nom"),
        "first_name": _("Prénom"),
        "birth_date": _("Date de naissance"),
        "nir": _("Numéro de Sécurité sociale"),
        "since": _("À partir du"),
        "reason": _("Pourquoi ?"),
        "last_day": _("Dernier jour de couverture"),
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
    }
