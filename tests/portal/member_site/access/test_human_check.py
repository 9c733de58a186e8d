"""/connexion/verification/: pictures, or a question that needs no eyes (AUTH-04, X5)."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from entraide.portal.foundation.accounts.human import Challenge
from tests.conftest import Household
from tests.portal.member_site.access.steps import CHECK, CODE, challenge_of, type_password, words

pytestmark = pytest.mark.django_db
PICTURE = "/connexion/verification/image/"


@pytest.fixture
def at_the_check(client: Client, household: Household, policy: Callable[..., None]) -> Client:
    policy(check_at_sign_in="images")
    type_password(client, household.primary.number)
    return client


def right_pictures(challenge: Challenge) -> list[int]:
    return [place for place, kind in enumerate(challenge.kinds) if kind == challenge.wanted]


def test_the_right_pictures_lead_to_the_code(at_the_check: Client) -> None:
    challenge = challenge_of(at_the_check)

    response = at_the_check.post(CHECK, {"choice": right_pictures(challenge)})

    assert response.headers["Location"] == CODE


def test_a_missing_or_an_extra_picture_is_refused_with_a_new_challenge(at_the_check: Client) -> None:
    for change in (-1, +1):
        challenge = challenge_of(at_the_check)
        right = right_pictures(challenge)
        wrong = next(place for place in range(9) if place not in right)
        chosen = right[:-1] if change < 0 else [*right, wrong]

        response = at_the_check.post(CHECK, {"choice": chosen})

        assert response.status_code == 422
        assert "Ce n’est pas la bonne réponse" in words(response)
        assert 'id="id_choice" aria-describedby="id_choice_error"' in response.content.decode()
        assert 'role="alert"' in response.content.decode()
        assert at_the_check.session["challenge"]["seed"] != challenge.seed


@pytest.mark.parametrize("posted", [{}, {"choice": ["x"]}, {"choice": ["-1", "99"]}, {"answer": "   "}])
def test_an_empty_or_senseless_answer_is_refused(at_the_check: Client, posted: dict[str, object]) -> None:
    challenge_of(at_the_check)

    assert at_the_check.post(CHECK, posted).status_code == 422


def test_the_question_is_the_way_for_who_does_not_see_the_pictures(at_the_check: Client) -> None:
    """X5: never image only."""
    page = at_the_check.get(CHECK)
    challenge = Challenge.stored(at_the_check.session["challenge"])
    assert f'<strong id="question">{challenge.first} + {challenge.second}</strong>' in page.content.decode()

    wrong = at_the_check.post(CHECK, {"answer": "0"})
    assert wrong.status_code == 422
    assert re.search(r'name="answer"[^>]*aria-describedby="[^"]*id_answer_error"', wrong.content.decode())
    assert re.search(r'name="answer"(?![^>]*value="0")', wrong.content.decode())
    challenge = Challenge.stored(at_the_check.session["challenge"])
    assert at_the_check.post(CHECK, {"answer": str(challenge.first + challenge.second)}).status_code == 302


def test_an_answer_serves_once(at_the_check: Client) -> None:
    """A challenge is spent by its first answer, right or wrong."""
    challenge = challenge_of(at_the_check)
    at_the_check.post(CHECK, {"answer": "0"})

    response = at_the_check.post(CHECK, {"choice": right_pictures(challenge)})

    assert response.status_code == 422 or at_the_check.session["entering"]["stage"] != "human"
    assert challenge.seed != at_the_check.session.get("challenge", {}).get("seed")


def test_a_challenge_of_another_session_does_not_help(at_the_check: Client, household: Household) -> None:
    other = Client()
    type_password(other, household.spouse.number)
    theirs = challenge_of(other)
    ours = challenge_of(at_the_check)

    if right_pictures(theirs) != right_pictures(ours):
        assert at_the_check.post(CHECK, {"choice": right_pictures(theirs)}).status_code == 422


def test_pictures_are_png_of_this_attempt_only_and_never_twice_the_same(at_the_check: Client) -> None:
    challenge_of(at_the_check)
    first = [at_the_check.get(f"{PICTURE}{place}/") for place in range(9)]
    challenge_of(at_the_check)
    second = [at_the_check.get(f"{PICTURE}{place}/") for place in range(9)]

    assert {one.headers["Content-Type"] for one in first} == {"image/png"}
    assert all(one.content.startswith(b"\x89PNG") for one in first)
    assert {one.headers["Cache-Control"] for one in first} == {"no-store"}
    assert len({one.content for one in first + second}) == 18


def test_nothing_about_a_picture_tells_it_from_another(at_the_check: Client) -> None:
    """Item 6: neither its length nor a header nor its address, which is a position alone."""
    page = at_the_check.get(CHECK).content.decode()
    answers = [at_the_check.get(f"{PICTURE}{place}/") for place in range(9)]

    assert len({len(one.content) for one in answers}) == 1
    assert len({tuple(sorted(one.headers.items())) for one in answers}) == 1
    assert not any(name in answers[0].headers for name in ("ETag", "Last-Modified", "Content-Disposition"))
    assert re.findall(rf'src="({PICTURE}[^"]*)"', page) == [f"{PICTURE}{place}/" for place in range(9)]
    assert re.findall(r'alt="(Image [^"]*)"', page) == [f"Image {number}" for number in range(1, 10)]


def test_a_picture_is_stable_within_its_attempt(at_the_check: Client) -> None:
    challenge_of(at_the_check)

    assert at_the_check.get(f"{PICTURE}3/").content == at_the_check.get(f"{PICTURE}3/").content


@pytest.mark.parametrize("place", ["9", "99999999999999999999", "x", "-1"])
def test_there_is_no_picture_beyond_the_nine(at_the_check: Client, place: str) -> None:
    challenge_of(at_the_check)

    assert at_the_check.get(f"{PICTURE}{place}/").status_code == 404


def test_there_is_no_picture_without_an_attempt(client: Client, db: None) -> None:
    assert client.get(f"{PICTURE}0/").status_code == 404


def test_the_page_says_which_thing_to_look_for_and_never_in_an_image_name(at_the_check: Client) -> None:
    challenge = challenge_of(at_the_check)
    page = at_the_check.get(CHECK)
    challenge = Challenge.stored(at_the_check.session["challenge"])

    with translation.override("fr"):
        legend = page.content.decode().partition("<legend")[2].partition("</legend>")[0]
        assert f"Choisissez toutes les images qui montrent {challenge.thing}" in legend
        assert "Lecteur d’écran ? Répondez à la question plus bas." in legend
        assert f"Combien font {challenge.spoken}" in page.content.decode()
    main = page.content.decode().partition("<main")[2]
    assert not re.search(rf'(src|value|id|alt|name)="[^"]*{challenge.wanted}', main)
    assert challenge.seed not in page.content.decode()


def test_a_profile_may_ask_the_question_alone(
    client: Client, household: Household, policy: Callable[..., None]
) -> None:
    """X5: profile data."""
    policy(check_at_sign_in="question")
    type_password(client, household.primary.number)
    page = client.get(CHECK)

    assert b"<img" not in page.content.replace(b'<img class="brand__logo"', b"")
    assert b'id="question"' in page.content
