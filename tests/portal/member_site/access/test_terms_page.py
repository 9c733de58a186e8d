"""/conditions/: version, date, fingerprint; the proof for who accepted, and by mail (AUTH-10, A14)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.models import TermsAcceptance
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.web.wording import moment
from tests.conftest import Household, Post
from tests.portal.member_site.access.steps import words

TERMS = "/conditions/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def before(household: Household, sign_in: Callable[[Client, Beneficiary], Client]) -> Client:
    """Signed in, the terms not accepted yet."""
    client = sign_in(Client(), household.primary)
    TermsAcceptance.objects.all().delete()
    session = client.session
    session.pop("terms", None)
    session.save()
    return client


def test_who_has_not_accepted_reads_the_text_with_version_and_date(
    before: Client, settings: LazySettings
) -> None:
    page = words(before.get(TERMS))

    assert f"Version {settings.PROFILE.terms.version}" in page
    assert "Acceptées le" not in page
    assert "Accepter et entrer" in page


def test_accepting_keeps_the_proof_shows_it_and_sends_it(
    before: Client, household: Household, settings: LazySettings, sent: Callable[[], list[Post]]
) -> None:
    """A14: version, moment, fingerprint of the text."""
    assert before.post(TERMS, {"accept": "on"}).status_code == 302
    kept = TermsAcceptance.objects.get()
    terms = settings.PROFILE.terms

    assert (kept.version, kept.digest) == (terms.version, terms.digest)
    assert abs(timezone.now() - kept.accepted_at) < timedelta(minutes=1)
    page = words(before.get(TERMS))
    for proof in (terms.version, terms.digest, moment(kept.accepted_at)):
        assert proof in page
    (mail,) = sent()
    assert mail.notice == "terms_accepted"
    assert mail.to == household.primary.email
    for proof in (terms.version, terms.digest, moment(kept.accepted_at)):
        assert proof in mail.body


def test_accepting_twice_is_once(before: Client, sent: Callable[[], list[Post]]) -> None:
    for _turn in range(3):
        before.post(TERMS, {"accept": "on"})

    assert TermsAcceptance.objects.count() == 1
    assert len(sent()) == 1


def test_without_the_tick_nothing_is_accepted(before: Client) -> None:
    response = before.post(TERMS, {})

    assert response.status_code == 422
    assert 'aria-describedby="id_accept_error"' in response.content.decode()
    assert not TermsAcceptance.objects.exists()


def test_a_member_finds_the_terms_at_the_foot_of_every_page(member_client: Client) -> None:
    assert f'href="{TERMS}"' in member_client.get("/").content.decode()
    assert f'href="{TERMS}"' not in Client().get("/connexion/").content.decode()
