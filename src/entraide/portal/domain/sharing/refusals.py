"""What several acts of sharing refuse."""

from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError


class KeyReused(DomainError):
    """The form's key was used before for something else (409)."""

    def __init__(self) -> None:
        super().__init__(_("Ce formulaire a déjà été envoyé avec un autre contenu. Rien n’a été changé."))
