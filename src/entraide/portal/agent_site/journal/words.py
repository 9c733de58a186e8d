"""What the facts of the journal are called, and what is said of each."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.words import role_words


def kind_words(kind: str) -> str:
    """The name of a fact; its name in the code for one that nobody named."""
    return {
        "AccessChangeAsked": _("Accès ou rôle demandé"),
        "AccessChangeAgreed": _("Accès ou rôle accordé par une seconde personne"),
        "AccessChangeRefused": _("Accès ou rôle refusé"),
        "AccessChangeWithdrawn": _("Demande d’accès retirée"),
        "AccessChangeLapsed": _("Demande d’accès restée sans réponse"),
        "AccessListTaken": _("Liste des accès téléchargée"),
        "AgentInvited": _("Lien d’accès envoyé"),
        "AgentRoleChanged": _("Rôle changé"),
        "AgentEnded": _("Accès fermé"),
        "AgentPasswordSet": _("Mot de passe choisi"),
        "AgentSignedIn": _("Connexion"),
        "AgentLocked": _("Alerte : trop de mots de passe faux à la gestion"),
        "FactorAdded": _("Moyen de connexion ajouté"),
        "FactorRemoved": _("Moyen de connexion retiré"),
        "FactorGuessed": _("Alerte : trop de codes faux à la gestion"),
        "RecoveryCodesMade": _("Codes de secours refaits"),
        "RecoveryCodeUsed": _("Code de secours utilisé"),
        "PasskeyCloned": _("Alerte : copie d’une clé d’accès"),
        "ListExportAsked": _("Export de liste demandé"),
        "ListExportApproved": _("Export de liste accordé"),
        "ListExportRefused": _("Export de liste refusé"),
        "ListExportReady": _("Export de liste prêt"),
        "ListExportTaken": _("Export de liste téléchargé"),
        "ListExportExpired": _("Export de liste terminé sans suite"),
        "ManyOpenings": _("Alerte : beaucoup de dossiers ouverts en une heure"),
        "OpenedAtNight": _("Alerte : dossier ouvert la nuit"),
        "ColleagueOpened": _("Alerte : dossier d’un collègue ouvert"),
        "ManySearches": _("Alerte : beaucoup de recherches en un jour"),
        "EmergencyOpened": _("Alerte : accès d’urgence ouvert"),
        "EmergencyStopped": _("Accès d’urgence terminé avant l’heure"),
        "EmergencyApproved": _("Accès d’urgence relu et approuvé"),
        "EmergencyObjected": _("Alerte : accès d’urgence contesté à la relecture"),
        "SignInStorm": _("Alerte : beaucoup de mots de passe faux chez les adhérents"),
        "AccountFrozen": _("Accès d’un adhérent gelé"),
        "AccountUnfrozen": _("Accès d’un adhérent dégelé"),
    }.get(kind, kind)


def detail_words(kind: str, data: dict[str, Any]) -> str:
    """The codes and counts of a fact in words; blank when there is nothing to add."""
    if "former" in data:
        return f"{role_words(Role(data['former']))} → {role_words(Role(data['role']))}"
    if "role" in data:
        return role_words(Role(data["role"]))
    if "reference" in data:
        return str(data["reference"])
    if kind in {"FactorAdded", "FactorRemoved"}:
        return {"totp": _("application"), "passkey": _("clé d’accès")}.get(str(data.get("kind")), "")
    if "hour" in data:
        return _("vers %(hour)s h") % {"hour": data["hour"]}
    for name in ("rows", "openings", "searches", "failures"):
        if name in data:
            return _counted(name, int(data[name]))
    return ""


def _counted(name: str, number: int) -> str:
    if name == "rows":
        return ngettext("%(n)s ligne", "%(n)s lignes", number) % {"n": number}
    if name in {"openings", "searches"}:
        return _("plus de %(n)s") % {"n": number}
    return ngettext("%(n)s essai", "%(n)s essais", number) % {"n": number}
