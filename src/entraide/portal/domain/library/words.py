"""What kinds of documents are called."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

# What is for everybody to read, and so may be published from the desk.
INFORMATION = ("member-letter", "health-letter", "guide", "notice", "assistance-notice", "form")


def document_kind(kind: str) -> str:
    """The kind of a document in words; one that the portal does not know is a document."""
    return document_kinds().get(kind) or _("Document")


def document_kinds() -> Mapping[str, str]:
    """Every kind that has a word, in the order in which they are proposed."""
    return {
        "guarantees": _("Garanties"),
        "notice": _("Notice"),
        "assistance-notice": _("Notice d’assistance"),
        "contributions": _("Cotisations"),
        "schedule": _("Échéancier"),
        "membership-form": _("Formulaire"),
        "form": _("Formulaire"),
        "certificate": _("Attestation"),
        "card": _("Carte de tiers payant"),
        "member-letter": _("Lettre aux adhérents"),
        "health-letter": _("Lettre santé"),
        "guide": _("Guide"),
        "portal-guide": _("Guide"),
    }
