"""What was published, told by mail once a day to who wants it: each item once, some people at a time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from entraide.portal.domain.members.enums import MailTopic
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.publications.enums import PREVENTION
from entraide.portal.domain.publications.events import NewsTold
from entraide.portal.domain.publications.models import Edition, Mailing, Publication
from entraide.portal.domain.publications.queries import is_for
from entraide.portal.domain.requests.enums import READABLE
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.tasks.queue import enqueue

MAILING_JOB = "publications.mailing"
# Nobody is woken by news, and what is published until then goes together.
FROM_HOUR = 8
PEOPLE_AT_ONCE = 100
# Between two lots, so that the receipts and questions of others are never behind thousands of news.
PAUSE_SECONDS = 10


def open_mailing(*, now: datetime) -> None:
    """Gathers what is public today and was never told, and asks for its sending; one mailing a day."""
    here = timezone.localtime(now)
    if here.hour < FROM_HOUR or Mailing.objects.filter(day=here.date()).exists():
        return
    with transaction.atomic():
        due = Publication.objects.select_for_update(of=("self",)).filter(
            Q(public__last_day=None) | Q(public__last_day__gte=here.date()),
            mailing=None,
            public__tells=True,
            public__first_day__lte=here.date(),
            public__scan_state__in=READABLE,
        )
        ids = list(due.values_list("pk", flat=True))
        if not ids:
            return
        mailing = Mailing.objects.create(day=here.date())
        Publication.objects.filter(pk__in=ids).update(mailing=mailing)
        ask_for_lot(mailing.pk, after="")


def ask_for_lot(mailing_id: UUID, *, after: str, pause: float = 0) -> None:
    payload = {"mailing": str(mailing_id), "after": after}
    dedup = f"{MAILING_JOB}:{mailing_id}:{after}"
    enqueue(MAILING_JOB, payload, dedup=dedup, delay_seconds=pause)


def tell_some(mailing_id: UUID, *, after: str, now: datetime) -> str:
    """Publishes `NewsTold` for the next people after that one; the last of them, "" at the end.

    Told is who has an access, is still a member and wants the mails of news, of what is for their segment
    and still public. In the transaction of the job: who was told is never told again.
    """
    found = Edition.objects.filter(public_of__mailing=mailing_id).select_related("publication")
    editions = list(found.order_by("first_day", "at"))
    people = Beneficiary.objects.filter(
        Q(member__left_on=None) | Q(member__left_on__gte=timezone.localdate(now)),
        account__is_active=True,
    ).order_by("pk")
    if after:
        people = people.filter(pk__gt=UUID(after))
    some = list(people.select_related("account", "member")[:PEOPLE_AT_ONCE])
    for person in some:
        theirs = [one for one in editions if is_for(one, person.member.segment)]
        if theirs and person.wants(MailTopic.NEWS):
            _tell(person, theirs)
    return str(some[-1].pk) if len(some) == PEOPLE_AT_ONCE else ""


def _tell(person: Beneficiary, editions: list[Edition]) -> None:
    assert person.account is not None
    language = person.account.language
    titles = [(language == "en" and one.title_en) or one.title_fr for one in editions]
    publish(
        NewsTold(about=person.pk, items=len(editions), language=language),
        # The words go with the mail and stay nowhere else.
        secrets={"titles": "\n".join(titles), "page": _page_of(editions)},
    )


def _page_of(editions: list[Edition]) -> str:
    """The page on which all of them can be read: that of the news where some are."""
    return "prevention" if all(one.publication.kind in PREVENTION for one in editions) else "news"
