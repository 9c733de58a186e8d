"""The dated parameters: complete, sourced, one value a day; wrong files are refused with the place."""

from datetime import date

import pytest

from entraide.reimbursement import DataError, ParameterGap, load_parameters, load_vocabulary
from entraide.reimbursement.listing import in_force, to_confirm
from entraide.reimbursement.parameters.reader import FOLDER, read_parameters

BOOK = load_parameters()
TODAY = date(2026, 11, 22)
PARAMETER = """
[[parameter]]
key = "test.amount"
label = {{ fr = "Essai", en = "Test" }}
unit = "euro"
values = [{values}]
"""


def written(tmp_path, values: str, name: str = "a.toml"):
    path = tmp_path / name
    path.write_text(PARAMETER.format(values=values), encoding="utf-8")
    return path


def faults(*paths) -> list[str]:
    with pytest.raises(DataError) as error:
        read_parameters(paths)
    return [str(fault) for fault in error.value.faults]


@pytest.mark.parametrize(
    ("key", "day", "value"),
    [
        ("tariff.gp", date(2024, 12, 21), 2650),
        ("tariff.gp", date(2024, 12, 22), 3000),
        ("rate.dental", date(2023, 10, 14), 7000),
        ("rate.dental", date(2023, 10, 15), 6000),
        ("participation.amount", date(2024, 5, 15), 200),
        ("hospital.daily", date(2026, 2, 28), 2000),
        ("hospital.daily", date(2026, 3, 1), 2300),
        ("hospital.major", date(2026, 4, 22), 3200),
        ("pmss", TODAY, 400500),
        ("responsible.glasses.max.a", date(2019, 12, 31), 47000),
        ("responsible.glasses.max.a", date(2020, 1, 1), 42000),
        ("responsible.frame.max", date(2019, 12, 31), 15000),
        ("cap.HBLD680", date(2026, 1, 1), 51500),
        ("renewal.hearing", TODAY, 48),
        ("contribution.local_scheme", TODAY, 130),
        ("tsa.responsible", TODAY, 1327),
    ],
)
def test_values_on_both_sides_of_a_change(key, day, value):
    assert BOOK.value(key, day) == value


def test_every_value_says_where_it_comes_from():
    assert all(row.source and row.label.fr and row.label.en for row in BOOK)


def test_what_is_not_read_at_its_source_can_be_listed():
    marked = {row.key for row in BOOK.to_confirm()}

    assert {"participation.cap_day", "rate.auxiliary", "rate.hospital", "responsible.glasses.min.b"} <= marked
    assert not marked & {"tariff.gp.child", "rate.doctor", "rate.dental", "pmss", "participation.cap_year"}
    assert len(list(to_confirm(BOOK))) == len(BOOK.to_confirm())


def test_the_listing_of_a_day():
    lines = list(in_force(BOOK, TODAY, language="en"))

    assert any("tariff.gp " in line and "€30.00" in line and "2024-12-22" in line for line in lines)
    assert any("rate.dental" in line and "60%" in line for line in lines)
    assert any("participation.cap_day" in line and "[to confirm]" in line for line in lines)
    assert not any("2024-05-14" in line for line in lines)


def test_the_listing_speaks_french():
    assert any("30,00\N{NO-BREAK SPACE}€" in line for line in in_force(BOOK, TODAY))


def test_every_key_that_an_act_names_exists():
    for procedure in load_vocabulary().procedures.values():
        for key in (procedure.base, procedure.cap, procedure.rate):
            assert not key or BOOK.knows(key), (procedure.code, key)


def test_a_gap_is_an_error_and_not_a_guess():
    with pytest.raises(ParameterGap, match=r"hospital\.emergency: found no value on 2021-12-31"):
        BOOK.value("hospital.emergency", date(2021, 12, 31))


def test_a_value_ends_on_its_last_day(tmp_path):
    book = read_parameters(
        [written(tmp_path, '{ from = 2020-01-01, until = 2020-06-30, value = "1.00", source = "s" }')]
    )

    assert book.value("test.amount", date(2020, 6, 30)) == 100
    assert book.find("test.amount", date(2020, 7, 1)) is None
    assert date(2020, 7, 1) in book.days_of_change()
    assert book.in_force(date(2019, 12, 31)) == ()


def test_two_values_for_one_day_are_refused(tmp_path):
    row = '{ from = 2020-01-01, value = "1.00", source = "s" }'

    assert faults(written(tmp_path, f"{row}, {row}")) == [
        "a.toml: test.amount: found two values on 2020-01-01, expected one value for a day"
    ]


def test_overlapping_periods_are_refused(tmp_path):
    values = (
        '{ from = 2020-01-01, until = 2020-12-31, value = "1.00", source = "s" }, '
        '{ from = 2020-12-31, value = "2.00", source = "s" }'
    )

    assert "two values on 2020-12-31" in faults(written(tmp_path, values))[0]


def test_a_correction_is_a_new_file(tmp_path):
    first = written(tmp_path, '{ from = 2020-01-01, value = "1.00", source = "s" }')
    second = written(
        tmp_path, '{ from = 2020-01-01, value = "2.00", source = "t", corrects = true }', "b.toml"
    )

    assert read_parameters([first, second]).value("test.amount", date(2020, 1, 1)) == 200


def test_a_correction_of_nothing_is_refused(tmp_path):
    path = written(tmp_path, '{ from = 2020-01-01, value = "2.00", source = "t", corrects = true }')

    assert "found a correction of 2020-01-01" in faults(path)[0]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ('{ from = 2020-01-01, value = 1.5, source = "s" }', 'value: found 1.5, expected an amount'),
        ('{ from = 2020-01-01, value = "1.5", source = "s" }', 'found "1.5", expected an amount'),
        ('{ from = "2020", value = "1.50", source = "s" }', 'from: found "2020", expected a date'),
        ('{ from = 2020-01-01, value = "1.50" }', "source: found nothing, expected a text"),
        ('{ from = 2020-01-01, value = "1.50", source = "s", note = 1 }', "note: found an unknown key"),
        ('{ from = 2020-01-02, until = 2020-01-01, value = "1.50", source = "s" }', "until: found"),
        ("", "test.amount].values: found nothing, expected at least one dated value"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_its_place(tmp_path, values, expected):
    assert any(expected in fault for fault in faults(written(tmp_path, values)))


def test_another_encoding_is_refused_with_its_place(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes("# é".encode("latin-1"))

    assert faults(path) == ["a.toml: byte 2: found another encoding, expected UTF-8"]


def test_a_cut_file_is_refused(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text('[[parameter]]\nkey = "te', encoding="utf-8")

    assert "expected TOML that can be read" in faults(path)[0]


def test_the_book_is_the_whole_folder():
    assert {row.file for row in BOOK} == {path.name for path in FOLDER.glob("*.toml")}
