"""How requests are answered, as a mutual declares it: read whole, every fault told."""

import pytest

from entraide.profiles import Fault, load_profile
from tests.profiles.conftest import MUTUALS


@pytest.mark.parametrize("slug", ["mese", "mieux-etre"])
def test_each_kind_of_request_has_a_team_in_both_mutuals(slug: str) -> None:
    profile = load_profile(MUTUALS / slug)

    teams = {one.id for one in profile.desk.teams}
    for category in profile.deposit.categories:
        for kind in category.types:
            assert profile.desk.team_for(category.id, kind.id) in teams
    assert profile.desk.refusal_named("unreadable") is not None
    assert profile.desk.refusal_named("nonsense") is None


def test_ready_words_are_filled_in(green) -> None:
    desk = load_profile(green.folder).desk
    words = next(one for one in desk.ready if one.id == "done")

    filled = words.filled("en", name="Anne", reference="R-1", subject="", due_on="")

    assert "Hello Anne" in filled
    assert "R-1" in filled
    assert "{" not in filled


def test_a_category_without_a_team_is_refused(green) -> None:
    green.change("desk.toml", 'categories = ["hospital"]', "categories = []")

    expected = "each category in one team"
    assert green.faults() == (Fault("desk.toml", "team.categories", 'no team for "hospital"', expected),)


def test_a_category_that_does_not_exist_or_stands_twice_is_refused(green) -> None:
    green.change("desk.toml", 'categories = ["hospital"]', 'categories = ["hospital", "hospitl", "dental"]')

    assert green.faults() == (
        Fault("desk.toml", "team[hospital].categories", '"hospitl"', "a category of deposit"),
        Fault("desk.toml", "team.categories", '"dental" twice', "each id once"),
    )


def test_a_field_that_nothing_fills_in_is_refused(green) -> None:
    green.change("desk.toml", "Your request {reference} is done", "Your request {refrence} is done")

    expected = "one of name, reference, subject, due_on"
    assert green.faults() == (Fault("desk.toml", "ready[done].words", '"refrence"', expected),)


def test_a_type_with_a_second_look_exists(green) -> None:
    green.change("desk.toml", 'second_look = ["remove-beneficiary"]', 'second_look = ["leaving"]')

    assert green.faults() == (Fault("desk.toml", "second_look", '"leaving"', "a type of deposit"),)


def test_a_reason_of_refusal_says_what_to_do_next(green) -> None:
    green.change("desk.toml", 'next = { fr = "Reprenez', 'nxt = { fr = "Reprenez')

    assert {one.key for one in green.faults()} == {"refusal[unreadable].nxt", "refusal[unreadable].next"}


@pytest.mark.parametrize("slug", ["mese", "mieux-etre"])
def test_a_claim_has_one_team_and_reasons_of_its_own_in_both_mutuals(slug: str) -> None:
    desk = load_profile(MUTUALS / slug).desk

    teams = {desk.team_for(category, "any", kind="claim") for category in ("hospital", "dental", "gone")}
    reasons = {
        kind: {one.id for one in desk.refusals_for("dental-care", kind=kind)} for kind in ("deposit", "claim")
    }
    assert len(teams) == 1
    assert reasons["deposit"] < reasons["claim"]


def test_a_kind_that_does_not_exist_or_has_two_teams_is_refused(green) -> None:
    green.change("desk.toml", 'kinds = ["claim"]\n#', 'kinds = ["claim", "claim"]\n#')
    assert green.faults() == (Fault("desk.toml", "team.kinds", '"claim" twice', "each id once"),)
    green.change("desk.toml", 'kinds = ["claim"]\nlabel', 'kinds = ["clame"]\nlabel')

    faults = green.faults()
    assert any(one.key.startswith("refusal") and one.found == '"clame"' for one in faults), faults


@pytest.mark.parametrize("slug", ["mese", "mieux-etre"])
def test_a_reason_of_one_type_is_offered_there_first_and_nowhere_else(slug: str) -> None:
    desk = load_profile(MUTUALS / slug).desk

    of_stays = [one.id for one in desk.refusals_for("hospital-cover", kind="deposit")]

    assert of_stays[0] == "card-enough"
    assert "not-insured" in of_stays
    assert "card-enough" not in [one.id for one in desk.refusals_for("dental-care", kind="deposit")]


def test_a_reason_of_a_type_that_does_not_exist_is_refused(green) -> None:
    green.change("desk.toml", 'types = ["hospital-cover"]', 'types = ["elsewhere"]')

    assert any("refusal[card-enough].types" in fault.key for fault in green.faults())


def test_a_catalogue_without_reasons_of_messages_or_with_two_is_refused(green) -> None:
    green.change("papers.toml", "by_message = true", "by_message = false")
    fault = Fault(
        "papers.toml", "deposit.category.by_message", "not on one category", "the one of the messages"
    )
    assert green.faults() == (fault,)

    green.change("papers.toml", "by_message = false", "by_message = true")
    green.change("papers.toml", 'id = "bank"\n', 'id = "bank"\nby_message = true\n')
    assert green.faults() == (fault,)


def test_ready_words_stand_where_they_are_for_and_fit() -> None:
    desk = load_profile(MUTUALS / "mese").desk

    def ids(use: str, kind: str) -> list[str]:
        return [one.id for one in desk.ready_for(use, type_id="invoice", kind=kind)]

    assert ids("answer", "message") == ["done"]
    assert ids("answer", "deposit") == ["on-its-way", "done"]
    assert ids("question", "card") == ["readable-copy"]
    assert ids("refusal", "message") == ["still-unreadable"]


def test_words_of_a_refusal_name_its_reason_and_others_none(green) -> None:
    green.change("desk.toml", 'refusal = "unreadable"', 'refusal = "illegible"')
    green.change(
        "desk.toml", 'id = "done"\nuse = "answer"', 'id = "done"\nuse = "answer"\nrefusal = "too-old"'
    )

    expected = "the id of a refusal for the use refusal, none for the others"
    assert green.faults() == (
        Fault("desk.toml", "ready[done].refusal", '"too-old"', expected),
        Fault("desk.toml", "ready[still-unreadable].refusal", '"illegible"', expected),
    )


def test_words_of_a_refusal_are_offered_where_its_reason_is(green) -> None:
    green.change("desk.toml", 'id = "unreadable"', 'id = "unreadable"\ntypes = ["card-again"]')
    desk = load_profile(green.folder).desk

    assert desk.ready_for("refusal", type_id="invoice", kind="message") == ()
    assert [one.id for one in desk.ready_for("refusal", type_id="card-again", kind="card")] == [
        "still-unreadable"
    ]
