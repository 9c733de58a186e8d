"""The directory of hospitals: taken in whole or refused with line and reason, found by name or town (X11)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stdnum import luhn

from entraide.portal.config.cli import main
from entraide.portal.domain.facilities.models import Facility, FacilityWord
from entraide.portal.domain.facilities.queries import directory_is_filled, facility_with, find_facilities
from entraide.portal.gateways.core_system.progress import Progress
from entraide.portal.gateways.facilities import FacilitiesRefused, take_in_facilities

pytestmark = pytest.mark.django_db
HEAD = "finess;etalab;96;2026-11-04"


def official(
    number: str,
    name: str,
    place: str,
    *,
    kind: str = "1102",
    street: str = "RUE DU PARC",
    tel: str = "0476000000",
) -> str:
    cells = [""] * 32
    cells[0], cells[1], cells[3], cells[7], cells[9] = "structureet", number, name, "12", street
    cells[15], cells[16], cells[19], cells[20] = place, tel, "Centre hospitalier", kind
    return ";".join(cells)


ROWS = [
    official("380999904", "HOPITAL SAINT-AUBIN DES LACS", "38000 GRENOBLE"),
    official("380999912", "CLINIQUE DE L'ÉTANG", "38043 GRENOBLE CEDEX 9"),
    official("2A0000022", "CENTRE HOSPITALIER DES ILES", "20000 AJACCIO"),
    official("010999902", "HOPITAL DE LA PLAINE", "01000 BOURG EN BRESSE"),
    official("750999906", "PHARMACIE DU PARC", "75012 PARIS", kind="3201"),
    "geolocalisation;380999904;913000.1;6458000.2;1,ATLASANTE;2026-11-04",
]
SMALLER = "finess_et,hospital_name,lat,street,house_number,postcode,city,facility_type,tel"


def write(folder: Path, rows: list[str], *, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path = folder / "finess.csv"
    path.write_bytes("\r\n".join([head, *rows, ""]).encode(encoding))
    return path


@pytest.fixture
def directory(tmp_path: Path) -> None:
    take_in_facilities(write(tmp_path, ROWS))


def names(question: str) -> list[str]:
    return [one.name for one in find_facilities(question).facilities]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_official_file_is_read_in_the_encodings_of_its_editions(tmp_path: Path, encoding: str) -> None:
    counts = take_in_facilities(write(tmp_path, ROWS, encoding=encoding))

    found = facility_with("380999912")
    assert (counts.new, Facility.objects.count()) == (4, 4)
    assert found is not None
    assert (found.name, found.town, found.postcode) == ("CLINIQUE DE L'ÉTANG", "GRENOBLE", "38043")
    assert found.whole_address == "12 RUE DU PARC, 38043 GRENOBLE CEDEX 9"
    assert found.phone == "+33476000000"


def test_the_smaller_file_of_hospitals_is_read_too_with_its_lost_zeros(tmp_path: Path) -> None:
    rows = [
        '10999902,"HOPITAL ""DE LA PLAINE""",45.1,RUE DU LAC,3,1000,BOURG EN BRESSE,"CH, local",474454647'
    ]
    take_in_facilities(write(tmp_path, rows, head=SMALLER))

    found = facility_with("010999902")
    assert found is not None
    assert (found.name, found.postcode, found.phone) == ('HOPITAL "DE LA PLAINE"', "01000", "+33474454647")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("etang", ["CLINIQUE DE L'ÉTANG"]),
        ("Clinique de l’Étang", ["CLINIQUE DE L'ÉTANG"]),
        ("st aubin", ["HOPITAL SAINT-AUBIN DES LACS"]),
        ("hôpital bourg-en-bresse", ["HOPITAL DE LA PLAINE"]),
        ("grenob", ["CLINIQUE DE L'ÉTANG", "HOPITAL SAINT-AUBIN DES LACS"]),
        ("38000", ["HOPITAL SAINT-AUBIN DES LACS"]),
        ("38 hopital", ["HOPITAL SAINT-AUBIN DES LACS"]),
        ("380 999 904", ["HOPITAL SAINT-AUBIN DES LACS"]),
        ("2a0000022", ["CENTRE HOSPITALIER DES ILES"]),
        ("hôpital de l’étang", ["CLINIQUE DE L'ÉTANG"]),
        ("polyclinique st aubin grenoble", ["HOPITAL SAINT-AUBIN DES LACS"]),
        ("polyclinique", []),
        ("pharmacie", []),
        ("hopital lyon", []),
        ("clinique plaine lyon", []),
        ("de la", []),
        ("%", []),
        ("", []),
    ],
)
def test_a_hospital_is_found_by_name_town_postcode_or_number(
    directory: None, question: str, expected: list[str]
) -> None:
    assert names(question) == expected


