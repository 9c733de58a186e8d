"""Hospitals and clinics of the public FINESS directory, and the words by which they are found."""

from django.db import models


class Facility(models.Model):
    """One health facility. Public reference data: nobody is named here."""

    finess = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=160)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=120, blank=True)
    # E.164 without spaces; blank: not told.
    phone = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return f"{self.finess} {self.name}"


class FacilityWord(models.Model):
    """One word of a facility's name, town or postcode, without accents, in small letters."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=60, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("facility", "word", name="facility_word_once")]

    def __str__(self) -> str:
        return self.word
