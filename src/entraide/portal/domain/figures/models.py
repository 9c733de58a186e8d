"""How long answers take, as it was last counted: numbers of many requests, nothing of anybody."""

from django.db import models


class Delay(models.Model):
    """One line of the public page, counted anew each day (B-10).

    `half_days`, `nine_days`: within how many working days half and nine in ten of the answers came, null
    when there were too few of them.
    """

    kind = models.CharField(max_length=20)
    category = models.CharField(max_length=60, blank=True)
    type = models.CharField(max_length=60, blank=True)
    answers = models.PositiveIntegerField()
    half_days = models.PositiveIntegerField(null=True)
    nine_days = models.PositiveIntegerField(null=True)
    counted_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint("kind", "category", "type", name="one_delay_of_each")]

    def __str__(self) -> str:
        return f"delay {self.kind} {self.category} {self.type}"
