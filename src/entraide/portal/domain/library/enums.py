from django.db.models import TextChoices


class Shelf(TextChoices):
    CONTRACT = "contract"
    INFORMATION = "information"
