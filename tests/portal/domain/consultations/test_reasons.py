"""A reason is kept as what it is and told in its reader’s language; what agents write stays theirs (A69)."""

import pytest
from django.utils.translation import override

from entraide.portal.domain.consultations.reasons import kept_reason, own_words, reason_in_words
from entraide.portal.domain.handling.reasons import OpeningReason, Why, given_reason, reason_of_request


@pytest.mark.parametrize("why", [*Why, *OpeningReason])
def test_a_line_of_the_list_is_told_in_both_languages(why: Why | OpeningReason) -> None:
    kept = given_reason(why, words="La carte")

    told = []
    for language in ("fr", "en"):
        with override(language):
            told.append(reason_in_words(kept))

    assert all("La carte" in one for one in told)
    # Another reason is what the agent wrote, whoever reads it.
    assert (told[0] == told[1]) == (why in {Why.OTHER, OpeningReason.OTHER})


def test_the_reason_of_a_request_names_it_in_both_languages() -> None:
    with override("en"):
        english = reason_in_words(reason_of_request("MESE-AAAA-BBBB"))

    assert english == "Handling of request MESE-AAAA-BBBB"


def test_a_reason_without_words_is_the_line_alone() -> None:
    with override("fr"):
        assert reason_in_words(given_reason(Why.CHECK, words=" ")) == "Vérification de la réponse donnée"


def test_typed_words_are_never_taken_for_a_kind() -> None:
    pretended = kept_reason("emergency", why="person", ticket="INC-1", words="fausse")

    assert reason_in_words(own_words(pretended)) == own_words(pretended)
    assert own_words(" Appel\n du  conjoint ") == "Appel du conjoint"
