"""The folder itself: the files of the contract, the same bytes each time, documents everyone can read."""

from datetime import date

import pikepdf
import pytest

from entraide.demo import sheets, write_folder
from entraide.demo.folder import COLUMNS
from tests.demo.conftest import MUTUALS, ON


def contents(folder) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_arguments_give_the_same_bytes(profile, demo, tmp_path):
    write_folder(profile, tmp_path, on=ON)

    assert contents(tmp_path) == contents(demo.path)


@pytest.mark.parametrize("on", [date(2024, 2, 29), date(2026, 1, 1), date(2031, 12, 31)])
def test_any_day_can_be_asked_for(profile, tmp_path, on):
    write_folder(profile, tmp_path, on=on)

    assert (tmp_path / "payment_lines.csv").read_bytes().count(b"\n") > 100


def test_each_file_has_its_header_and_no_mark_before_it(demo):
    for name, columns in COLUMNS.items():
        first = (demo.path / f"{name}.csv").read_bytes().split(b"\n", 1)[0]
        assert first.decode() == columns


def test_the_import_page_explains_every_column():
    page = (MUTUALS.parent / "docs/operations/import.md").read_text(encoding="utf-8")

    for name, columns in COLUMNS.items():
        section = page.split(f"### `{name}.csv`", 1)[1].split("\n### ", 1)[0]
        explained = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
        assert explained == columns.split(",")


def test_the_schedule_of_benefits_is_the_table_that_the_engine_reads(profile):
    """B-02: the paper and the reimbursements promise the same."""
    sections = {each.heading: dict(each.rows) for each in sheets.guarantees(ON.year, profile.guarantees)}

    for (table,) in profile.guarantees.values():
        assert set(sections[table.label.fr]) == {each.label.fr for each in table.guarantees}
    sessions = [rows["Médecines douces"] for rows in sections.values() if "Médecines douces" in rows]
    assert "25\N{NO-BREAK SPACE}€ par séance, 3 fois par an" in sessions


def test_rows_point_to_rows_that_exist(demo):
    members = {row["member_number"] for row in demo.rows("members")}
    contracts = {(row["member_number"], row["contract_number"]) for row in demo.rows("contracts")}
    for name in ("beneficiaries", "contracts", "coverages", "payments"):
        assert {row["member_number"] for row in demo.rows(name)} <= members
    for row in demo.rows("coverages"):
        assert (row["member_number"], row["contract_number"]) in contracts
    assert {row["member_number"] for row in demo.rows("documents")} - members == {""}


def test_there_are_documents_for_all_for_a_segment_and_for_one_member(profile, demo):
    """DOC-01…03"""
    rows = demo.rows("documents")

    assert 10 <= len(rows) <= 20
    assert {row["kind"] for row in rows} >= {"notice", "assistance-notice", "member-letter", "guide"}
    assert {row["shelf"] for row in rows} == {"contract", "information"}
    assert any(row["segment"] for row in rows)
    assert {row["segment"] for row in rows} <= {"", *(each.id for each in profile.segments)}
    assert any(row["member_number"] for row in rows)
    for row in rows:
        assert (demo.path / row["file"]).is_file()
        assert row["published_on"] <= ON.isoformat()


def test_every_document_is_tagged_and_names_its_language_and_title(demo):
    """RGAA, domain §7: PDF files that a screen reader can follow."""
    for row in demo.rows("documents"):
        with pikepdf.open(demo.path / row["file"]) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert "/StructTreeRoot" in pdf.Root
            assert str(pdf.Root.Lang).startswith("fr")
            assert str(pdf.docinfo["/Title"]) == row["title_fr"]
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
