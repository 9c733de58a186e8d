"""Every fault of a file is told with its line, its column, what was found and what was expected."""

from pathlib import Path

import pytest

from entraide.portal.domain.claims.models import Payment, PaymentLine
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.gateways.core_system import ImportRefused, import_folder
from tests.portal.gateways.core_system.exports import (
    IBAN,
    NIR,
    Tables,
    document,
    family,
    faults_of,
    load,
    only_fault,
    write,
    write_pdf,
)

pytestmark = pytest.mark.django_db

WRONG_IBAN = IBAN[:2] + "99" + IBAN[4:]
SPOILT_CELLS = [
    ("members", 0, "member_number", "3004182", "8 digits"),
    ("members", 0, "segment", "inconnu", "one of "),
    ("members", 0, "joined_on", "01/01/2018", "a date, as 2026-03-31"),
    ("members", 0, "joined_on", "2018-02-30", "a date"),
    ("members", 0, "joined_on", "20180101", "a date"),
    ("members", 0, "joined_on", "2018-W01-1", "a date"),
    ("members", 0, "joined_on", "", "a date"),
    ("members", 0, "left_on", "2017-12-31", "2018-01-01, which is joined_on, or later"),
    ("members", 0, "statement_delivery", "fax", "one of email, post"),
    ("beneficiaries", 1, "relationship", "cousin", "one of primary_insured, spouse, child"),
    ("beneficiaries", 0, "relationship", "spouse", "primary_insured, since"),
    ("beneficiaries", 1, "relationship", "primary_insured", "another relationship"),
    ("beneficiaries", 0, "civility", "dr", "one of mme, m"),
    ("beneficiaries", 0, "last_name", "", "a text of up to 80"),
    ("beneficiaries", 0, "last_name", "x" * 81, "up to 80 characters (these are 81)"),
    ("beneficiaries", 0, "last_name", " Vautrin", "a text without spaces around it"),
    ("beneficiaries", 0, "last_name", "Vau\ttrin", "a text without control characters"),
    ("beneficiaries", 0, "last_name", "Vau\u202etrin", "a text without control characters"),
    ("beneficiaries", 0, "birth_department", "96", "a department of birth"),
    ("beneficiaries", 0, "birth_department", "1", "a department of birth"),
    ("beneficiaries", 0, "nir", NIR[:13], "a health insurance number"),
    ("beneficiaries", 0, "nir", NIR[:13] + "00", "a health insurance number"),
    ("beneficiaries", 0, "nir", "", "a health insurance number"),
    ("beneficiaries", 0, "birth_rank", "0", "a whole number from 1 to 9"),
    ("beneficiaries", 0, "birth_rank", "1.0", "a whole number from 1 to 9"),
    ("beneficiaries", 0, "fund_code", "38", "3 digits"),
    ("beneficiaries", 0, "email", "anne@@example", "an e-mail address"),
    ("beneficiaries", 0, "mobile", "01 99 00 12 34", "a French mobile number"),
    ("beneficiaries", 0, "phone", "12", "a French phone number"),
    ("beneficiaries", 0, "postcode", "38 000!", "a postcode"),
    ("beneficiaries", 0, "iban", WRONG_IBAN, "an IBAN without spaces, with the right keys"),
    ("beneficiaries", 0, "bic", "DEMO", "a BIC"),
    ("beneficiaries", 0, "account_holder", "", "the name on the account"),
    ("contracts", 0, "contract_number", "C40 SOCLE", "up to 40 letters"),
    ("contracts", 0, "tier", "gold", "one of base, option, top_up"),
    ("contracts", 0, "ended_on", "2017-01-01", "2018-01-01, which is subscribed_on, or later"),
    ("coverages", 1, "ends_on", "2017-01-01", "2018-01-01, which is starts_on, or later"),
    ("payments", 0, "payment_reference", "x" * 41, "up to 40 letters"),
    ("payments", 0, "amount", "20,49", "euros with a dot and two digits, as 12.81"),
    ("payments", 0, "amount", "20.5", "euros with a dot"),
    ("payments", 0, "payee", "nobody", "one of member, professional"),
    ("payments", 0, "method", "cash", "one of transfer, cheque"),
    ("payments", 0, "iban_end", "189", "the last 4 characters"),
    ("payment_lines", 1, "line_reference", "L 2", "up to 40 letters"),
    ("payment_lines", 1, "kind", "spa", "one of consultation"),
    ("payment_lines", 1, "rate", "101", "a whole number from 0 to 100"),
    ("payment_lines", 1, "charged", "25.01", "25.00, the sum of amo, amc and left"),
    ("payment_lines", 1, "label_en", "x" * 121, "up to 120 characters"),
    ("payment_lines", 1, "quantity", "0", "a whole number from 1 to 999"),
    ("payment_lines", 1, "sector", "2", "one of regulated, optam, non_optam, uncontracted"),
    ("payment_lines", 1, "pathway", "yes", "one of inside, outside"),
    ("payment_lines", 1, "exemption", "ald", "one of none, long_term_condition"),
    ("payment_lines", 1, "withheld", "2", "euros with a dot"),
    ("payment_lines", 1, "side", "gauche", "one of left, right"),
    ("payment_lines", 1, "tooth", "19", "a tooth from 11 to 48"),
    ("payment_lines", 1, "tooth", "56", "a tooth from 11 to 48"),
    ("payment_lines", 1, "lens_left", "strong", "one of simple, complex, very_complex"),
    ("payment_lines", 1, "sight_changed", "1", "one of yes, no"),
    ("payment_lines", 1, "stay_from", "2026-02-30", "a date"),
    ("payment_lines", 1, "ward", "surgery", "one of general, psychiatry, day_case"),
    # References between files.
    ("beneficiaries", 1, "member_number", "59999999", "the number of a membership"),
    ("contracts", 0, "member_number", "59999999", "the number of a membership"),
    ("coverages", 1, "contract_number", "C99", "a contract of the membership 50010001"),
    ("coverages", 1, "beneficiary_number", "59999999", "a person of the membership 50010001"),
    ("payments", 0, "member_number", "59999999", "the number of a membership"),
    ("payment_lines", 1, "payment_reference", "P-9", "a payment in payments.csv or loaded before"),
    ("payment_lines", 1, "beneficiary_number", "59999999", "a person of the membership 50010001"),
]


