"""What was published, told by mail: to who wants it, once for each item, whatever is run twice."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.publications import mailing, tasks
from entraide.portal.domain.publications.enums import PublicationKind
from entraide.portal.domain.publications.mailing import open_mailing
from entraide.portal.domain.publications.models import Edition, Mailing, Publication
from entraide.portal.domain.publications.publishing import publish_edition, withdraw
from entraide.portal.domain.publications.writing import Draft, write
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.domain.prevention.announcing import announced
from tests.portal.domain.publications.test_scanning import at_work

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=1)
MORNING = datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person in each job, and the next job at once."""
    monkeypatch.setattr(mailing, "PEOPLE_AT_ONCE", 1)
    monkeypatch.setattr(tasks, "PAUSE_SECONDS", 0)


def published(title: str, **more: object) -> UUID:
    draft = Draft(**{"title_fr": title, "body_fr": "Texte.", "first_day": timezone.localdate()} | more)  # type: ignore[arg-type]
    author = at_work("Noé Tallec", Role.HANDLER)
    found = write(author, PublicationKind.NEWS, draft, request_key=uuid4(), now=timezone.now())
    publish_edition(at_work("Maud Cendrier", Role.SUPERVISOR), found, number=1, now=timezone.now())
    return found


def told() -> dict[str, str]:
    drain()
    return {one.to: one.body for one in Delivery.objects.filter(notice="news_published")}


def test_who_wants_news_gets_one_mail_for_all_of_them_and_never_another(household: Household) -> None:
    Beneficiary.objects.filter(pk=household.spouse.pk).update(unwanted_mails="news")
    published("Un nouveau centre")
    published("Un guide", title_en="A guide", body_en="Text.")

    open_mailing(now=MORNING)
    mails = told()
    open_mailing(now=MORNING)
    open_mailing(now=MORNING + timedelta(days=1))

    assert told() == mails
    assert household.primary.email in mails
    assert household.spouse.email not in mails
    words = mails[household.primary.email]
    assert "- Un nouveau centre\n- Un guide\n" in words
    assert "/actualites/" in words
    assert Delivery.objects.filter(notice="news_published").count() == len(mails)


def test_others_segments_days_and_what_shall_not_be_told_stay_out(household: Household) -> None:
    later = published("Plus tard", first_day=DAY + timedelta(days=3))
    published("Sans message", tells=False)
    gone = published("Retirée")
    withdraw(at_work("Maud Cendrier", Role.SUPERVISOR), gone, now=timezone.now())
    elsewhere = published("Ailleurs", segments=(settings.PROFILE.segments[-1].id,))
    Edition.objects.filter(publication_id=elsewhere).update(segments=",ailleurs,")

    open_mailing(now=MORNING)

    assert told() == {}
    assert Publication.objects.get(pk=later).mailing is None


def test_nobody_is_woken_and_there_is_one_mailing_a_day(household: Household) -> None:
    published("Un nouveau centre")
    open_mailing(now=MORNING.replace(hour=3))
    assert not Mailing.objects.exists()

    open_mailing(now=MORNING)
    second = published("Un guide")
    open_mailing(now=MORNING + timedelta(hours=2))

    assert Publication.objects.get(pk=second).mailing is None
    open_mailing(now=MORNING + timedelta(days=1))
    assert Publication.objects.get(pk=second).mailing is not None


def test_prevention_alone_leads_to_its_page_and_with_news_to_theirs(household: Household) -> None:
    announced(title="Bien dormir")
    open_mailing(now=MORNING)
    assert "/prevention/" in told()[household.primary.email]

    announced(title="Bouger")
    published("Un nouveau centre")
    open_mailing(now=MORNING + timedelta(days=1))

    drain()
    theirs = Delivery.objects.filter(notice="news_published", recipient=household.primary.pk)
    last = theirs.latest("created_at")
    assert "- Bouger\n" in last.body
    assert "/actualites/" in last.body
