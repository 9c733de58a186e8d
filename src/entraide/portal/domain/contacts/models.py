"""Postcodes and their communes, from the public file of the postal service."""

from django.db import models


class Place(models.Model):
    """One name that goes with a postcode: a commune's, the postal one, or that of a former commune."""

    postcode = models.CharField(max_length=5)
    city = models.CharField(max_length=80)
    # `commune_key` of the name: equal for every spelling.
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint("postcode", "key", name="place_once")]

    def __str__(self) -> str:
        return f"{self.postcode} {self.city}"