@pytest.mark.parametrize(("table", "row", "column", "value", "expected"), SPOILT_CELLS)
def test_a_wrong_cell_is_named(
    tmp_path: Path, table: str, row: int, column: str, value: str, expected: str
) -> None:
    tables = family()
    tables[table][row][column] = value

    fault = only_fault(write(tmp_path, tables))

    assert (fault.file, fault.line, fault.column) == (f"{table}.csv", row + 2, column)
    assert expected in fault.expected


@pytest.mark.parametrize(
    ("told", "column", "expected"),
    [
        ({"lens_right": "simple"}, "lens_left", "a value, since lens_right has one"),
        ({"stay_until": "2026-03-01"}, "stay_from", "a value, since stay_until has one"),
        (
            {"stay_from": "2026-02-26", "stay_until": "2026-02-25"},
            "stay_until",
            "a day from 2026-02-26, the first of the stay",
        ),
    ],
)
def test_what_says_something_only_together_is_told_together(
    tmp_path: Path, told: dict[str, str], column: str, expected: str
) -> None:
    """B-02: the engine needs both lenses of a pair, and both ends of a stay."""
    tables = family()
    tables["payment_lines"][1] |= told

    fault = only_fault(write(tmp_path, tables))

    assert (fault.file, fault.line, fault.column) == ("payment_lines.csv", 3, column)
    assert fault.expected == expected


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("members", "member_number"),
        ("beneficiaries", "beneficiary_number"),
        ("contracts", "contract_number"),
        ("coverages", "beneficiary_number"),
        ("payments", "payment_reference"),
        ("payment_lines", "line_reference"),
    ],
)
def test_a_row_given_twice_is_refused(tmp_path: Path, table: str, column: str) -> None:
    tables = family()
    tables[table].append(tables[table][0])
    last = len(tables[table]) + 1

    fault = only_fault(write(tmp_path, tables))

    assert (fault.file, fault.line, fault.column) == (f"{table}.csv", last, column)
    assert fault.expected == "each one once in the file (it is on line 2 already)"


