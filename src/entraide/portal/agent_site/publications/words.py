"""Where publications stand and what was done with them, in words."""

from django.utils.translation import gettext as _

from entraide.portal.domain.publications.enums import PublicationKind, Standing


def standing_words(standing: str) -> str:
    return {
        Standing.DRAFT: _("Pas encore en ligne"),
        Standing.PUBLIC: _("En ligne"),
        Standing.CHANGED: _("En ligne, modification à publier"),
        Standing.WITHDRAWN: _("Retirée"),
    }[Standing(standing)]


def kind_words(kind: str) -> str:
    return _("Actualité") if kind == PublicationKind.NEWS else _("Document")


def event_words(what: str) -> str:
    """What stands before the number of the edition and the name of who did it."""
    return {
        "written": _("Version %(number)s écrite par %(name)s"),
        "published": _("Version %(number)s publiée par %(name)s"),
        "withdrawn": _("Version %(number)s retirée par %(name)s"),
    }[what]
