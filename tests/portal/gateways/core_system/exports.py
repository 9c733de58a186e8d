"""A small export to spoil: one family, one payment of two lines."""

import copy
from collections.abc import Callable
from pathlib import Path

import pikepdf
from bench.export import write_file
from django.conf import settings

from entraide.demo.folder import COLUMNS
from entraide.formats import iban, nir
from entraide.portal.gateways.core_system import Fault, ImportRefused, Report, import_folder

Tables = dict[str, list[dict[str, str]]]
NIR = nir.make(sex=2, year=84, month=1, department="38", commune="185", order=12).value
IBAN = iban.make_french("20041", "01005", "0500013M026")
_SEGMENT = settings.PROFILE.segments[0].id

_PERSON = {
    "member_number": "50010001", "last_name": "Vautrin", "birth_name": "", "birth_department": "38",
    "nir": NIR, "birth_rank": "1", "scheme_code": "01", "fund_code": "381", "office_code": "0000",
    "claim_feed": "on", "email": "", "mobile": "", "phone": "",
    "address_line1": "14 allée des Tilleuls", "address_line2": "",
    "postcode": "38000", "city": "Grenoble", "iban": "", "bic": "", "account_holder": "",
}  # fmt: skip
_LINE = {
    "payment_reference": "P-1", "beneficiary_number": "50010001", "claim_number": "S-1",
    "care_date": "2026-02-26", "kind": "dental", "act_code": "HBJD001",
    "label_fr": "Détartrage", "label_en": "Scale and polish", "professional": "Dr Hélène Vasseur",
    "charged": "28.92", "base": "28.92", "rate": "60",
    "amo": "17.35", "amc": "11.57", "left": "0.00",
}  # fmt: skip
_FAMILY: Tables = {
    "members": [
        {"member_number": "50010001", "segment": _SEGMENT, "joined_on": "2018-01-01", "left_on": "",
         "statement_delivery": "email"},
    ],
    "beneficiaries": [
        _PERSON | {
            "beneficiary_number": "50010001", "relationship": "primary_insured", "civility": "mme",
            "first_name": "Anne", "birth_date": "1984-01-09", "email": "anne@example.org",
            "mobile": "06 39 98 12 34", "phone": "01 99 00 12 34", "iban": IBAN, "bic": "DEMOFRP0XXX",
            "account_holder": "Anne Vautrin",
        },
        _PERSON | {
            "beneficiary_number": "50010002", "relationship": "child", "civility": "m", "first_name": "Élie",
            "birth_date": "2018-02-28", "birth_name": "Le Guen",
        },
    ],
    "contracts": [
        {"member_number": "50010001", "contract_number": "C40SOCLE", "label_fr": "Contrat santé socle",
         "label_en": "Base health contract", "tier": "base", "plan_fr": "Confort", "plan_en": "Comfort",
         "subscribed_on": "2018-01-01", "ended_on": ""},
    ],
    "coverages": [
        {"member_number": "50010001", "contract_number": "C40SOCLE", "beneficiary_number": number,
         "starts_on": "2018-01-01", "ends_on": ""}
        for number in ("50010001", "50010002")
    ],
    "payments": [
        {"payment_reference": "P-1", "member_number": "50010001", "statement_number": "R-202603",
         "paid_on": "2026-03-05", "amount": "20.49", "payee": "member", "payee_name": "Anne Vautrin",
         "method": "transfer", "iban_end": IBAN[-4:]},
    ],
    "payment_lines": [
        _LINE | {"line_reference": "L-1"},
        _LINE | {"line_reference": "L-2", "beneficiary_number": "50010002", "charged": "25.00",
                 "base": "22.30", "amo": "13.38", "amc": "8.92", "left": "2.70"},
    ],
}  # fmt: skip

Spoil = Callable[[Tables], object]


def family() -> Tables:
    return copy.deepcopy(_FAMILY)


def write(folder: Path, tables: Tables) -> Path:
    """Replaces what the folder holds. What no row of a table tells has no column in its file."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.csv"):
        old.unlink()
    for name, rows in tables.items():
        columns = [one for one in COLUMNS[name].split(",") if any(one in row for row in rows)]
        write_file(folder, name, ([row.get(one, "") for one in columns] for row in rows), columns=columns)
    return folder


def load(folder: Path, tables: Tables) -> Report:
    return import_folder(write(folder, tables))


def only_fault(folder: Path) -> Fault:
    """The one fault for which the folder is refused."""
    faults = faults_of(folder)
    assert len(faults) == 1, faults
    return faults[0]


def faults_of(folder: Path) -> tuple[Fault, ...]:
    try:
        report = import_folder(folder)
    except ImportRefused as refusal:
        return refusal.report.faults
    raise AssertionError(f"not refused: {report}")


def document(**changes: str) -> dict[str, str]:
    return {
        "document_reference": "D-1", "member_number": "50010001", "segment": "", "shelf": "contract",
        "kind": "guarantees", "title_fr": "Tableau de garanties", "title_en": "Schedule of benefits",
        "published_on": "2026-01-01", "file": "papers/d1.pdf",
    } | changes  # fmt: skip


def write_pdf(path: Path, *, padding: bytes = b"", password: str = "") -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Padding = pdf.make_stream(padding)
        encryption = pikepdf.Encryption(owner=password, user=password) if password else False
        pdf.save(path, encryption=encryption)
    return path.read_bytes()
