from django.db.models import TextChoices


class PublicationKind(TextChoices):
    NEWS = "news"
    DOCUMENT = "document"
    ARTICLE = "article"
    WEBINAR = "webinar"
    EVENT = "event"


# What has a day and an hour: to follow on a screen, or to go to.
MEETINGS = frozenset({PublicationKind.WEBINAR, PublicationKind.EVENT})
PREVENTION = MEETINGS | {PublicationKind.ARTICLE}


class PreventionTheme(TextChoices):
    """What an article, a webinar or an event is about."""

    SLEEP = "sleep"
    STRESS = "stress"
    ADDICTION = "addiction"
    FOOD = "food"
    SCREENS = "screens"
    HEARING = "hearing"
    BACK = "back"
    SIGHT = "sight"
    HOME = "home"
    OTHER = "other"


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
