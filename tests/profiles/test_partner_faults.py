"""Partners that nobody could reach, or that stand in the wrong place (X15)."""

import pytest

from entraide.profiles import Fault

HOURS = """hours = [ { days = [0, 1, 2, 3, 4], start = "08:00", end = "19:00" } ]
notice = "notice"
"""


@pytest.fixture
def warm(copy_of):
    return copy_of("mieux-etre")


def test_a_partner_without_a_number_is_refused(warm):
    warm.change("partners.toml", 'phone = "04 92 13 44 50"\n', "")

    (fault,) = warm.faults()
    assert (fault.file, fault.key) == ("partners.toml", "partner[btp-vacances].phone")
    assert "through_mutual" in fault.expected


def test_a_partner_without_hours_is_refused(warm):
    warm.change("partners.toml", HOURS, 'notice = "notice"\n')

    expected = "when somebody answers"
    assert warm.faults() == (Fault("partners.toml", "partner[legal-protection].hours", "nothing", expected),)


def test_a_number_beside_through_mutual_is_refused(green):
    green.change("partners.toml", "through_mutual = true", 'through_mutual = true\nphone = "01 02 03 04 05"')

    expected = "no number beside it"
    assert green.faults() == (Fault("partners.toml", "partner[ima].through_mutual", "true", expected),)


def test_a_number_that_is_not_in_pairs_is_refused(warm):
    warm.change("partners.toml", "04 92 13 44 50", "0492134450")

    (fault,) = warm.faults()
    assert (fault.key, fault.found) == ("partner[btp-vacances].phone", '"0492134450"')


def test_hours_that_overlap_are_refused(warm):
    warm.change("partners.toml", 'start = "14:00", end = "17:00"', 'start = "11:00", end = "17:00"')

    faults = warm.faults()
    assert {one.key for one in faults} == {"partner[btp-vacances].hours[#2]"}
    assert len(faults) == 5


def test_a_teleconsultation_without_hours_is_refused_even_through_the_mutual(green):
    every_day = 'days = [0, 1, 2, 3, 4, 5, 6], start = "08:00", end = "24:00", on_public_holidays = true'
    hours = f"hours = [ {{ {every_day} }} ]"
    green.change("partners.toml", hours, "")

    expected = "when a doctor answers"
    assert green.faults() == (
        Fault("partners.toml", "partner[maquestionmedicale].hours", "nothing", expected),
    )


def test_a_segment_that_does_not_exist_is_refused_with_those_that_do(green):
    green.change("partners.toml", 'segments = ["individuel"]', 'segments = ["retraites"]')

    faults = green.faults()
    assert (
        Fault("partners.toml", "partner[rma].segments", '"retraites"', "one of collectif, individuel")
        in faults
    )
    # And the segment that lost its partner is named where the menu promises one.
    assert any(one.expected == "a [[partner]] in partners.toml for individuel" for one in faults)


def test_two_partners_of_a_kind_for_one_segment_are_refused(green):
    green.change("partners.toml", 'segments = ["individuel"]', 'segments = ["collectif", "individuel"]')

    (fault,) = green.faults()
    assert (fault.key, fault.found) == ("partner[rma]", "assistance for collectif, as ima")


def test_a_menu_that_names_a_partner_who_is_not_there_is_refused(green):
    green.change("menu.toml", 'page = "professionals"', 'page = "legal_protection"')

    (fault, *_) = green.faults()
    assert fault.file == "menu.toml"
    assert fault.expected == "a [[partner]] in partners.toml for collectif, individuel"


def test_what_belongs_to_teleconsultations_is_refused_elsewhere_and_needed_there(warm):
    warm.change("partners.toml", 'kind = "teleconsultation"', 'kind = "assistance"')

    keys = [one.key for one in warm.faults()]
    assert "partner[ima-sante].teleconsultations" in keys


def test_a_mutual_without_the_file_is_refused(green):
    (green.folder / "partners.toml").unlink()

    assert green.faults() == (Fault("partners.toml", "", "no such file", "a TOML file"),)
