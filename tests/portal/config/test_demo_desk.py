"""The desk of a demo on its first day, and on every later start."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as loaded
from django.utils import timezone

from entraide.demo import demo_accounts
from entraide.portal.config.commands import _open_demo_agents
from entraide.portal.config.demo_desk import open_demo_desk
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.figures.models import Delay
from entraide.portal.domain.list_exports.models import ListExport
from entraide.portal.domain.members.models import Member
from entraide.portal.domain.publications.models import Publication
from entraide.portal.domain.requests.enums import RequestState
from entraide.portal.domain.requests.models import Request, Satisfaction, Step
from entraide.portal.domain.requests.sweeps import without_acknowledgement
from entraide.portal.domain.social_fund.models import AidFile
from entraide.portal.foundation.events.facts import DISPATCH_JOB
from entraide.portal.foundation.tasks.models import Job
from entraide.profiles import load_profile
from tests.conftest import give_account, make_person, years_ago

MUTUALS = Path(__file__).resolve().parents[3] / "mutuals"
RELATIONSHIPS = {"spouse": "spouse", "adult_child": "child"}


@pytest.fixture(params=["mese", "mieux-etre"])
def people(request: pytest.FixtureRequest, db: None, settings: LazySettings, vault_dir: Path) -> None:
    """Everybody of the demo who can sign in, and those who work there; without ten years of care."""
    settings.PROFILE = load_profile(MUTUALS / request.param)
    members: dict[str, Member] = {}
    for one in demo_accounts(settings.PROFILE, on=timezone.localdate()):
        if not one.activated:
            continue
        member = members.get(one.household) or Member.objects.create(
            number=one.member_number, segment=one.segment, joined_on=years_ago(3)
        )
        members[one.household] = member
        relationship = RELATIONSHIPS.get(one.role, "primary_insured")
        person = make_person(
            member, one.member_number, relationship, one.first_name, born=one.birth_date,
            last_name=one.last_name, email=one.email or "",
        )  # fmt: skip
        give_account(person)
    _open_demo_agents()


@pytest.mark.usefixtures("people")
def test_the_first_day_shows_something_of_everything_tells_nobody_and_is_made_once() -> None:
    now = timezone.now()

    open_demo_desk(now=now)
    requests = Request.objects.count()
    open_demo_desk(now=now)

    assert Request.objects.count() == requests
    assert set(Request.objects.values_list("state", flat=True)) == set(RequestState.values)
    assert not Step.objects.filter(at__gt=now).exists()
    assert Delay.objects.filter(kind="message", half_days__isnull=False).exists()
    assert Satisfaction.objects.exists()
    assert list(AccountChange.objects.values_list("state", flat=True)) == ["asked"]
    assert list(ListExport.objects.values_list("state", flat=True)) == ["asked"]
    assert sorted(one.public_id is not None for one in Publication.objects.all()) == [False, *4 * [True]]
    assert AidFile.objects.exists() == (loaded.PROFILE.social_fund is not None)
    assert not Job.objects.filter(kind=DISPATCH_JOB).exists()
    assert list(without_acknowledgement(now)) == []
