"""The national file of professionals, strictly read (PRO-01)."""

from pathlib import Path

import pytest

from entraide.portal.config.cli import main
from entraide.portal.domain.directory.models import Entry
from entraide.portal.gateways.directory.reading import DirectoryRefused
from entraide.portal.gateways.directory.rpps import COLUMNS, take_in_rpps
from tests.portal.domain.directory.filled import GRENOBLE, fill_towns, rpps_file, rpps_line

pytestmark = pytest.mark.django_db
NAME, PROFESSION, KNOWING = "Nom d'exercice", "Code profession", "Libellé savoir-faire"
POSTCODE, COMMUNE = "Code postal (coord. structure)", "Code commune (coord. structure)"
SIGN, PLACE, MODE = "Enseigne commerciale site", "Identifiant technique de la structure", "Code mode exercice"


@pytest.fixture(autouse=True)
def towns() -> None:
    fill_towns()


def taken(folder: Path, *lines: str) -> list[Entry]:
    take_in_rpps(rpps_file(folder, *lines))
    return list(Entry.objects.order_by("pk"))


def test_the_file_has_fifty_six_columns() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 56


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_doctor_is_placed_in_the_middle_of_their_commune(tmp_path: Path, encoding: str) -> None:
    take_in_rpps(rpps_file(tmp_path, rpps_line(**{"Prénom d'exercice": "HÉLÈNE"}), encoding=encoding))

    one = Entry.objects.get()
    assert (one.name, one.profession, one.phone) == (
        "Dr Hélène Fictif",
        "general_practitioner",
        "+33465710101",
    )
    assert (one.address, one.postcode, one.city) == ("12 rue des Arcades", "38000", "Grenoble")
    assert (one.lat, one.lon, one.is_approximate, one.department) == (*GRENOBLE, True, "38")


@pytest.mark.parametrize(
    ("code", "knowing", "profession"),
    [
        ("10", "Ophtalmologie", "ophthalmologist"),
        ("10", "Oto-rhino-laryngologie", "ent"),
        ("10", "Psychiatrie de l'enfant et de l'adolescent", "psychiatrist"),
        ("10", "Anesthésie-réanimation", "other_doctor"),
        ("10", "Spécialiste en Médecine Générale", "general_practitioner"),
        ("40", "", "dentist"),
        ("70", "", "physiotherapist"),
    ],
)
def test_what_somebody_does_is_read_from_code_and_speciality(
    tmp_path: Path, code: str, knowing: str, profession: str
) -> None:
    (one,) = taken(tmp_path, rpps_line(**{PROFESSION: code, KNOWING: knowing}))

    assert one.profession == profession


def test_a_shop_is_one_entry_under_its_sign_however_many_work_there(tmp_path: Path) -> None:
    shop = {PROFESSION: "28", MODE: "S", SIGN: "OPTIQUE DU DRAC", PLACE: "F1", KNOWING: ""}
    found = taken(tmp_path, rpps_line(**shop), rpps_line(**shop, **{"Identifiant PP": "10000000002"}))

    assert [one.name for one in found] == ["Optique du Drac"]


def test_who_is_employed_elsewhere_or_does_something_else_is_left_out(tmp_path: Path) -> None:
    path = rpps_file(
        tmp_path,
        rpps_line(),
        rpps_line(**{MODE: "S"}),
        rpps_line(**{PROFESSION: "86"}),
        rpps_line(**{POSTCODE: ""}),
        rpps_line(**{POSTCODE: "W1A 1A"}),
    )

    taken_in = take_in_rpps(path)

    assert (taken_in.entries, taken_in.lines, taken_in.left_out) == (1, 5, 4)


def test_one_professional_at_two_places_is_found_at_both(tmp_path: Path) -> None:
    second = {
        PLACE: "R2",
        POSTCODE: "38500",
        COMMUNE: "38563",
        "Libellé commune (coord. structure)": "VOIRON",
    }

    found = taken(tmp_path, rpps_line(), rpps_line(**second), rpps_line())

    assert [one.city for one in found] == ["Grenoble", "Voiron"]


