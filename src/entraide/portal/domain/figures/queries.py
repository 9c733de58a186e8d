"""The delays of the moment, for anybody: they tell nothing of one request or one person."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.portal.domain.figures.models import Delay
from entraide.portal.domain.figures.subjects import Key, Subject, key_of, subjects

# Older figures are no longer of the moment, and a day to come is a clock that went wrong: neither is shown.
FRESH_FOR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class DelayLine:
    """What one kind of request takes and what is promised; `half` and `nine` are None without a figure."""

    subject: Subject
    answers: int
    half: int | None
    nine: int | None

    @property
    def label(self) -> str:
        return self.subject.label

    @property
    def promised(self) -> str:
        shortest, longest = self.subject.promised
        if shortest == longest:
            return in_days(longest)
        return _("%(shortest)s à %(longest)s jours ouvrés") % {"shortest": shortest, "longest": longest}

    @property
    def now(self) -> str:
        """One sentence with both figures; blank without them."""
        if self.half is None or self.nine is None:
            return ""
        sentence = _("En ce moment, la moitié des réponses arrivent %(half)s, neuf sur dix %(nine)s.")
        return sentence % {"half": within(self.half), "nine": within(self.nine)}


@dataclass(frozen=True, slots=True)
class Delays:
    """Every line of the page; `counted_on` is None while there is no count of these days."""

    counted_on: date | None
    lines: tuple[DelayLine, ...]

    @property
    def has_figures(self) -> bool:
        return any(one.half is not None for one in self.lines)


def delays_now(*, on: date) -> Delays:
    """All that members ask, in the mutual's order, with its figures where there are any. One query."""
    rows = {Key(one.kind, one.category, one.type): one for one in Delay.objects.filter(**_fresh(on))}
    days = [one.counted_on for one in rows.values()]
    return Delays(min(days, default=None), tuple(_line(one, rows.get(one.key)) for one in subjects()))


def delay_of(kind: str, category: str, type_id: str, *, on: date) -> DelayLine | None:
    """What a request of this kind takes now; None for what has no delay, such as a call. One query."""
    key = key_of(kind, category, type_id)
    subject = next((one for one in subjects() if one.key == key), None)
    if subject is None:
        return None
    rows = Delay.objects.filter(kind=key.kind, category=key.category, type=key.type, **_fresh(on))
    return _line(subject, rows.first())


def in_days(days: int) -> str:
    """`3 jours ouvrés`."""
    return ngettext("%(num)s jour ouvré", "%(num)s jours ouvrés", days) % {"num": days}


def within(days: int) -> str:
    """`en 3 jours ouvrés`, `le jour même`."""
    return _("en %(days)s") % {"days": in_days(days)} if days else _("le jour même")


def _fresh(on: date) -> dict[str, date]:
    return {"counted_on__gte": on - FRESH_FOR, "counted_on__lte": on}


def _line(subject: Subject, row: Delay | None) -> DelayLine:
    if row is None:
        return DelayLine(subject, 0, None, None)
    return DelayLine(subject, row.answers, row.half_days, row.nine_days)
