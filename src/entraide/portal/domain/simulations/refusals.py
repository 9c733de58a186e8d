"""What the engine refuses, said so that somebody can put it right."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.reimbursement import CareError, ParameterGap

_FIELDS = {"on": "on", "tooth": "tooth", "base": "base"}


@contextmanager
def refusing() -> Iterator[None]:
    """Turns a line that cannot be priced, or a day without public figures, into a `DomainError`."""
    try:
        yield
    except ParameterGap as gap:
        message = _("Nous n’avons pas les tarifs publics de ce jour-là. Choisissez une autre date.")
        raise DomainError(message, field="on") from gap
    except CareError as error:
        place = error.faults[0].place
        if place == "on":
            message = _("Cette personne n’est pas couverte ce jour-là. Choisissez une autre date.")
        elif place == "tooth":
            message = _("Cette dent n’existe pas : deux chiffres, de 11 à 48.")
        else:
            message = _("Nous ne savons pas calculer ce cas. Un conseiller peut le faire avec vous.")
        raise DomainError(message, field=_FIELDS.get(place)) from error
