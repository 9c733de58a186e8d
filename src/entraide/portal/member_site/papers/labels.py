"""The words of what was received and sent, and of what became of it."""

from django.utils.text import slugify
from django.utils.translation import gettext as _

from entraide.portal.domain.correspondence.enums import ReceivedKind
from entraide.portal.domain.correspondence.sent import ACCOUNT_CHANGE
from entraide.portal.domain.library.queries import Paper
from entraide.portal.domain.library.words import document_kind
from entraide.portal.domain.requests.catalogue import category_named
from entraide.portal.foundation.web.wording import text


def received_kind(kind: str) -> str:
    return {
        ReceivedKind.STATEMENT: _("Relevés"),
        ReceivedKind.GUARANTEES: _("Tableaux de garanties"),
        ReceivedKind.DOCUMENT: _("Documents personnels"),
        ReceivedKind.RECEIPT: _("Récépissés"),
        ReceivedKind.ANSWER: _("Réponses"),
        ReceivedKind.ENCLOSURE: _("Documents joints à nos réponses"),
        ReceivedKind.DECISION: _("Lettres de décision"),
        ReceivedKind.EXPORT: _("Copie de mes données"),
    }[ReceivedKind(kind)]


def sent_kind(kind: str) -> str:
    if kind == ACCOUNT_CHANGE:
        return _("Changements de compte")
    category = category_named(kind)
    return text(category.label) if category else kind


def account_state(state: str) -> str:
    """What became of a change of account."""
    return {
        "asked": _("Reçue"),
        "ready": _("En cours"),
        "applied": _("Appliqué"),
        "refused": _("Refusé"),
        "cancelled": _("Annulé"),
        "frozen": _("Arrêté"),
    }.get(state, state)


def file_name(paper: Paper) -> str:
    """What a document is called on its reader's disk; the title of a personal one could hold a name (A40)."""
    if paper.is_personal:
        return f"{slugify(document_kind(paper.kind))}-{paper.published_on:%Y-%m-%d}.pdf"
    return f"{slugify(text(paper.title))[:80] or 'document'}.pdf"
