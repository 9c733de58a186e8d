"""Demo households that could not exist."""

from entraide.profiles import Fault

FIRST = "household[aubriet].person[#1]"


def test_a_household_of_an_unknown_segment_is_refused(green):
    green.change("demo.toml", 'segment = "collectif"', 'segment = "salarie"')

    key, expected = "household[aubriet].segment", "one of collectif, individuel"
    assert green.faults() == (Fault("demo.toml", key, '"salarie"', expected),)


def test_a_household_needs_exactly_one_insured_person(green):
    green.change("demo.toml", 'relationship = "spouse"', 'relationship = "primary_insured"')

    (count, role) = green.faults()
    found = "2 persons who are primary_insured"
    assert count == Fault("demo.toml", "household[aubriet].person", found, "exactly one")
    assert role.key == "household[aubriet].person[#2].role"


def test_a_password_that_the_portal_would_refuse_is_refused(green):
    """X4."""
    green.change("demo.toml", '"Vercors!brume47"', '"vercorsbrume4"')

    (fault,) = green.faults()
    assert (fault.key, fault.found) == (f"{FIRST}.password", '"vercorsbrume4"')
    assert fault.expected.startswith("12 characters, with a lower-case letter and two of")


def test_two_persons_cannot_share_a_password(green):
    green.change("demo.toml", '"Sentier+calcaire9"', '"Vercors!brume47"')

    key = "household.person.password"
    assert green.faults() == (Fault("demo.toml", key, '"Vercors!brume47" twice', "each id once"),)


def test_someone_who_has_not_activated_their_access_has_no_password(green):
    green.change(
        "demo.toml", 'role = "not_activated"', 'role = "not_activated"\npassword = "Vercors!brume48"'
    )

    key = "household[benhaddou].person[#1].password"
    expected = "no password, without an access"
    assert green.faults() == (Fault("demo.toml", key, "a password", expected),)


def test_an_activated_access_needs_a_mobile(green):
    green.change("demo.toml", 'mobile = "06 39 98 10 01"\n', "")

    expected = "a mobile, for the code of the sign-in"
    assert green.faults() == (Fault("demo.toml", f"{FIRST}.mobile", "nothing", expected),)


def test_a_number_that_could_be_someones_is_refused(green):
    green.change("demo.toml", '"06 39 98 10 01"', '"06 12 34 56 78"')

    expected = "a mobile kept for fiction, as 06 39 98 01 02"
    assert green.faults() == (Fault("demo.toml", f"{FIRST}.mobile", '"06 12 34 56 78"', expected),)


def test_an_address_that_could_be_someones_is_refused(green):
    green.change("demo.toml", "camille.aubriet@example.org", "camille.aubriet@laposte.net")

    expected = "an address of example.org, example.com or example.net"
    fault = Fault("demo.toml", f"{FIRST}.email", '"camille.aubriet@laposte.net"', expected)
    assert green.faults() == (fault,)


def test_the_sex_follows_the_civility(green):
    green.change("demo.toml", 'sex = "F"', 'sex = "M"')

    assert green.faults() == (Fault("demo.toml", f"{FIRST}.sex", '"M"', '"F", as the civility says'),)


def test_a_place_of_birth_overseas_has_a_shorter_commune(green):
    green.change(
        "demo.toml",
        'birth_department = "974"\nbirth_commune = "11"',
        'birth_department = "974"\nbirth_commune = "411"',
    )

    key = "household[hoarau].person[#1].birth_commune"
    expected = "2 digits after the department 974"
    assert green.faults() == (Fault("demo.toml", key, '"411"', expected),)


def test_an_agent_has_a_longer_password_than_a_member(green):
    """A74."""
    green.change("demo.toml", '"Tisane-du-lundi+38"', '"Tisane-lundi+38"')

    (fault,) = green.faults()
    assert (fault.key, fault.found) == ("agent[#1].password", '"Tisane-lundi+38"')
    assert fault.expected.startswith("16 characters")


def test_the_demo_shows_one_agent_of_each_role(green):
    green.change("demo.toml", 'role = "supervisor"', 'role = "handler"')

    assert [(one.key, one.found, one.expected) for one in green.faults()] == [
        ("agent", "2 with the role handler", "exactly one"),
        ("agent", "0 with the role supervisor", "exactly one"),
    ]


def test_an_agent_is_no_member_by_their_address(green):
    green.change("demo.toml", '"maud.cendrier@example.org"', '"camille.aubriet@example.org"')

    (fault,) = green.faults()
    assert (fault.key, fault.expected) == ("agent[#1].email", "an address that no member has")


def test_an_agent_without_a_name_is_refused(green):
    green.change("demo.toml", 'first_name = "Maud"\n', "")

    assert green.faults() == (
        Fault("demo.toml", "agent[#1].first_name", "nothing", "one line of text, not empty"),
    )
