"""A reading of the journal as a sentence."""

from django.utils.translation import gettext as _

from entraide.portal.domain.consultations.enums import ReaderKind, Seen
from entraide.portal.domain.consultations.queries import JournalLine
from entraide.portal.foundation.web.wording import language

_ICONS = {
    Seen.IDENTITY: "user",
    Seen.CARE: "stethoscope",
    Seen.AMOUNTS: "euro",
    Seen.ALLOWANCES: "calendar",
    Seen.STATEMENT: "document",
    Seen.DOCUMENT: "document",
    Seen.REQUEST: "requests",
    Seen.BANK: "bank",
    Seen.EXPORT: "download",
    Seen.EMERGENCY: "warning",
    Seen.CARD: "card",
}
# French says "d’Elsa": an h may be aspirated, so it never elides.
_ELIDED = "aâàäæeéèêëiîïoôöœuùûü"


def icon_of(line: JournalLine) -> str:
    return _ICONS[line.seen]


def sentence_of(line: JournalLine) -> str:
    """Who, and what of whom; when and why stand beside it."""
    what = (
        _own_words()[line.seen]
        if line.is_own
        else _words()[line.seen] % {"whose": _of(line.person.first_name)}
    )
    if line.by_viewer:
        return _("Vous avez consulté %(what)s.") % {"what": what}
    told = {"who": _who(line), "what": what}
    if line.refused:
        return _("%(who)s a voulu consulter %(what)s : l’accès a été refusé.") % told
    return _("%(who)s a consulté %(what)s.") % told


def _who(line: JournalLine) -> str:
    told = {"name": line.reader, "role": _roles().get(line.role, line.role)}
    if line.reader_kind == ReaderKind.HELPER:
        return _("%(name)s, qui vous aide,") % told
    if line.reader_kind == ReaderKind.AGENT:
        return _("%(name)s, de votre mutuelle (%(role)s),") % told
    return _("%(name)s (%(role)s)") % told


def _of(name: str) -> str:
    if language() == "fr" and name[:1].lower() in _ELIDED:
        return f"d’{name}"
    return _("de %(name)s") % {"name": name}


def _roles() -> dict[str, str]:
    return {
        "primary_insured": _("assuré principal"),
        "spouse": _("conjoint"),
        "child": _("enfant"),
        "reader": _("Consultation des dossiers"),
        "handler": _("Gestion des demandes"),
        "payer": _("Paiements"),
        "supervisor": _("Encadrement de la gestion"),
        "security_admin": _("Gestion des accès"),
        "dpo": _("Protection des données"),
        # Less than the agent's own word: somebody may look over a shoulder.
        "social_fund": _("Accompagnement"),
    }


def _own_words() -> dict[Seen, str]:
    return {
        Seen.IDENTITY: _("votre identité et vos coordonnées"),
        Seen.CARE: _("vos soins remboursés"),
        Seen.AMOUNTS: _("les montants versés pour vous, sans le détail des soins"),
        Seen.ALLOWANCES: _("ce qu’il vous reste de vos forfaits"),
        Seen.STATEMENT: _("vos soins dans un relevé"),
        Seen.DOCUMENT: _("un de vos documents"),
        Seen.REQUEST: _("une de vos demandes"),
        Seen.BANK: _("vos coordonnées bancaires"),
        Seen.EXPORT: _("une copie de vos données"),
        Seen.EMERGENCY: _("votre dossier par un accès d’urgence"),
        Seen.CARD: _("votre carte ou votre attestation"),
    }


def _words() -> dict[Seen, str]:
    return {
        Seen.IDENTITY: _("l’identité et les coordonnées %(whose)s"),
        Seen.CARE: _("les soins %(whose)s"),
        Seen.AMOUNTS: _("les montants versés pour les soins %(whose)s, sans leur détail"),
        Seen.ALLOWANCES: _("ce qu’il reste des forfaits %(whose)s"),
        Seen.STATEMENT: _("les soins %(whose)s dans un relevé"),
        Seen.DOCUMENT: _("un document %(whose)s"),
        Seen.REQUEST: _("une demande %(whose)s"),
        Seen.BANK: _("les coordonnées bancaires %(whose)s"),
        Seen.EXPORT: _("une copie des données %(whose)s"),
        Seen.EMERGENCY: _("le dossier %(whose)s par un accès d’urgence"),
        Seen.CARD: _("la carte ou l’attestation %(whose)s"),
    }
