"""One value of the wrong form, and the fault that tells its author what to write."""

import pytest

from entraide.profiles import Fault, ProfileError, load_profile


def test_a_key_that_nobody_knows_is_refused_with_the_known_ones(green):
    green.change("theme.toml", "brand =", "background = 1\nbrand =")

    expected = "one of brand, accent, logo, favicon"
    assert green.faults() == (Fault("theme.toml", "background", "an unknown key", expected),)


def test_a_key_that_is_missing_is_named(green):
    green.change("profile.toml", 'siren = "390820058"\n', "")

    expected = "a SIREN of nine digits whose check digit is right"
    assert green.faults() == (Fault("profile.toml", "identity.siren", "nothing", expected),)


def test_a_file_that_is_missing_is_named(green):
    (green.folder / "news.toml").unlink()

    assert green.faults() == (Fault("news.toml", "", "no such file", "a TOML file"),)


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(ProfileError) as refusal:
        load_profile(tmp_path / "nowhere")

    assert str(refusal.value) == "nowhere: found no such folder, expected the folder of a mutual"


def test_a_mistake_of_toml_gives_its_line(green):
    green.change("theme.toml", 'brand = "#17684f"', "brand = #17684f")

    (fault,) = green.faults()
    assert (fault.file, fault.key, fault.expected) == ("theme.toml", "", "a TOML file")
    assert "line 2" in fault.found


def test_bytes_that_are_not_utf8_are_refused(green):
    (green.folder / "news.toml").write_bytes('title = "été"'.encode("latin-1"))

    expected = "a TOML file in UTF-8"
    assert green.faults() == (Fault("news.toml", "", "bytes that are not UTF-8", expected),)


def test_a_page_that_the_portal_does_not_know_is_refused_with_the_nearest_one(green):
    green.change("menu.toml", 'page = "contract"', 'page = "contrat"')

    key = "category[personal].entry[contrat].page"
    assert green.faults() == (
        Fault("menu.toml", key, '"contrat"', "a page of the portal (perhaps contract)"),
    )


def test_an_icon_that_is_not_drawn_is_refused_with_the_nearest_one(green):
    green.change("menu.toml", 'icon = "deposit"', 'icon = "deposits"')

    expected = "an icon of the portal (perhaps deposit)"
    assert green.faults() == (Fault("menu.toml", "tile[deposit].icon", '"deposits"', expected),)


def test_a_text_without_its_english_is_refused(green):
    green.change("menu.toml", ', en = "My reimbursements" }', " }")

    key = "category[reimbursements].label.en"
    assert green.faults() == (Fault("menu.toml", key, "nothing", "a text in English"),)


def test_a_text_of_blanks_is_refused(green):
    green.change("menu.toml", 'fr = "Mes remboursements"', 'fr = "  "')

    key = "category[reimbursements].label.fr"
    assert green.faults() == (Fault("menu.toml", key, '"  "', "a text in French"),)


def test_a_text_in_a_third_language_is_refused(green):
    green.change("menu.toml", 'en = "My reimbursements" }', 'en = "My reimbursements", de = "Meine" }')

    key = "category[reimbursements].label.de"
    assert green.faults() == (Fault("menu.toml", key, "an unknown key", "one of fr, en"),)


@pytest.mark.parametrize(
    ("old", "new", "key", "found", "expected"),
    [
        ("lock_hours = 24", 'lock_hours = "24"', "security.lock_hours", '"24"', "a whole number"),
        ("lock_hours = 24", "lock_hours = true", "security.lock_hours", "true", "a whole number"),
        (
            "lock_hours = 24",
            "lock_hours = 0",
            "security.lock_hours",
            "0",
            "a whole number from 1 to 100000",
        ),
        ('preset = "guide"', 'preset = "open"', "security.preset", '"open"', "one of guide, renforce"),
        (
            'check_at_sign_in = "images"',
            'check_at_sign_in = "puzzle"',
            "security.check_at_sign_in",
            '"puzzle"',
            "one of images, question, proof_of_work",
        ),
        (
            'siren = "390820058"',
            'siren = "390820059"',
            "identity.siren",
            '"390820059"',
            "a SIREN of nine digits whose check digit is right",
        ),
        (
            'phone = "04 76 60 56 36"',
            'phone = "0476605636"',
            "contacts.phone",
            '"0476605636"',
            "a French number by pairs, as 01 23 45 67 89",
        ),
        (
            'email = "fr-contact@mese.se.com"',
            'email = "fr-contact at mese"',
            "contacts.email",
            '"fr-contact at mese"',
            "an e-mail address, as name@example.org",
        ),
        (
            'end = "18:30"',
            'end = "18h30"',
            "contacts.hours[#1].end",
            '"18h30"',
            "a time as HH:MM, from 00:00 to 24:00",
        ),
        (
            "days = [0, 1, 2, 3, 4]",
            "days = [0, 7]",
            "contacts.hours[#1].days[#2]",
            "7",
            "a whole number from 0 to 6",
        ),
        ("days = [0, 1, 2, 3, 4]", "days = 0", "contacts.hours[#1].days", "0", "a list"),
    ],
)
def test_a_value_of_the_wrong_form_says_what_stands_there_and_what_should(
    green, old, new, key, found, expected
):
    green.change("profile.toml", old, new)

    assert green.faults() == (Fault("profile.toml", key, found, expected),)


def test_a_colour_by_name_is_refused(green):
    green.change("theme.toml", '"#17684f"', '"green"')

    expected = "a colour as #rrggbb, in lower case"
    assert green.faults() == (Fault("theme.toml", "brand", '"green"', expected),)


def test_all_the_faults_of_all_the_files_are_told_at_once(green):
    green.change("theme.toml", '"#17684f"', '"green"')
    green.change("profile.toml", "lock_hours = 24", "lock_hours = 0")
    green.change("profile.toml", "code_tries = 5", "code_tries = 0")
    green.change("demo.toml", 'sex = "F"', 'sex = "X"')

    places = [(fault.file, fault.key) for fault in green.faults()]

    assert places == [
        ("profile.toml", "security.lock_hours"),
        ("profile.toml", "security.code_tries"),
        ("theme.toml", "brand"),
        ("demo.toml", "household[aubriet].person[#1].sex"),
    ]


def test_a_fault_reads_as_one_clear_line(green):
    green.change("theme.toml", '"#17684f"', '"green"')

    with pytest.raises(ProfileError) as refusal:
        load_profile(green.folder)

    assert (
        str(refusal.value) == 'theme.toml: brand: found "green", expected a colour as #rrggbb, in lower case'
    )