def test_a_search_is_one_question_however_many_facilities_there_are(
    tmp_path: Path, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    rows = [official(number, f"HOPITAL {number}", "38000 GRENOBLE") for number in valid_numbers(60)]
    take_in_facilities(write(tmp_path, rows))

    with django_assert_max_num_queries(1):
        found = find_facilities("hopital grenoble")

    assert (len(found.facilities), found.more) == (20, True)


def valid_numbers(count: int) -> list[str]:
    return [(body := f"38{place:06d}") + luhn.calc_check_digit(body) for place in range(count)]


def test_the_same_file_again_changes_nothing_and_another_takes_its_place(tmp_path: Path) -> None:
    first = take_in_facilities(write(tmp_path, ROWS))
    again = take_in_facilities(write(tmp_path, ROWS))
    moved = official("380999904", "HOPITAL SAINT-AUBIN DES LACS", "38400 ST MARTIN D HERES")
    second = take_in_facilities(write(tmp_path, [moved, *ROWS[1:3]]))

    assert (first.new, first.changed, first.unchanged) == (4, 0, 0)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 4)
    assert (second.new, second.changed, second.unchanged) == (0, 1, 2)
    assert names("saint martin hères") == ["HOPITAL SAINT-AUBIN DES LACS"]
    assert names("plaine") == []
    assert not FacilityWord.objects.filter(word="38000").exists()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (official("380999905", "X", "38000 GRENOBLE"), 'line 3, nofinesset: found "380999905"'),
        (official("380999904", "", "38000 GRENOBLE"), "line 3, rs"),
        (official("380999904", "X", "99000 GRENOBLE"), "line 3, ligneacheminement"),
        (ROWS[0] + ";", "found 33 values, expected 32"),
        ("structureet;380999904", "found 2 values, expected 32"),
        (ROWS[1], "it is on line 2 already"),
        ("x" * 30_000, "a line longer than"),
    ],
)
def test_one_wrong_line_and_the_directory_before_stays(tmp_path: Path, row: str, fault: str) -> None:
    take_in_facilities(write(tmp_path, ROWS[2:3]))

    with pytest.raises(FacilitiesRefused, match=fault.replace("(", r"\(")):
        take_in_facilities(write(tmp_path, [ROWS[1], row]))

    assert [one.finess for one in Facility.objects.all()] == ["2A0000022"]


@pytest.mark.parametrize(
    "text",
    [
        "", "a;b;c\n1;2;3\n", HEAD, SMALLER, "\x00\x01\x02", f"{HEAD}\n{ROWS[4]}\n",
        # As an older Mac ends its lines.
        "a,b\r1,2\r", f"{SMALLER}\n380999904,Clinique\rdu Parc,,,,38000,Grenoble,,\n",
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(FacilitiesRefused):
        take_in_facilities(path)
    assert not directory_is_filled()


def test_who_waits_sees_how_far_it_is(tmp_path: Path) -> None:
    told: list[Progress] = []
    take_in_facilities(write(tmp_path, ROWS), watch=told.append)

    assert told[-1].step == "done"
    assert told[-1].bytes_read == told[-1].size


def test_the_command_says_what_it_loaded_or_why_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["facilities", str(write(tmp_path, ROWS))]) == 0
    assert "facilities: 4 new" in capsys.readouterr().out
    assert main(["facilities", str(tmp_path / "absent.csv")]) == 1
    assert main(["facilities", str(write(tmp_path, ["structureet;1"]))]) == 1
    assert "nothing of it was kept" in capsys.readouterr().err