def test_the_amount_of_a_payment_is_the_sum_of_its_lines(tmp_path: Path) -> None:
    """I7."""
    tables = family()
    tables["payments"][0]["amount"] = "20.50"

    fault = only_fault(write(tmp_path, tables))

    assert str(fault) == (
        "payment_lines.csv, line 2, amc: found 20.49 in all for the payment P-1, "
        "expected 20.50, the amount of that payment"
    )
    assert not PaymentLine.objects.exists()


def two_families() -> Tables:
    tables = family()
    for name in ("members", "beneficiaries", "payments", "payment_lines"):
        first = tables[name][0]
        other = {"member_number": "50020001", "beneficiary_number": "50020001", "amount": "11.57"}
        other |= {"payment_reference": "P-2", "line_reference": "L-9", "statement_number": "R-9"}
        tables[name].append({column: other.get(column, value) for column, value in first.items()})
    return tables


def test_a_line_for_a_person_of_another_membership_is_refused(tmp_path: Path) -> None:
    tables = two_families()
    tables["payment_lines"][2]["beneficiary_number"] = "50010002"

    fault = only_fault(write(tmp_path, tables))

    assert (fault.line, fault.column, fault.found) == (4, "beneficiary_number", '"50010002"')
    assert "50020001" in fault.expected


@pytest.mark.parametrize(
    ("table", "row", "changes", "column"),
    [
        ("beneficiaries", 1, {"member_number": "50020001"}, "member_number"),
        ("payments", 0, {"member_number": "50020001"}, "member_number"),
        (
            "payment_lines",
            1,
            {"payment_reference": "P-2", "beneficiary_number": "50020001"},
            "payment_reference",
        ),
    ],
)
def test_what_is_on_file_never_moves_to_another_membership(
    tmp_path: Path, table: str, row: int, changes: dict[str, str], column: str
) -> None:
    """T3: past care stays with the people it is about."""
    load(tmp_path, two_families())
    moved = two_families()[table][row] | changes

    fault = only_fault(write(tmp_path, {table: [moved]}))

    assert (fault.file, fault.line, fault.column) == (f"{table}.csv", 2, column)


def test_a_membership_needs_its_primary_insured(tmp_path: Path) -> None:
    tables = family()
    del tables["beneficiaries"][0]

    fault = only_fault(write(tmp_path, tables))

    assert (fault.file, fault.column) == ("beneficiaries.csv", "member_number")
    assert "primary_insured" in fault.expected


def test_one_wrong_cell_keeps_the_whole_file_out_and_the_files_before_it_in(tmp_path: Path) -> None:
    tables = family()
    tables["payments"].append(tables["payments"][0] | {"payment_reference": "P-2", "paid_on": "soon"})

    with pytest.raises(ImportRefused) as refusal:
        load(tmp_path, tables)

    assert (Member.objects.count(), Beneficiary.objects.count()) == (1, 2)
    assert not Payment.objects.exists()
    assert not PaymentLine.objects.exists()
    assert str(refusal.value).splitlines() == [
        "members.csv: 1 row, 1 new, 0 changed, 0 unchanged",
        "beneficiaries.csv: 2 rows, 2 new, 0 changed, 0 unchanged",
        "contracts.csv: 1 row, 1 new, 0 changed, 0 unchanged",
        "coverages.csv: 2 rows, 2 new, 0 changed, 0 unchanged",
        'payments.csv, line 3, paid_on: found "soon", expected a date, as 2026-03-31',
    ]


def test_all_faults_are_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    tables = family()
    tables["payment_lines"] += [
        tables["payment_lines"][0] | {"line_reference": "L-3", "payment_reference": "P-8"},
        tables["payment_lines"][0] | {"line_reference": "L-4", "kind": "spa", "rate": "x"},
        tables["payment_lines"][0],
    ]

    faults = faults_of(write(tmp_path, tables))

    assert [(fault.line, fault.column) for fault in faults] == [
        (4, "payment_reference"),
        (5, "kind"),
        (5, "rate"),
        (6, "line_reference"),
    ]


