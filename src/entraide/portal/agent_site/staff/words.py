"""What accesses and their ways in are called."""

from django.utils.translation import gettext as _


def standing_words(standing: str) -> str:
    return {
        "active": _("En service"),
        "invited": _("Attend son mot de passe"),
        "ended": _("Fermé"),
    }[standing]


def way_words(kinds: tuple[str, ...]) -> str:
    """The ways in of one person; kinds as in `FactorKind`."""
    words = {"totp": _("Application"), "passkey": _("Clé d’accès")}
    return ", ".join(words[kind] for kind in kinds) or _("Aucun moyen de connexion")
