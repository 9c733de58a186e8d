"""Questions and answers that could not be shown (AIDE-01)."""

from entraide.profiles import Fault, load_profile, with_figures
from entraide.profiles.help import FIGURES


def test_a_figure_that_does_not_exist_is_refused_with_those_that_do(green):
    green.change("help.toml", "valable {link_minutes} minutes", "valable {link_hours} heures")

    faults = green.faults()
    expected = "one of " + ", ".join(FIGURES)
    assert Fault("help.toml", "question[first-visit].answer", '"{link_hours}"', expected) in faults


def test_a_figure_in_one_language_alone_is_refused(green):
    green.change("help.toml", "valable {link_minutes} minutes", "valable deux heures")

    (fault,) = green.faults()
    assert fault.expected == "the same in both"


def test_a_page_without_answers_for_who_cannot_sign_in_is_refused(green):
    green.change("help.toml", "at_the_door = true\n", "")

    expected = "the one of those who cannot sign in"
    assert green.faults() == (Fault("help.toml", "topic.at_the_door", "on no topic", expected),)


def test_a_question_written_twice_is_refused(green):
    green.change("help.toml", 'id = "locked"', 'id = "password"')

    assert green.faults() == (Fault("help.toml", "topic.question", '"password" twice', "each id once"),)


def test_a_link_to_a_page_that_does_not_exist_is_refused_with_the_nearest(green):
    green.change("help.toml", 'link = { page = "delays"', 'link = { page = "delay"')

    (fault,) = green.faults()
    assert "delays" in fault.expected


def test_a_branch_with_hours_that_end_before_they_start_is_refused(copy_of):
    warm = copy_of("mieux-etre")
    warm.add("help.toml", 'hours = [ { days = [0], start = "12:00", end = "09:00" } ]')

    (fault,) = warm.faults()
    assert fault.key == "agency[paris].hours[#1].end"


def test_every_figure_that_an_answer_may_name_is_of_the_rules(green):
    rules = load_profile(green.folder).security

    for name in FIGURES:
        assert with_figures(f"{{{name}}}", rules) == str(getattr(rules, name))
