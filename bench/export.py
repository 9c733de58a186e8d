"""A large, plausible export of a management system, made row by row."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from entraide.demo.folder import COLUMNS, LINE_DETAILS
from entraide.formats import nir
from entraide.formats.money import format_cents

LINES_OF_A_PAYMENT = 4
PAYMENTS_OF_A_MEMBER = 25
_FIRST_MEMBER = 40_000_000
ACTS = (
    ("consultation", "G", "Consultation", "Visit to the doctor", 3000, 3000, 70),
    ("pharmacy", "PH7", "Médicaments remboursés à 65 %", "Medicines refunded at 65%", 1243, 1243, 65),
    ("laboratory", "B", "Analyses de biologie", "Blood tests", 2710, 2710, 60),
    ("paramedical", "AMK", "Séance de kinésithérapie", "Physiotherapy session", 2106, 2106, 60),
    ("dental", "HBJD001", "Détartrage", "Scale and polish", 2892, 2892, 60),
    ("imaging", "ADI", "Radiographie du genou", "X-ray of the knee", 1995, 1995, 70),
)
Row = Iterable[object]


def write_export(folder: Path, *, lines: int, segment: str) -> None:
    """members.csv, beneficiaries.csv, payments.csv and payment_lines.csv with that many lines."""
    folder.mkdir(parents=True, exist_ok=True)
    payments = -(-lines // LINES_OF_A_PAYMENT)
    members = -(-payments // PAYMENTS_OF_A_MEMBER)
    write_file(
        folder, "members", ([number_of(n), segment, "2019-01-01", "", "email"] for n in range(members))
    )
    write_file(folder, "beneficiaries", (person_row(n) for n in range(members)))
    write_file(folder, "payments", (_payment(n) for n in range(payments)))
    # As most management systems send them: without what only the reimbursement engine asks.
    told = [name for name in COLUMNS["payment_lines"].split(",") if name not in LINE_DETAILS.split(",")]
    write_file(folder, "payment_lines", (_line(n) for n in range(lines)), columns=told)


def write_file(folder: Path, name: str, rows: Iterable[Row], *, columns: Sequence[str] = ()) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns or COLUMNS[name].split(","))
        writer.writerows(rows)


def number_of(member: int) -> str:
    return str(_FIRST_MEMBER + member)


def nir_of(member: int, *, year: int = 80) -> str:
    """The identity number of a member; of another year: one that nobody on file has."""
    sex, month, order = 1 + member % 2, 1 + member % 12, 1 + member % 900
    return nir.make(sex=sex, year=year, month=month, department="38", commune="185", order=order).value


def person_row(member: int) -> Iterator[object]:
    number = nir_of(member)
    civility = "mme" if member % 2 else "m"
    yield from (
        number_of(member),
        number_of(member),
        "primary_insured",
        civility,
        f"Fictif{member}",
        "",
        "Camille",
    )
    yield from ("1980-02-03", "38", number, 1, "01", "381", "0000", "on", f"fictif{member}@example.org")
    yield from (mobile_of(member), "", "1 rue des Essais", "", "38000", "Grenoble", "", "", "", "")


def mobile_of(member: int) -> str:
    """A mobile of the range kept for fiction, another one for each of ten thousand members."""
    return f"06 39 98 {member // 100 % 100:02d} {member % 100:02d}"


def _day(payment: int) -> date:
    return date(2023, 1, 5) + timedelta(days=payment * 7 % 1000)


def _shares(line: int) -> tuple[int, int, int, int]:
    _, _, _, _, charged, base, rate = ACTS[line % len(ACTS)]
    charged += line * 37 % 500
    amo = base * rate // 100
    return charged, amo, base - amo, charged - base


def _payment(payment: int) -> Iterator[object]:
    member = number_of(payment // PAYMENTS_OF_A_MEMBER)
    first = payment * LINES_OF_A_PAYMENT
    amount = sum(_shares(line)[2] for line in range(first, first + LINES_OF_A_PAYMENT))
    paid_on = _day(payment)
    yield from (f"P{payment:09d}", member, f"R{member}-{paid_on:%Y%m}", paid_on, format_cents(amount))
    yield from ("member", "Camille Fictif", "transfer", "0189")


def _line(line: int) -> Iterator[object]:
    payment = line // LINES_OF_A_PAYMENT
    kind, code, label_fr, label_en, _, base, rate = ACTS[line % len(ACTS)]
    charged, amo, amc, left = map(format_cents, _shares(line))
    care_date = _day(payment) - timedelta(days=3 + line % 9)
    yield from (
        f"L{line:010d}",
        f"P{payment:09d}",
        number_of(payment // PAYMENTS_OF_A_MEMBER),
        f"S{line // 2:09d}",
    )
    yield from (care_date, kind, code, label_fr, label_en, f"Dr Exemple {line * 7 % 800}")
    yield from (charged, format_cents(base), rate, amo, amc, left)