def test_faults_beyond_a_hundred_are_counted(tmp_path: Path) -> None:
    tables = family()
    row = tables["payments"][0]
    tables["payments"] = [row | {"payment_reference": f"P-{n}", "amount": "?"} for n in range(2500)]

    with pytest.raises(ImportRefused) as refusal:
        load(tmp_path, tables)

    assert len(refusal.value.report.faults) == 100
    assert str(refusal.value).splitlines()[-1] == "payments.csv: and 2400 more faults"


def test_identity_numbers_and_accounts_are_masked_wherever_they_stand(tmp_path: Path) -> None:
    """A66: a report ends in log files."""
    tables = family()
    tables["beneficiaries"][0] |= {"nir": NIR[:13] + "00", "iban": WRONG_IBAN}
    tables["beneficiaries"][1] |= {
        "fund_code": NIR,
        "bic": IBAN,
        "birth_rank": " ".join(NIR),
        "nir": IBAN[:9],
    }

    told = "\n".join(map(str, faults_of(write(tmp_path, tables)))).replace(" ", "")

    for secret in (NIR[:13], NIR[5:13], IBAN[4:-4], WRONG_IBAN[4:-4], IBAN[2:9]):
        assert secret not in told
    assert told.count("•••") >= 6


def test_a_misspelt_file_is_not_taken_for_an_absent_one(tmp_path: Path) -> None:
    write(tmp_path, family())
    (tmp_path / "payment.csv").write_text("x")

    fault = only_fault(tmp_path)

    assert fault.file == "payment.csv"
    assert not Member.objects.exists()


@pytest.mark.parametrize("name", ["empty", "absent"])
def test_a_folder_without_files_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()

    assert "folder" in str(only_fault(tmp_path / name)) or "CSV" in str(only_fault(tmp_path / name))


PAPERS = {
    "missing.pdf": None,
    "text.pdf": b"not a PDF",
    "broken.pdf": b"%PDF-1.7\nnothing more",
    "empty.pdf": b"",
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_file_that_is_no_pdf_is_refused(tmp_path: Path, name: str) -> None:
    """DOC-01."""
    if PAPERS[name] is not None:
        (tmp_path / name).write_bytes(PAPERS[name] or b"")

    fault = only_fault(write(tmp_path, family() | {"documents": [document(file=name)]}))

    assert (fault.file, fault.line, fault.column) == ("documents.csv", 2, "file")
    assert name in fault.found


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    write_pdf(tmp_path / "papers" / "d1.pdf", password="secret")

    fault = only_fault(write(tmp_path, family() | {"documents": [document()]}))

    assert "encrypted" in fault.found


@pytest.mark.parametrize(
    "path", ["../d1.pdf", "/etc/passwd", "a\\b.pdf", "papers/../../d1.pdf", "link.pdf", "."]
)
def test_a_path_never_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    """A47."""
    write_pdf(tmp_path / "d1.pdf")
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "link.pdf").symlink_to(tmp_path / "d1.pdf")

    fault = only_fault(write(folder, family() | {"documents": [document(file=path)]}))

    assert fault.column == "file"


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"member_number": "59999999"}, "member_number"),
        ({"segment": "inconnu"}, "segment"),
        ({"shelf": "attic"}, "shelf"),
        ({"title_en": ""}, "title_en"),
    ],
)
def test_a_wrong_cell_of_a_document_is_named(tmp_path: Path, changes: dict[str, str], column: str) -> None:
    write_pdf(tmp_path / "papers" / "d1.pdf")

    fault = only_fault(write(tmp_path, family() | {"documents": [document(**changes)]}))

    assert (fault.file, fault.line, fault.column) == ("documents.csv", 2, column)


def test_two_imports_at_once_are_refused(tmp_path: Path) -> None:
    write(tmp_path, family())
    refused = []

    def start_another(_progress: object) -> None:
        if not refused:
            refused.extend(faults_of(tmp_path))

    import_folder(tmp_path, progress=start_another)

    assert "another import" in refused[0].found
