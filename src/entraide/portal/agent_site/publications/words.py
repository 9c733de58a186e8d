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
    return {
        PublicationKind.NEWS: _("Actualité"),
        PublicationKind.DOCUMENT: _("Document"),
        PublicationKind.ARTICLE: _("Article de prévention"),
        PublicationKind.WEBINAR: _("Webinaire"),
        PublicationKind.EVENT: _("Événement en agence"),
    }[PublicationKind(kind)]


def writing_words(kind: str, *, is_new: bool) -> str:
    """The title of the form that writes or changes one."""
    new, change = {
        PublicationKind.NEWS: (_("Écrire une actualité"), _("Modifier l’actualité")),
        PublicationKind.DOCUMENT: (_("Déposer un document"), _("Modifier le document")),
        PublicationKind.ARTICLE: (_("Écrire un article"), _("Modifier l’article")),
        PublicationKind.WEBINAR: (_("Annoncer un webinaire"), _("Modifier le webinaire")),
        PublicationKind.EVENT: (_("Annoncer un événement"), _("Modifier l’événement")),
    }[PublicationKind(kind)]
    return new if is_new else change


def event_words(what: str) -> str:
    """What stands before the number of the edition and the name of who did it."""
    return {
        "written": _("Version %(number)s écrite par %(name)s"),
        "published": _("Version %(number)s publiée par %(name)s"),
        "withdrawn": _("Version %(number)s retirée par %(name)s"),
    }[what]
