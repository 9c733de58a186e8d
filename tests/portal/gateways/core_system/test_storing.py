"""What a folder of the management system becomes."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone

from entraide.demo import write_folder
from entraide.formats import nir
from entraide.portal.domain.claims.models import Payment, PaymentLine, Statement
from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.imports import Counts
from entraide.portal.domain.members.mobiles import mobile_index, put_on_file
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.domain.members.name_keys import is_called
from entraide.portal.foundation.events.models import Entry
from entraide.portal.gateways.core_system import import_folder
from entraide.profiles import counted_partners
from tests.conftest import give_account
from tests.portal.gateways.core_system.exports import IBAN, NIR, family, load, only_fault, write

pytestmark = pytest.mark.django_db


def counts(report: object) -> dict[str, Counts]:
    return {file.file: file.counts for file in report.files}  # type: ignore[attr-defined]


def test_every_cell_arrives_where_the_pages_read_it(tmp_path: Path, settings: object) -> None:
    """PROF-01…03, REMB-01."""
    load(tmp_path, family())

    anne = Beneficiary.objects.get(number="50010001")
    assert (anne.member.number, anne.member.joined_on, anne.relationship) == (
        "50010001",
        date(2018, 1, 1),
        "primary_insured",
    )
    assert (anne.nir, anne.iban, anne.mobile, anne.phone) == (NIR, IBAN, "+33639981234", "+33199001234")
    assert anne.nir_index == settings.ENTRAIDE.keys.blind_index("nir", NIR)  # type: ignore[attr-defined]
    assert Beneficiary.objects.get(number="50010002").birth_name == "Le Guen"
    assert Contract.objects.get().plan_en == "Comfort"
    assert Coverage.objects.count() == 2
    line = PaymentLine.objects.get(reference="L-2")
    assert (line.charged, line.base, line.rate, line.amo, line.amc, line.left) == (
        2500,
        2230,
        60,
        1338,
        892,
        270,
    )
    assert (line.care_date, line.beneficiary.number, line.label_fr) == (
        date(2026, 2, 26),
        "50010002",
        "Détartrage",
    )
    assert (line.payment.reference, line.payment.amount, line.payment.paid_on) == (
        "P-1",
        2049,
        date(2026, 3, 5),
    )
    assert line.payment.statement.issued_on == date(2026, 3, 5)


def test_a_name_that_the_file_changes_is_found_under_the_new_one_alone(tmp_path: Path) -> None:
    """Also where the row is of before there were keys."""
    load(tmp_path, family())
    Beneficiary.objects.filter(number="50010001").update(last_name_key="")
    changed = family()
    changed["beneficiaries"][1]["last_name"] = "Le Guen"

    report = load(tmp_path, changed)

    assert [one.number for one in Beneficiary.objects.filter(is_called("élie leguen"))] == ["50010002"]
    assert [one.number for one in Beneficiary.objects.filter(is_called("vautrin"))] == ["50010001"]
    assert counts(report)["beneficiaries.csv"].changed == 2


def test_identifiers_are_the_sealed_ones(tmp_path: Path, settings: object) -> None:
    """A34: nobody can guess an address from a reference."""
    load(tmp_path, family())

    keys = settings.ENTRAIDE.keys  # type: ignore[attr-defined]
    assert PaymentLine.objects.get(reference="L-1").pk == keys.sealed_id("line", "L-1")
    assert Payment.objects.get().pk == keys.sealed_id("payment", "P-1")
    assert Statement.objects.get().pk == keys.sealed_id("statement", "50010001/R-202603")


def test_nothing_secret_is_stored_in_clear(tmp_path: Path) -> None:
    """A62."""
    load(tmp_path, family())

    with connection.cursor() as cursor:
        cursor.execute("SELECT nir, iban, mobile, email, birth_name FROM members_beneficiary")
        stored = b"".join(bytes(cell) for row in cursor.fetchall() for cell in row)
    for secret in (NIR, IBAN, "639981234", "anne@", "Le Guen"):
        assert secret.encode() not in stored


def test_the_same_folder_twice_changes_nothing(tmp_path: Path) -> None:
    first = load(tmp_path, family())
    before = list(PaymentLine.objects.order_by("pk").values())

    second = import_folder(tmp_path)

    assert counts(first)["payment_lines.csv"] == Counts(new=2, changed=0, unchanged=0)
    assert all(one.new == one.changed == 0 for one in counts(second).values())
    assert list(PaymentLine.objects.order_by("pk").values()) == before
    assert "beneficiaries.csv: 2 rows, 0 new, 0 changed, 2 unchanged" in str(second)


def test_the_journal_keeps_what_changed_and_names_nobody(tmp_path: Path) -> None:
    load(tmp_path, family())
    import_folder(tmp_path)

    entries = Entry.objects.filter(kind="FileImported")
    assert entries.count() == len(family())
    assert {"file": "payment_lines.csv", "new": 2, "changed": 0} in [entry.data for entry in entries]


def test_only_rows_that_differ_are_written(tmp_path: Path) -> None:
    load(tmp_path, family())
    tables = family()
    tables["members"][0]["statement_delivery"] = "post"
    tables["beneficiaries"][1]["city"] = "Échirolles"
    tables["contracts"][0]["ended_on"] = "2026-12-31"
    tables["coverages"][1]["ends_on"] = "2026-06-30"
    tables["payments"][0]["payee_name"] = "Anne VAUTRIN"
    tables["payment_lines"][1]["professional"] = "Dr Paul Roux"

    report = load(tmp_path, tables)

    assert {file: one.changed for file, one in counts(report).items()} == dict.fromkeys(counts(report), 1)
    assert Member.objects.get().statement_delivery == "post"
    assert Beneficiary.objects.get(number="50010002").city == "Échirolles"
    assert Contract.objects.get().ended_on == date(2026, 12, 31)
    assert PaymentLine.objects.get(reference="L-2").professional == "Dr Paul Roux"


def test_a_new_nir_can_be_searched_and_the_old_one_cannot(tmp_path: Path, settings: object) -> None:
    load(tmp_path, family())
    tables = family()
    new = nir.make(sex=1, year=18, month=2, department="38", commune="185", order=5).value
    tables["beneficiaries"][1]["nir"] = new

    load(tmp_path, tables)

    child = Beneficiary.objects.get(number="50010002")
    assert child.nir == new
    assert child.nir_index == settings.ENTRAIDE.keys.blind_index("nir", new)  # type: ignore[attr-defined]


def load_mobile(folder: Path, mobile: str) -> Beneficiary:
    """Loads the family with this mobile for Anne, and returns her."""
    tables = family()
    tables["beneficiaries"][0]["mobile"] = mobile
    load(folder, tables)
    return Beneficiary.objects.get(number="50010001")


def declare_mobile(person: Beneficiary, mobile: str) -> None:
    put_on_file(person, mobile, declared_at=timezone.now())


def test_an_import_leaves_the_account_and_the_enrolled_mobile(tmp_path: Path) -> None:
    """AUTH-06, X6."""
    load_mobile(tmp_path, "")
    anne = Beneficiary.objects.get(number="50010001")
    account = give_account(anne)
    declare_mobile(anne, "+33639980177")

    anne = load_mobile(tmp_path, "")

    assert (anne.account, anne.mobile) == (account, "+33639980177")
    assert anne.mobile_declared_at is not None


def test_another_mobile_in_the_file_takes_the_place_of_the_declared_one(tmp_path: Path) -> None:
    """A22: the mutual knows better, and what it knows is not declared."""
    declare_mobile(load_mobile(tmp_path, ""), "+33639980177")

    anne = load_mobile(tmp_path, "06 39 98 12 34")

    assert (anne.mobile, anne.mobile_declared_at) == ("+33639981234", None)
    assert anne.mobile_index == mobile_index("+33639981234")


def test_the_same_mobile_in_the_file_leaves_it_declared(tmp_path: Path) -> None:
    """A22: it may be our own export that comes back."""
    declare_mobile(load_mobile(tmp_path, ""), "+33639981234")

    assert load_mobile(tmp_path, "06 39 98 12 34").mobile_declared_at is not None


def test_a_mobile_that_the_mutual_takes_off_its_files_goes(tmp_path: Path) -> None:
    load_mobile(tmp_path, "06 39 98 12 34")

    anne = load_mobile(tmp_path, "")

    assert (anne.mobile, anne.mobile_index) == ("", "")


def test_mobiles_are_found_by_a_keyed_index_which_an_import_fills(tmp_path: Path) -> None:
    """A24, A63"""
    anne = load_mobile(tmp_path, "06 39 98 12 34")
    assert anne.mobile_index == mobile_index("+33639981234")
    Beneficiary.objects.update(mobile_index="")

    assert load_mobile(tmp_path, "06 39 98 12 34").mobile_index == mobile_index("+33639981234")


def test_rows_left_out_stay(tmp_path: Path) -> None:
    load(tmp_path, family())
    tables = family()
    del tables["beneficiaries"][1], tables["coverages"][1]

    load(tmp_path, tables)

    assert Beneficiary.objects.count() == Coverage.objects.count() == 2


def test_absent_files_are_passed_over(tmp_path: Path) -> None:
    load(tmp_path, family())

    report = load(tmp_path, {"payment_lines": family()["payment_lines"]})

    assert counts(report) == {"payment_lines.csv": Counts(new=0, changed=0, unchanged=2)}


def test_columns_may_come_in_another_order_with_a_bom_and_windows_lines(tmp_path: Path) -> None:
    """One of the listed inputs: a byte order mark."""
    load(tmp_path, family())
    segment = family()["members"][0]["segment"]
    header = "statement_delivery,left_on,joined_on,segment,member_number"
    text = f'{header}\r\npost,,2018-01-01,"{segment}",50010001\r\n'
    write(tmp_path, {})
    (tmp_path / "members.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())

    import_folder(tmp_path)

    assert Member.objects.get().statement_delivery == "post"


def test_texts_keep_quotes_commas_backslashes_and_no_break_spaces(tmp_path: Path) -> None:
    tables = family()
    odd = 'Verres, "sans reflets" \\N \\t 1\N{NARROW NO-BREAK SPACE}234\N{NO-BREAK SPACE}€ ; 100 %'
    tables["payment_lines"][0]["label_fr"] = odd

    load(tmp_path, tables)

    assert PaymentLine.objects.get(reference="L-1").label_fr == odd


def test_a_statement_has_the_day_of_its_last_payment_and_goes_when_it_is_empty(tmp_path: Path) -> None:
    """REMB-02."""
    tables = family()
    load(tmp_path, tables)
    later = tables["payments"][0] | {"payment_reference": "P-2", "paid_on": "2026-03-26", "amount": "0.00"}
    load(tmp_path, {"payments": [later]})
    assert Statement.objects.get().issued_on == date(2026, 3, 26)

    load(tmp_path, {"payments": [later | {"statement_number": "R-202603-2"}]})

    assert list(Statement.objects.order_by("number").values_list("number", "issued_on")) == [
        ("R-202603", date(2026, 3, 5)),
        ("R-202603-2", date(2026, 3, 26)),
    ]
    load(tmp_path, {"payments": [later]})
    assert Statement.objects.get().issued_on == date(2026, 3, 26)


def test_a_correction_is_a_payment_with_negative_amounts(tmp_path: Path) -> None:
    tables = family()
    tables["payments"].append(tables["payments"][0] | {"payment_reference": "P-2", "amount": "-11.57"})
    back = {"charged": "-28.92", "base": "-28.92", "amo": "-17.35", "amc": "-11.57"}
    tables["payment_lines"].append(
        tables["payment_lines"][0] | {"line_reference": "L-3", "payment_reference": "P-2"} | back
    )

    load(tmp_path, tables)

    assert PaymentLine.objects.get(reference="L-3").amc == -1157


def test_a_payment_may_wait_for_its_lines(tmp_path: Path) -> None:
    tables = family()
    lines = tables.pop("payment_lines")

    load(tmp_path, tables)
    load(tmp_path, {"payment_lines": lines})

    assert PaymentLine.objects.count() == 2


def test_a_new_amount_needs_new_lines(tmp_path: Path) -> None:
    """I7: the sum of the lines is the payment."""
    load(tmp_path, family())
    tables = family()
    tables["payments"][0]["amount"] = "21.49"

    alone = only_fault(write(tmp_path, {"payments": tables["payments"]}))
    assert (alone.file, alone.line, alone.column) == ("payments.csv", 2, "amount")
    assert Payment.objects.get().amount == 2049

    tables["payment_lines"][1] |= {"charged": "26.00", "amc": "9.92"}
    load(tmp_path, tables)
    assert Payment.objects.get().amount == 2149


def test_a_new_amount_is_compared_with_stored_lines_that_the_run_does_not_bring(tmp_path: Path) -> None:
    load(tmp_path, family())
    tables = family()
    other = tables["payments"][0] | {"payment_reference": "P-2", "amount": "11.57"}
    line = tables["payment_lines"][0] | {"line_reference": "L-3", "payment_reference": "P-2"}
    tables["payments"][0]["amount"] = "99.00"

    fault = only_fault(write(tmp_path, {"payments": [*tables["payments"], other], "payment_lines": [line]}))

    assert str(fault) == (
        "payment_lines.csv, amc: found 20.49 in all for the payment P-1, "
        "expected 99.00, the amount of that payment"
    )
    assert not PaymentLine.objects.filter(reference="L-3").exists()


def test_the_demo_of_the_mutual_is_such_a_folder(tmp_path: Path, settings: LazySettings) -> None:
    write_folder(settings.PROFILE, tmp_path, on=date(2026, 11, 20))

    first = import_folder(tmp_path)
    second = import_folder(tmp_path)

    assert len(first.files) == 9
    # Nothing is counted where no partner has a yearly limit.
    uncounted = set() if counted_partners(settings.PROFILE.partners) else {"teleconsultations.csv"}
    assert {name for name, one in counts(first).items() if not one.new} == uncounted
    again = {name: one for name, one in counts(second).items() if name not in uncounted}
    assert all(one.unchanged and not one.new and not one.changed for one in again.values())


DETAILS = {
    "quantity": "2", "sector": "optam", "pathway": "outside", "exemption": "maternity", "withheld": "2.00",
    "side": "left", "tooth": "14", "lens_right": "simple", "lens_left": "complex", "sight_changed": "yes",
    "stay_from": "2026-02-26", "stay_until": "2026-02-28", "ward": "psychiatry",
}  # fmt: skip
UNTOLD = {
    "quantity": 1, "sector": "regulated", "pathway": "inside", "exemption": "none", "withheld": None,
    "side": "", "tooth": "", "lens_right": "", "lens_left": "", "sight_changed": False,
    "stay_from": None, "stay_until": None, "ward": "",
}  # fmt: skip


def details_of(reference: str) -> dict[str, object]:
    return PaymentLine.objects.filter(reference=reference).values(*UNTOLD).get()


def test_what_the_engine_asks_besides_is_kept(tmp_path: Path) -> None:
    """B-02."""
    tables = family()
    tables["payment_lines"][1] |= DETAILS

    load(tmp_path, tables)

    stay = {"stay_from": date(2026, 2, 26), "stay_until": date(2026, 2, 28)}
    numbers = {"quantity": 2, "withheld": 200, "sight_changed": True}
    assert details_of("L-2") == DETAILS | stay | numbers
    assert details_of("L-1") == UNTOLD


def test_a_file_without_these_columns_loads_as_before(tmp_path: Path) -> None:
    """B-02: a management system that does not know them changes nothing in its export."""
    report = load(tmp_path, family())

    assert counts(report)["payment_lines.csv"] == Counts(new=2, changed=0, unchanged=0)
    assert details_of("L-1") == details_of("L-2") == UNTOLD


def test_blank_columns_and_absent_ones_say_the_same(tmp_path: Path) -> None:
    tables = family()
    load(tmp_path, tables)
    tables["payment_lines"][0] |= dict.fromkeys(DETAILS, "")

    report = load(tmp_path, tables)

    assert counts(report)["payment_lines.csv"] == Counts(new=0, changed=0, unchanged=2)


def test_a_detail_that_changes_is_a_change_of_the_line(tmp_path: Path) -> None:
    tables = family()
    tables["payment_lines"][1] |= DETAILS
    load(tmp_path, tables)
    tables["payment_lines"][1]["sight_changed"] = "no"

    report = load(tmp_path, tables)

    assert counts(report)["payment_lines.csv"] == Counts(new=0, changed=1, unchanged=1)
    assert details_of("L-2")["sight_changed"] is False
