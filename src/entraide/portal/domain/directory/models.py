"""Health professionals where they receive patients, and the towns around which people look for them.

Public reference data. Entries belong to an edition: readers see the one in use until the next one is whole.
"""

from django.db import models
from django.db.models import Q

from entraide.portal.domain.directory.enums import EditionState, Source


class Town(models.Model):
    """One name that goes with a postcode, and where it lies: the middle of its commune."""

    postcode = models.CharField(max_length=5)
    name = models.CharField(max_length=80)
    # `commune_key` of the name: equal for every spelling.
    key = models.CharField(max_length=80)
    # The five characters of the national code; blank where the file does not tell.
    commune = models.CharField(max_length=5, blank=True)
    department = models.CharField(max_length=3)
    lat = models.FloatField()
    lon = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["postcode", "key", "commune"], name="directory_town_once"),
        ]
        indexes = [
            models.Index(fields=["key"], name="directory_town_key"),
            models.Index(fields=["lat", "lon"], name="directory_town_point"),
        ]

    def __str__(self) -> str:
        return f"{self.postcode} {self.name}"


class Edition(models.Model):
    """What one file brought."""

    source = models.CharField(max_length=16, choices=Source.choices)
    state = models.CharField(max_length=16, choices=EditionState.choices, default=EditionState.LOADING)
    started_at = models.DateTimeField()
    # The last sign of life of who loads it.
    touched_at = models.DateTimeField()
    # Those that are there, once it is in use.
    entries = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(state=EditionState.IN_USE), name="directory_one_in_use"
            ),
            models.UniqueConstraint(
                fields=["source"], condition=Q(state=EditionState.LOADING), name="directory_one_loading"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.pk}"


class Entry(models.Model):
    """One professional, or one shop, at one place. A fact that the file does not tell is null or blank."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, db_index=False, related_name="rows")
    # The same in every edition: an address that was kept still opens.
    reference = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    # `normalise` of the name with a space before it: " durand jeanne".
    name_key = models.CharField(max_length=170)
    # An id of `professions.py`.
    profession = models.CharField(max_length=32)
    speciality = models.CharField(max_length=120, blank=True)
    # The RPPS or FINESS number; blank: none.
    number = models.CharField(max_length=14, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=5)
    city = models.CharField(max_length=80)
    department = models.CharField(max_length=3)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    # The point is the middle of the commune, not the door.
    is_approximate = models.BooleanField(default=False)
    # E.164 without spaces.
    phone = models.CharField(max_length=16, blank=True)
    # An id of the mutual's networks.toml; blank: of no network.
    network = models.CharField(max_length=32, blank=True)
    # A network's own entry of the same professional at the same postcode is shown in its place.
    is_hidden = models.BooleanField(default=False)
    third_party_payment = models.BooleanField(null=True)
    no_cost_care = models.BooleanField(null=True)
    accessible = models.BooleanField(null=True)
    parking = models.BooleanField(null=True)
    booking_url = models.CharField(max_length=200, blank=True)
    # Two-letter codes with spaces around each: " fr en ".
    languages = models.CharField(max_length=60, blank=True)
    # As `formats/week.py` writes it; blank: not told.
    hours = models.CharField(max_length=300, blank=True)
    # Which of evening, lunch, saturday the hours hold, with spaces around each.
    slots = models.CharField(max_length=40, blank=True)
    max_fee_cents = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "reference"], name="directory_entry_once")]
        indexes = [
            models.Index(
                fields=["edition", "profession", "network", "lat", "lon"], name="directory_entry_near"
            ),
            models.Index(fields=["edition", "lat", "lon"], name="directory_entry_point"),
            models.Index(
                fields=["edition", "department", "profession", "name_key"], name="directory_entry_dept"
            ),
            models.Index(fields=["number"], name="directory_entry_number"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.city})"
