"""The public file of postcodes: taken in whole, or refused with line and reason (PROF-04)."""

from pathlib import Path

import pytest

from entraide.portal.config.cli import main
from entraide.portal.domain.contacts.models import Place
from entraide.portal.domain.contacts.places import communes_of, goes_together
from entraide.portal.gateways.places import PlacesRefused, take_in_places

HEAD = "#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5"
ROWS = [
    "38185;GRENOBLE;38000;GRENOBLE;",
    "38185;GRENOBLE;38100;GRENOBLE;",
    "38421;ST MARTIN D HERES;38400;ST MARTIN D HERES;",
    "10003;AIX VILLEMAUR PALIS;10190;AIX VILLEMAUR PALIS;PALIS",
    "2A004;AJACCIO;20000;AJACCIO;",
    "97411;ST DENIS;97400;ST DENIS;",
]
pytestmark = pytest.mark.django_db


def write(folder: Path, rows: list[str], *, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path = folder / "places.csv"
    path.write_bytes("\r\n".join([head, *rows, ""]).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_file_is_read_in_the_encodings_of_its_editions(tmp_path: Path, encoding: str) -> None:
    take_in_places(write(tmp_path, ROWS, encoding=encoding))

    assert communes_of("38000") == ["GRENOBLE"]
    assert communes_of("10190") == ["AIX VILLEMAUR PALIS", "PALIS"]


def test_another_edition_with_commas_and_other_names_is_read_too(tmp_path: Path) -> None:
    head = "code_insee,nom_commune,code_postal,lat,lon"
    take_in_places(write(tmp_path, ["38185,GRENOBLE,38000,45.18,5.72"], head=head))

    assert communes_of("38000") == ["GRENOBLE"]


def test_a_first_zero_that_a_spreadsheet_dropped_is_put_back(tmp_path: Path) -> None:
    take_in_places(write(tmp_path, ["01053;BOURG EN BRESSE;1000;BOURG EN BRESSE;"]))

    assert communes_of("01000") == ["BOURG EN BRESSE"]


def test_a_commune_is_known_however_it_is_spelt_and_overseas_and_corsica_too(tmp_path: Path) -> None:
    take_in_places(write(tmp_path, ROWS))

    assert goes_together("38400", "Saint-Martin-d’Hères")
    assert goes_together("20000", "Ajaccio")
    assert goes_together("97400", "Saint-Denis")
    assert not goes_together("38400", "Grenoble")


def test_nothing_is_compared_while_the_file_was_never_loaded() -> None:
    assert goes_together("38400", "Grenoble")


def test_a_second_load_changes_what_differs_and_drops_what_is_gone(tmp_path: Path) -> None:
    first = take_in_places(write(tmp_path, ROWS)).places
    again = take_in_places(write(tmp_path, ROWS)).places
    take_in_places(write(tmp_path, ROWS[1:]))

    assert (first.new, first.changed) == (7, 0)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 7)
    assert communes_of("38000") == []


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (["38185;GRENOBLE;380;GRENOBLE;"], "line 3: Code_postal"),
        (["38185;GRENOBLE;380000;GRENOBLE;"], "line 3: Code_postal"),
        (["38185;GRENOBLE;99000;GRENOBLE;"], "line 3: Code_postal"),
        (["38185;GRENOBLE;38000"], "found 3 values"),
        (["38185;;38000;;"], "no name"),
        ([f"38185;{'A' * 81};38000;;"], "cannot be one"),
    ],
)
def test_one_wrong_row_and_nothing_is_kept(tmp_path: Path, rows: list[str], fault: str) -> None:
    take_in_places(write(tmp_path, ROWS[:1]))

    with pytest.raises(PlacesRefused, match=fault):
        take_in_places(write(tmp_path, [ROWS[2], *rows]))
    assert [one.city for one in Place.objects.all()] == ["GRENOBLE"]


@pytest.mark.parametrize("text", ["", "a;b;c\n1;2;3\n", HEAD, "\x00\x01\x02"])
def test_what_is_no_such_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(PlacesRefused):
        take_in_places(path)


def test_the_command_says_what_it_loaded_or_why_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["places", str(write(tmp_path, ROWS))]) == 0
    assert "places: 7 new" in capsys.readouterr().out
    assert main(["places", str(tmp_path / "absent.csv")]) == 1
    assert main(["places", str(write(tmp_path, ["x"]))]) == 1
    assert "nothing of it was kept" in capsys.readouterr().err
