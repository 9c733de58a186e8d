"""The words that people use for care (search_words.toml)."""

import pytest

from entraide.portal.domain.contracts.guarantee_search import answers, search_words
from entraide.reimbursement import load_vocabulary
from entraide.reimbursement.complementary.rows import HEADINGS, GuaranteeRow
from entraide.reimbursement.money import Words


def row(*families: str, label: str = "") -> GuaranteeRow:
    return GuaranteeRow(
        heading=HEADINGS[0], label=Words(label, label), lines=(), families=families, acts=(),
        no_cost=False, has_base=True, floors=(),
    )  # fmt: skip


def test_every_code_of_the_list_is_one_of_the_vocabulary() -> None:
    vocabulary, found = load_vocabulary(), search_words()

    assert set(found) == {"empty", "families", "acts"}
    assert set(found["families"]) <= set(vocabulary.families)
    assert set(found["acts"]) <= set(vocabulary.procedures)


def test_every_family_with_a_heading_has_words_of_its_own() -> None:
    told = {one.code for one in load_vocabulary().families.values() if one.heading}

    assert set(search_words()["families"]) == told


@pytest.mark.parametrize(
    ("query", "family"),
    [
        ("dentiste", "dental_care"),
        ("Dentistes", "implant"),
        ("les lunettes", "glasses_b"),
        ("lunette", "glasses_a"),
        ("KINÉ", "auxiliary"),
        ("kinésithérapeute", "auxiliary"),
        ("l’œil fond", "technical"),
        ("oeil", "technical"),
        ("perruque", "wig"),
        ("ostéo", "alternative"),
        ("psychologue", "prevention"),
        ("urgences", "hospital_emergency"),
        ("braces", "orthodontics"),
        ("nurse", "auxiliary"),
    ],
)
def test_words_of_every_day_lead_to_their_family(query: str, family: str) -> None:
    assert answers(row(family), query)


@pytest.mark.parametrize(
    ("query", "family"), [("dentiste", "gp"), ("dentiste lunettes", "dental_care"), ("unettes", "glasses_a")]
)
def test_every_word_must_be_answered_from_its_beginning(query: str, family: str) -> None:
    assert not answers(row(family), query)


@pytest.mark.parametrize("query", ["", "  ", "de la", "?!"])
def test_a_query_that_asks_nothing_finds_everything(query: str) -> None:
    assert answers(row("gp"), query)


def test_the_words_of_the_table_itself_are_found() -> None:
    assert answers(row("gp", label="Forfait bien-être"), "bien etre")
