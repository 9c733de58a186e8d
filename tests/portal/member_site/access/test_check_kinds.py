"""Which check stands where is profile data; none is a limit, none serves twice (AUTH-04, PWD-01, X5)."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.models import OneTimeCode
from entraide.portal.foundation.accounts.human import MINUTES, Challenge
from entraide.portal.foundation.accounts.models import Limit
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.foundation.accounts.test_human import work_for
from tests.portal.member_site.access.steps import CHECK, CODE, challenge_of, type_password, words

FORGOTTEN = "/mot-de-passe-oublie/"
KINDS = ["images", "question", "proof_of_work"]
NUMBER = "30041827"
pytestmark = pytest.mark.django_db


def right_answer(kind: str, challenge: Challenge) -> dict[str, object]:
    if kind == "images":
        return {"choice": [at for at, one in enumerate(challenge.kinds) if one == challenge.wanted]}
    if kind == "proof_of_work":
        return {"proof": ",".join(work_for(challenge))}
    return {"answer": challenge.first + challenge.second}


def wrong_answer(kind: str) -> dict[str, object]:
    answers: dict[str, dict[str, object]] = {
        "images": {"choice": list(range(9))},
        "question": {"answer": "1"},
        "proof_of_work": {"proof": "1,2"},
    }
    return answers[kind]


def asked_at_reset(client: Client) -> Challenge:
    client.get(FORGOTTEN)
    return Challenge.stored(client.session["reset_challenge"])


def reset(client: Client, answer: dict[str, object], **more: str) -> HttpResponse:
    return client.post(FORGOTTEN, {"member_number": NUMBER, **answer, **more})


def sent_links() -> int:
    drain()
    return Delivery.objects.filter(notice="password_link").count()


@pytest.fixture
def at(household: Household, policy: Callable[..., None]) -> Callable[..., Client]:
    """A client whose password was right, with these kinds of check in force."""

    def come(*, sign_in: str = "question", reset: str = "question") -> Client:
        policy(check_at_sign_in=sign_in, check_at_reset=reset)
        client = Client()
        type_password(client, NUMBER)
        return client

    return come


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_opens_the_way_at_sign_in_and_refuses_what_is_wrong(
    at: Callable[..., Client], kind: str
) -> None:
    client = at(sign_in=kind)
    challenge_of(client)
    refused = client.post(CHECK, wrong_answer(kind))
    assert refused.status_code == 422
    assert "error-summary" in refused.content.decode()

    response = client.post(CHECK, right_answer(kind, challenge_of(client)))

    assert response.headers["Location"] == CODE


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_lets_a_link_leave_at_reset_and_refuses_what_is_wrong(
    at: Callable[..., Client], kind: str
) -> None:
    client = at(reset=kind)
    asked_at_reset(client)
    refused = reset(client, wrong_answer(kind))
    assert refused.status_code == 422
    assert f'value="{NUMBER}"' in refused.content.decode()
    assert sent_links() == 0

    assert "Regardez vos e-mails" in words(reset(client, right_answer(kind, asked_at_reset(client))))
    assert sent_links() == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", ["sign_in", "reset"])
def test_the_question_stands_beside_every_kind_in_words_that_can_be_heard(
    at: Callable[..., Client], kind: str, place: str
) -> None:
    """X5: never pictures only, never a script only."""
    client = at(**{place: kind})
    page = client.get(CHECK if place == "sign_in" else FORGOTTEN).content.decode()

    assert page.count('id="question"') == 1
    assert page.count('name="answer"') == 1
    assert re.search(r'data-speak="Combien font \w[^"]* plus [^"]*"', page)
    assert "Écouter la question" in page
    # Without a script neither the button nor the work is there: both are hidden until it runs.
    assert "<p data-speaker hidden>" in page
    assert ("data-work " in page) is (kind == "proof_of_work")
    assert ('name="choice"' in page) is (kind == "images")
    challenge = challenge_of(client) if place == "sign_in" else asked_at_reset(client)
    answer = {"answer": challenge.first + challenge.second}
    done = client.post(CHECK, answer) if place == "sign_in" else reset(client, answer)
    assert done.status_code in {200, 302}


def test_pictures_are_there_only_where_they_are_asked_for(at: Callable[..., Client]) -> None:
    client = at(sign_in="question", reset="images")
    challenge_of(client)
    asked_at_reset(client)

    assert client.get("/mot-de-passe-oublie/image/0/").headers["Content-Type"] == "image/png"
    assert client.get("/connexion/verification/image/0/").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_to_one_kind_is_none_to_another(at: Callable[..., Client], kind: str) -> None:
    client = at(sign_in=kind)
    for other in ("images", "proof_of_work"):
        if other != kind:
            assert client.post(CHECK, right_answer(other, challenge_of(client))).status_code == 422


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_given_twice_is_refused_the_second_time(at: Callable[..., Client], kind: str) -> None:
    """Item 6: right or wrong, a challenge serves once, even when its session is put back."""
    client = at(reset=kind)
    challenge = asked_at_reset(client)
    kept = dict(client.session["reset_challenge"])
    assert reset(client, right_answer(kind, challenge)).status_code == 200
    session = client.session
    session["reset_challenge"] = kept
    session.save()

    again = reset(client, right_answer(kind, challenge))

    assert again.status_code == 422
    assert "déjà servi" in words(again)


def test_an_old_challenge_is_over_and_says_so(at: Callable[..., Client]) -> None:
    client = at()
    challenge = asked_at_reset(client)
    session = client.session
    session["reset_challenge"]["asked_at"] -= int(timedelta(minutes=MINUTES, seconds=1).total_seconds())
    session.save()

    response = reset(client, right_answer("question", challenge))

    assert response.status_code == 422
    assert "Trop de temps a passé" in words(response)


@pytest.mark.django_db(transaction=True)
def test_of_fifty_posts_of_one_right_answer_at_once_one_passes(at: Callable[..., Client]) -> None:
    """Item 6: one code leaves; the others are asked again, and none takes the step back."""
    client = at()
    challenge = challenge_of(client)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    total = challenge.first + challenge.second

    def post(_turn: int) -> tuple[int, str]:
        try:
            one = Client()
            one.cookies[settings.SESSION_COOKIE_NAME] = cookie
            answer = one.post(CHECK, {"answer": total})
            return answer.status_code, answer.headers.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(post, range(50)))

    assert answers.count((302, CODE)) == 1
    assert OneTimeCode.objects.count() == 1
    assert client.get(CODE).status_code == 200


def test_with_a_number_missing_nothing_is_tried_and_the_answer_stays(at: Callable[..., Client]) -> None:
    client = at(reset="images")
    challenge = asked_at_reset(client)
    answer = right_answer("images", challenge)

    refused = client.post(FORGOTTEN, {"member_number": "", **answer})

    assert refused.status_code == 422
    assert refused.content.decode().count(" checked") == len(answer["choice"])  # type: ignore[arg-type]
    assert Challenge.stored(client.session["reset_challenge"]) == challenge
    assert reset(client, answer).status_code == 200


def test_a_field_that_comes_twice_is_refused(at: Callable[..., Client]) -> None:
    """A60: pictures alone may be several."""
    client = at()
    challenge = asked_at_reset(client)
    total = challenge.first + challenge.second

    assert client.post(FORGOTTEN, {"member_number": [NUMBER, "2"], "answer": total}).status_code == 400
    assert client.post(CHECK, {"answer": ["1", total]}).status_code == 400
    assert sent_links() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_the_limit_of_links_holds_with_every_check_solved(at: Callable[..., Client], kind: str) -> None:
    """A7: the check is on top of the limits, never instead."""
    client = at(reset=kind)
    for _turn in range(7):
        Limit.objects.filter(scope="reset minute").delete()
        assert reset(client, right_answer(kind, asked_at_reset(client))).status_code == 200

    assert sent_links() == 5


def test_the_limit_of_codes_holds_with_every_check_solved(at: Callable[..., Client]) -> None:
    """A19: coming back through the check does not buy more codes."""
    at()
    for _turn in range(settings.PROFILE.security.sends_per_hour + 3):
        # As if the shortest wait between two codes were over each time.
        OneTimeCode.objects.update(sent_at=F("sent_at") - timedelta(seconds=90))
        Limit.objects.filter(window_ends__lt=timezone.now() + timedelta(seconds=90)).delete()
        client = Client()
        type_password(client, NUMBER)
        client.post(CHECK, right_answer("question", challenge_of(client)))

    drain()
    sent = Delivery.objects.filter(notice="sign_in_code").count()
    assert 1 <= sent <= settings.PROFILE.security.sends_per_hour


def test_the_lock_holds_with_every_check_solved(at: Callable[..., Client]) -> None:
    """AUTH-08: a right password and a solved check between the mistakes do not outrun the lock."""
    client = at()
    for turn in range(settings.PROFILE.security.lock_attempts):
        type_password(client, NUMBER, password="wrong", source=f"192.0.2.{turn}")

    assert type_password(client, NUMBER).status_code == 422
    assert client.get(CHECK).headers["Location"] == "/connexion/"
