"""Normal forms of what agents type at their door: variants of one address share one counter (A4)."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError

LONGEST = 254


def normal_identifier(text: str) -> str:
    """An agent's identifier as it is stored: NFKC, trimmed, case-folded; at most 254 characters."""
    return unicodedata.normalize("NFKC", text).strip().casefold()[:LONGEST]


def valid_identifier(text: str) -> str:
    """The identifier of a new agent; raises DomainError when it is no e-mail address."""
    identifier = normal_identifier(text)
    try:
        validate_email(identifier)
    except ValidationError:
        raise DomainError(_("Ce n’est pas une adresse e-mail."), field="identifier") from None
    return identifier
