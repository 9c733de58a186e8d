"""Invented data for the gallery: nobody here exists."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

KINDS = (
    "consultation",
    "specialist",
    "pharmacy",
    "laboratory",
    "imaging",
    "paramedical",
    "dental",
    "optical",
    "hearing",
    "hospital",
    "transport",
    "alternative",
    "prevention",
    "other",
)
STATES = ("received", "checked", "in_progress", "waiting_for_member", "done", "refused", "withdrawn")


@dataclass(frozen=True)
class Line:
    on: date
    kind: str
    person: str
    professional: str
    charged: int
    amo: int
    amc: int
    left: int


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    at: datetime | None = None
    note: str = ""
    words: str = ""
    files: tuple[()] = ()
    papers: tuple[()] = ()


LINES = (
    Line(date(2026, 3, 3), "consultation", "Alice Marchetti", "Dr Hélène Vasseur", 3000, 1900, 900, 200),
    Line(
        date(2026, 2, 26),
        "optical",
        "Théo Marchetti-Desrosiers",
        "Optique du Vieux Pont",
        38900,
        5,
        30000,
        8895,
    ),
    Line(date(2026, 2, 11), "pharmacy", "Alice Marchetti", "Pharmacie des Tilleuls", 1834, 1092, 642, 100),
    Line(date(2026, 1, 19), "hospital", "Alice Marchetti", "Clinique Beausoleil", 124_750, 99_800, 24_950, 0),
)
PAYMENTS = LINES[:3]

TODAY = date(2026, 3, 3)
_BASE = {"fr": "Contrat socle", "en": "Base contract"}
ALLOWANCES: tuple[dict[str, Any], ...] = (
    {
        "label": {"fr": "Médecines douces", "en": "Soft medicine"}, "contract": _BASE,
        "acts": 1, "of_acts": 3, "amount": None, "of_amount": None, "last": date(2026, 12, 31),
    },
    {
        "label": {"fr": "Prothèses dentaires", "en": "Dental prostheses"}, "contract": _BASE,
        "acts": None, "of_acts": None, "amount": 108000, "of_amount": 150000, "last": None,
    },
)  # fmt: skip
RENEWALS: tuple[dict[str, Any], ...] = (
    {"hearing": False, "on": date(2027, 6, 16)},
    {"hearing": True, "on": TODAY},
)
TELECONSULTATIONS: dict[str, Any] = {
    "partner": {"name": "Lointaine", "phone": "01 99 00 12 34"},
    "year": 2026, "told_until": date(2026, 3, 1),
    "last_day": date(2026, 12, 31), "starts_again_on": date(2027, 1, 1),
    "people": (
        {"person": {"full_name": "Alice Marchetti"}, "used": 3, "limit": 5, "left": 2},
        {"person": {"full_name": "Théo Marchetti-Desrosiers"}, "used": 5, "limit": 5, "left": 0},
    ),
}  # fmt: skip


def story() -> dict[str, list[dict[str, Any]]]:
    """An explanation, in the current language."""
    steps = (
        (_("Prix payé (frais réels)"), 38900, "", False),
        (_("Versé par la Sécurité sociale"), 5, _("Taux de l’acte, 60 %"), True),
        (_("Versé par votre mutuelle"), 30000, "", True),
        (_("Reste à votre charge"), 8895, "", True),
    )
    return {
        "sentences": [
            {"words": words, "amount": cents, "rule": rule, "note": "", "strong": strong}
            for words, cents, rule, strong in steps
        ],
        "origins": [{"rule": _("Taux de l’acte, 60 %"), "source": "CSS art. R160-5"}],
    }


FILES: tuple[dict[str, Any], ...] = (
    {"id": "1", "name": "facture-opticien.pdf", "size": 348_120, "state": "ready"},
    {"id": "2", "name": "ordonnance.jpg", "size": 2_412_000, "state": "checking"},
    {
        "id": "3",
        "name": "decompte-de-securite-sociale-janvier-2026-page-1.pdf",
        "size": 96_400,
        "state": "stored",
    },
    {"id": "4", "name": "photo.docx", "size": 15_800, "state": "refused"},
)
PROOF = (
    {"name": "facture-opticien.pdf", "size": 348_120, "sha256": "9f2c41d07be6a35188c0f4e2d96b7a13" * 2},
    {"name": "ordonnance.jpg", "size": 2_412_000, "sha256": "03bd7761ae92f0485c1d8e34f7a6209b" * 2},
)
IMAGES = (("1", "apple"), ("2", "boat"), ("3", "pear"), ("4", "boat"), ("5", "apple"), ("6", "boat"))

WRONG_ANSWERS = {
    "member_number": "3004",
    "birth_date": "31/02/1954",
    "mobile": "06 39 98 00 00",
    "subject": "moon",
}


def timelines() -> dict[str, list[Step]]:
    """One request under way, one refused."""
    received = Step(_("Reçue"), "done", datetime(2026, 3, 2, 9, 14, tzinfo=UTC), _("2 fichiers, aucun virus"))
    checked = Step(_("Vérifiée"), "done", datetime(2026, 3, 3, 13, 40, tzinfo=UTC))
    current = Step(_("En cours"), "current", note=_("Réponse avant le 12 mars 2026"))
    refused = Step(
        _("Refusée"),
        "refused",
        datetime(2026, 3, 4, 8, 5, tzinfo=UTC),
        _("La facture n’est pas lisible. Envoyez-la à nouveau."),
    )
    return {
        "under_way": [received, checked, current, Step(_("Terminée"), "todo")],
        "refused": [received, checked, refused],
    }


def criteria() -> tuple[dict[str, Any], ...]:
    """The rules of a password, as the page that sets one lists them."""
    return (
        {"rule": "min_length", "value": 12, "label": _("au moins 12 caractères")},
        {"rule": "lower", "label": _("une lettre minuscule")},
        {"rule": "classes", "value": 2, "label": _("deux sortes parmi : chiffre, majuscule, signe")},
        {"rule": "passphrase", "value": 20, "label": _("ou 20 caractères, et le reste n’est pas nécessaire")},
    )
