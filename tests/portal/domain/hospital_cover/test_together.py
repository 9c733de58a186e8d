"""Of two agents who answer at the same moment, one wins (PEC-05)."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.hospital_cover.deciding import accept_cover, refuse_cover
from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household
from tests.portal.domain.hospital_cover.stays import agent, ask, profile_with


@pytest.mark.django_db(transaction=True)
def test_one_answer_stands_and_one_fact_is_told(household: Household, settings: LazySettings) -> None:
    settings.PROFILE = profile_with(automatic=False, card_rules=())
    viewer = viewer_of(household.primary.account_id)
    assert viewer is not None
    _first, ada = agent()
    _second, eve = agent("eve@example.org", "Ève Morin")
    for person in household.people[:3]:
        request = ask(viewer, person.pk)
        start, refused = Barrier(2), []

        def run(decide: Callable[[], object], start: Barrier = start, refused: list[str] = refused) -> None:
            start.wait()
            try:
                decide()
            except DomainError as error:
                refused.append(error.message)
            finally:
                connection.close()

        def accept(reference: str = request.reference) -> object:
            return accept_cover(ada, reference, now=timezone.now())

        def refuse(reference: str = request.reference) -> object:
            refuse_cover(eve, reference, code="not-insured", now=timezone.now())
            return None

        threads = [Thread(target=run, args=(one,)) for one in (accept, refuse)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        assert len(refused) == 1
        is_accepted = CoverLetter.objects.filter(request=request).exists()
        answers = ("HospitalCoverAccepted", "RequestRefused")
        facts = Entry.objects.filter(kind__in=answers, data__request_id=str(request.pk))
        assert [one.kind for one in facts] == [answers[0] if is_accepted else answers[1]]
