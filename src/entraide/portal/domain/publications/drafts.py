"""What an agent writes, before it is an edition; and what prevention asks of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.publications.enums import MEETINGS, PreventionTheme, PublicationKind

LONGEST = timedelta(days=15)
# A year of two digits or a slip of the finger: nobody looks back further, or plans so far ahead.
YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an agent wrote. No segment: for everybody; no last day: until it is withdrawn.

    Theme, moments, place, addresses and places to take are of prevention.
    """

    title_fr: str
    title_en: str = ""
    body_fr: str = ""
    body_en: str = ""
    document_kind: str = ""
    theme: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    live_url: str = ""
    replay_url: str = ""
    capacity: int | None = None
    tells: bool = True
    segments: tuple[str, ...] = ()
    first_day: date
    last_day: date | None = None


def check_prevention(kind: PublicationKind, draft: Draft) -> None:
    """Raises DomainError with its field for an article, webinar or event that nobody could follow."""
    if draft.theme not in PreventionTheme.values:
        raise DomainError(_("Choisissez le thème dans la liste."), field="theme")
    if kind in MEETINGS:
        _check_moments(draft)
    if kind == PublicationKind.EVENT and not draft.place.strip():
        raise DomainError(_("Écrivez où a lieu l’événement."), field="place")
    for name in ("live_url", "replay_url"):
        if (address := getattr(draft, name)) and not _is_https(address):
            raise DomainError(_("Écrivez une adresse entière, qui commence par https://."), field=name)
    if draft.capacity is not None and draft.capacity < 1:
        raise DomainError(_("Écrivez un nombre de places, ou laissez vide."), field="capacity")


def _check_moments(draft: Draft) -> None:
    if draft.starts_at is None or draft.ends_at is None:
        raise DomainError(_("Écrivez le jour, l’heure du début et celle de la fin."), field="day")
    for field, moment in (("day", draft.starts_at), ("last_event_day", draft.ends_at)):
        if moment.year not in YEARS:
            raise DomainError(_("Vérifiez l’année : il faut 4 chiffres, comme 2027."), field=field)
    if draft.ends_at <= draft.starts_at:
        raise DomainError(_("La fin vient après le début."), field="ends")
    if draft.ends_at - draft.starts_at > LONGEST:
        raise DomainError(_("Un événement dure quinze jours au plus."), field="last_event_day")


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not parts.username and " " not in address
