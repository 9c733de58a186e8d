from django.db.models import TextChoices


class PublicationKind(TextChoices):
    NEWS = "news"
    DOCUMENT = "document"


class DeedKind(TextChoices):
    """What was done with an edition, beside writing it."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Standing(TextChoices):
    """Where a publication stands, for the desk: `changed` is public in an earlier edition."""

    DRAFT = "draft"
    PUBLIC = "public"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
