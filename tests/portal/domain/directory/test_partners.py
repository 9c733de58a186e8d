"""The partners of networks, every value checked since it is shown as it is (NET-01 to NET-04)."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from entraide.portal.config.cli import main
from entraide.portal.domain.directory.demo import open_demo_directory
from entraide.portal.domain.directory.models import Entry
from entraide.portal.domain.imports import FINDINGS_COUNTED, FINDINGS_SHOWN
from entraide.portal.gateways.directory.partners import OPTIONAL, REQUIRED, take_in_partners
from entraide.portal.gateways.directory.reading import DirectoryRefused
from tests.portal.domain.directory.filled import GRENOBLE, fill_towns

pytestmark = pytest.mark.django_db
NETWORK = settings.PROFILE.networks.networks[0].id
COLUMNS = (*REQUIRED, *OPTIONAL)


def line(**values: str) -> str:
    usual = {
        "network": NETWORK,
        "partner_id": "K-1",
        "name": "Optique du Drac",
        "profession": "optician",
        "address": "12 rue des Arcades",
        "postcode": "38000",
        "city": "Grenoble",
    }
    cells = {**usual, **values}
    return ";".join(f'"{cells.get(name, "")}"' for name in COLUMNS)


def write(folder: Path, *lines: str, head: str = ";".join(COLUMNS), encoding: str = "utf-8") -> Path:
    path = folder / "partners.csv"
    path.write_bytes("\r\n".join([head, *lines, ""]).encode(encoding))
    return path


@pytest.fixture(autouse=True)
def towns() -> None:
    fill_towns()


def test_everything_that_a_network_says_of_a_partner_is_kept(tmp_path: Path) -> None:
    values = {
        "lat": "45,19", "lon": "5.73", "phone": "04 65 71 01 01", "number": "10000000001",
        "booking_url": "https://rendez-vous.example.org/?a=1", "third_party_payment": "yes",
        "no_cost_care": "oui", "accessible": "no", "parking": "", "languages": "FR, en",
        "hours": "1-5 09:00-12:30  14:00-19:00 ; 6 10:00-18:00", "max_fee_cents": "6500",
    }  # fmt: skip
    take_in_partners(write(tmp_path, line(**values)))

    one = Entry.objects.get()
    assert (one.lat, one.lon, one.is_approximate) == (45.19, 5.73, False)
    assert (one.phone, one.network, one.languages) == ("+33465710101", NETWORK, " fr en ")
    assert (one.third_party_payment, one.no_cost_care, one.accessible, one.parking) == (
        True,
        True,
        False,
        None,
    )
    assert one.hours == "1-5 09:00-12:30 14:00-19:00; 6 10:00-18:00"
    assert (one.slots, one.max_fee_cents) == (" evening saturday ", 6500)


def test_without_a_point_a_partner_stands_in_the_middle_of_the_town(tmp_path: Path) -> None:
    taken = take_in_partners(write(tmp_path, line(), line(partner_id="K-2", postcode="38999")))

    first, second = Entry.objects.order_by("pk")
    assert (first.lat, first.lon, first.is_approximate) == (*GRENOBLE, True)
    assert second.lat is None
    assert taken.without_point == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_only_the_required_columns_in_any_order_and_encoding_are_enough(
    tmp_path: Path, encoding: str
) -> None:
    head = "name,network,partner_id,profession,city,postcode,address"
    row = f'"Optique, Lunettes et Cœur",{NETWORK},K-1,optician,Échirolles,38130,'

    take_in_partners(write(tmp_path, row, head=head, encoding=encoding))

    assert (Entry.objects.get().name, Entry.objects.get().city) == ("Optique, Lunettes et Cœur", "Échirolles")


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("network", "elsewhere", "a network of the mutual"),
        ("partner_id", "", "found nothing, expected what the network knows the partner by"),
        ("name", "", "the name of a partner"),
        ("profession", "wizard", "one of"),
        ("postcode", "3800", "five digits"),
        ("city", "", "a commune"),
        ("lat", "north", "two numbers of degrees"),
        ("lat", "nan", "two numbers of degrees"),
        ("lat", "inf", "two numbers of degrees"),
        ("lat", "90.5", "two numbers of degrees"),
        ("lon", "180.5", "two numbers of degrees"),
        ("lon", "", "two numbers of degrees"),
        ("phone", "12", "a French number"),
        ("number", "12;34", "up to 14 digits and letters"),
        ("booking_url", "javascript:alert(1)", "begins with https://"),
        ("booking_url", "https://example.org/<x>", "begins with https://"),
        ("parking", "perhaps", "yes, no, or nothing"),
        ("languages", "français", "codes of two letters"),
        ("languages", "fr " * 16, "codes of two letters"),
        ("hours", "tous les jours", "Monday being 1"),
        ("hours", "1 09:00-12:00 11:00-13:00", "Monday being 1"),
        ("hours", "1 12:00-09:00", "Monday being 1"),
        ("booking_url", "http://example.org/", "begins with https://"),
        ("booking_url", f"https://example.org/{'x' * 190}", "begins with https://"),
        ("max_fee_cents", "10000000", "whole cents"),
        ("max_fee_cents", "-1", "whole cents"),
        ("max_fee_cents", "65,00", "whole cents"),
    ],
)
def test_a_wrong_value_refuses_the_file_with_line_and_reason(
    tmp_path: Path, column: str, value: str, told: str
) -> None:
    take_in_partners(write(tmp_path, line(name="Before")))
    changed = {**({"lat": "45", "lon": "5"} if column in {"lat", "lon"} else {}), column: value}

    with pytest.raises(DirectoryRefused) as refusal:
        take_in_partners(write(tmp_path, line(), line(**{"partner_id": "K-2", **changed})))

    assert "line 3" in str(refusal.value)
    assert told in str(refusal.value)
    assert [one.name for one in Entry.objects.all()] == ["Before"]


@pytest.mark.parametrize("more", ["", ";", ";;"])
def test_a_line_of_too_few_or_too_many_values_is_told(tmp_path: Path, more: str) -> None:
    changed = line() + more if more else line().rpartition(";")[0]
    found = len(COLUMNS) + len(more) if more else len(COLUMNS) - 1

    with pytest.raises(DirectoryRefused) as refusal:
        take_in_partners(write(tmp_path, line(partner_id="K-2"), changed))

    expected = f"line 3: found {found} values, expected {len(COLUMNS)}, one for each column"
    assert expected in str(refusal.value)
    assert not Entry.objects.exists()


def test_of_very_many_faults_the_first_are_told_and_the_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    faulty = [line(partner_id=str(number), city="") for number in range(FINDINGS_COUNTED + 50)]

    with pytest.raises(DirectoryRefused) as refusal:
        take_in_partners(write(tmp_path, *faulty))

    told = str(refusal.value).splitlines()
    assert len(told) == FINDINGS_SHOWN + 1
    assert told[-1] == f"and {FINDINGS_COUNTED - FINDINGS_SHOWN} more faults"


def test_a_line_without_an_end_is_refused_and_not_read_into_memory(tmp_path: Path) -> None:
    with pytest.raises(DirectoryRefused, match=r"line 2: found a line longer than 20000 bytes"):
        take_in_partners(write(tmp_path, line(name="x" * 30_000), line(partner_id="K-2")))

    assert not Entry.objects.exists()


def test_what_cannot_be_printed_is_left_out_of_what_is_shown(tmp_path: Path) -> None:
    """A zero byte would stop the database, a mark of direction turn a name around."""
    take_in_partners(write(tmp_path, line(name="Optique\x00 du\u202e  Drac\t", address="12\x07 rue")))

    one = Entry.objects.get()
    assert (one.name, one.address) == ("Optique du Drac", "12 rue")


def test_fifteen_languages_and_a_fee_of_seven_digits_are_kept(tmp_path: Path) -> None:
    codes = [f"{first}{second}" for first in "abc" for second in "vwxyz"]
    take_in_partners(write(tmp_path, line(languages=" ".join(codes), max_fee_cents="9999999")))

    one = Entry.objects.get()
    assert one.languages.split() == codes
    assert one.max_fee_cents == 9_999_999


def test_a_partner_who_stands_there_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    with pytest.raises(DirectoryRefused, match=r"line 3.*it is on line 2 already"):
        take_in_partners(write(tmp_path, line(), line()))


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("name;network", "partner_id: found no such column"),
        (";".join((*COLUMNS, "colour")), '"colour"'),
        (";".join((*COLUMNS, "city")), "a column twice"),
        ("", "no such column"),
        ("network\rname;city", "no such column"),
    ],
)
def test_another_layout_is_refused(tmp_path: Path, head: str, told: str) -> None:
    with pytest.raises(DirectoryRefused) as refusal:
        take_in_partners(write(tmp_path, line(), head=head))

    assert told in str(refusal.value)


def test_an_end_of_line_astray_within_a_line_is_refused_with_its_line(tmp_path: Path) -> None:
    """As files look that were saved on an older Mac."""
    astray = line().replace('"', "").replace("Drac", "Dr\rac")

    with pytest.raises(DirectoryRefused) as refusal:
        take_in_partners(write(tmp_path, line(partner_id="K-2"), astray))

    assert "line 3: found 0 values" in str(refusal.value)


def test_the_command_refuses_a_faulty_file_with_its_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["directory", "partners", str(write(tmp_path))]) == 1
    assert "found nobody, expected at least one partner" in capsys.readouterr().err


def test_the_demo_has_professionals_in_its_towns_once(tmp_path: Path) -> None:

    open_demo_directory(clock=timezone.now)
    count = Entry.objects.count()
    open_demo_directory(clock=timezone.now)

    assert Entry.objects.count() == count > 500
    assert set(Entry.objects.values_list("network", flat=True)) == {"", NETWORK}
