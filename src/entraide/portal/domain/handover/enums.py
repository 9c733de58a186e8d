"""What a partner is told of a token."""

from django.db.models import TextChoices


class TokenState(TextChoices):
    """As formats/handover_token.py refuses them; `used`: it served before; `unknown`: we never made it."""

    VALID = "valid"
    MALFORMED = "malformed"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"
    OTHER_AUDIENCE = "other_audience"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    USED = "used"
    UNKNOWN = "unknown"