@pytest.mark.parametrize(
    ("postcode", "commune", "department"),
    [
        ("20000", "2A004", "2A"),
        ("20200", "2B033", "2B"),
        ("97400", "97411", "974"),
        ("97133", "97701", "977"),
    ],
)
def test_corsica_and_overseas_have_their_departments(
    tmp_path: Path, postcode: str, commune: str, department: str
) -> None:
    (one,) = taken(tmp_path, rpps_line(**{POSTCODE: postcode, COMMUNE: commune}))

    assert one.department == department
    assert one.lat is not None


def test_a_commune_that_nobody_knows_is_counted_and_found_by_name(tmp_path: Path) -> None:
    taken_in = take_in_rpps(rpps_file(tmp_path, rpps_line(**{POSTCODE: "38999", COMMUNE: "38999"})))

    assert taken_in.without_point == 1
    assert Entry.objects.get().lat is None


def changed(old: str, new: str) -> str:
    return "|".join(COLUMNS).replace(old, new)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (changed("Nom d'exercice", "Nom"), """column 8: found "Nom", expected "Nom d'exercice\""""),
        ("|".join(COLUMNS[:-1]), "found 55 columns, expected 56"),
        ("|".join((*COLUMNS, "Nouveau")), "found 57 columns, expected 56"),
        ("|".join((COLUMNS[1], COLUMNS[0], *COLUMNS[2:])), "column 1: found"),
        ("", "column 1: found"),
    ],
)
def test_another_layout_is_refused_with_the_column_that_differs(tmp_path: Path, head: str, told: str) -> None:
    with pytest.raises(DirectoryRefused) as refusal:
        take_in_rpps(rpps_file(tmp_path, rpps_line(), head=head))

    assert told in str(refusal.value)


def test_a_broken_line_refuses_the_file_and_the_former_one_stays(tmp_path: Path) -> None:
    taken(tmp_path, rpps_line())
    path = rpps_file(tmp_path, rpps_line(), "8|10000000002|DURAND", rpps_line(**{NAME: ""}))

    with pytest.raises(DirectoryRefused) as refusal:
        take_in_rpps(path)

    told = str(refusal.value)
    assert "line 3: found 3 values, expected 56" in told
    assert "line 4, Nom d'exercice: found nothing, expected the name" in told
    assert [one.name for one in Entry.objects.all()] == ["Dr Jeanne Fictif"]


@pytest.mark.parametrize(("more", "kept"), [("", True), ("|", True), ("|en trop", False), ("||", False)])
def test_a_separator_at_the_end_of_a_line_is_none_too_many_but_a_value_is(
    tmp_path: Path, more: str, *, kept: bool
) -> None:
    path = rpps_file(tmp_path, rpps_line() + more)
    if kept:
        assert take_in_rpps(path).entries == 1
        return

    with pytest.raises(DirectoryRefused, match=r"line 2: found 5[78] values, expected 56"):
        take_in_rpps(path)


@pytest.mark.parametrize("number", ["1000 0000", "1' OR '1", "é0000000001", "1" * 15])
def test_a_number_that_is_none_refuses_the_file(tmp_path: Path, number: str) -> None:
    with pytest.raises(DirectoryRefused, match=r"line 2, Identifiant PP: .*up to 14 digits and letters"):
        take_in_rpps(rpps_file(tmp_path, rpps_line(**{"Identifiant PP": number})))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DirectoryRefused, match="found nobody"):
        take_in_rpps(rpps_file(tmp_path))


def test_the_command_says_what_was_taken_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["directory", "rpps", str(rpps_file(tmp_path, rpps_line()))]) == 0
    assert "1 entries of 1 lines, 0 left out, 0 in no known town" in capsys.readouterr().out


def test_the_command_refuses_what_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["directory", "rpps", str(tmp_path)]) == 1
    assert "not a file" in capsys.readouterr().err
