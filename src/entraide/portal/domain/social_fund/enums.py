"""What the commission may decide."""

from django.db.models import TextChoices


class Outcome(TextChoices):
    GRANTED = "granted"
    REFUSED = "refused"
    PUT_OFF = "put_off"
