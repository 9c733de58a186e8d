"""payments.csv and payment_lines.csv."""

from collections.abc import Iterator
from enum import StrEnum

from entraide.formats.money import format_cents
from entraide.portal.domain.claims import imports as claims
from entraide.portal.domain.claims.enums import CareKind, Payee, PaymentMethod
from entraide.portal.gateways.core_system import cells
from entraide.portal.gateways.core_system.ids import remembered_ids, sealed_ids
from entraide.portal.gateways.core_system.layout import Batch, Columns, Layout, RowFault, Run
from entraide.portal.gateways.core_system.membership_files import NUMBER_DIGITS, kinds
from entraide.reimbursement import Exemption, LensClass, Pathway, Sector, Side, Ward

PAYMENTS_FILE = "payments.csv"
LINES_FILE = "payment_lines.csv"
# The international notation: quadrant, then place.
_TOOTH = "[1-4][1-8]|[5-8][1-5]"


def payment_files() -> Iterator[Layout]:
    yield _payments()
    yield _lines()


def _payments() -> Layout:
    columns = {
        "payment_reference": cells.reference(),
        "member_number": cells.digits(NUMBER_DIGITS),
        "statement_number": cells.reference(),
        "paid_on": cells.day(),
        "amount": cells.cents(),
        "payee": cells.choice(Payee.values),
        "payee_name": cells.text(120),
        "method": cells.choice((PaymentMethod.TRANSFER, PaymentMethod.CHEQUE)),
        "iban_end": cells.pattern("[A-Z0-9]{4}", "the last 4 characters of an IBAN", blank=""),
    }
    return Layout(
        file=PAYMENTS_FILE,
        stage=claims.PAYMENTS,
        cells=columns,
        kinds={**kinds(columns), "id": "uuid", "statement_id": "uuid"},
        derive=_payment_ids,
        check=claims.check_payments,
        store=lambda run: claims.store_payments(lines_follow=LINES_FILE in run.files),
    )


def _payment_ids(batch: Batch, run: Run) -> tuple[Columns, list[RowFault]]:
    columns = batch.columns
    statements = map("/".join, zip(columns["member_number"], columns["statement_number"], strict=True))
    return {
        **columns,
        "id": sealed_ids(run.keys, "payment", columns["payment_reference"]),
        "statement_id": remembered_ids(run.keys, "statement", statements),
    }, []


def _lines() -> Layout:
    columns = {
        "line_reference": cells.reference(),
        "payment_reference": cells.reference(),
        "beneficiary_number": cells.digits(NUMBER_DIGITS),
        "claim_number": cells.reference(),
        "care_date": cells.day(),
        "kind": cells.choice(CareKind.values),
        "act_code": cells.text(20),
        "label_fr": cells.text(120),
        "label_en": cells.text(120),
        "professional": cells.text(120),
        "charged": cells.cents(),
        "base": cells.cents(),
        "rate": cells.whole(0, 100),
        "amo": cells.cents(),
        "amc": cells.cents(),
        "left": cells.cents(),
        **_details(),
    }
    return Layout(
        file=LINES_FILE,
        stage=claims.LINES,
        cells=columns,
        kinds={**kinds(columns), "id": "uuid", "payment_id": "uuid"},
        examine=lambda read: [*_wrong_shares(read), *_half_told(read), *_wrong_stays(read)],
        derive=_line_ids,
        check=claims.check_lines,
        store=lambda run: claims.store_lines(payments_in_run=PAYMENTS_FILE in run.files),
    )


def _details() -> dict[str, cells.Cell]:
    """What the reimbursement engine asks besides; a management system that does not know it sends nothing."""
    lens = _one_of(LensClass)
    return cells.may_be_absent(
        {
            "quantity": cells.whole(1, 999, blank=1),
            "sector": _one_of(Sector, blank=Sector.REGULATED),
            "pathway": _one_of(Pathway, blank=Pathway.INSIDE),
            "exemption": _one_of(Exemption, blank=Exemption.NONE),
            "withheld": cells.cents(blank=None),
            "side": _one_of(Side),
            "tooth": cells.pattern(
                _TOOTH, "a tooth from 11 to 48, or from 51 to 85 for a milk tooth", blank=""
            ),
            "lens_right": lens,
            "lens_left": lens,
            "sight_changed": cells.choice(("yes", "no"), blank="no"),
            "stay_from": cells.day(blank=None),
            "stay_until": cells.day(blank=None),
            "ward": _one_of(Ward),
            "confidential": cells.choice(("yes", "no"), blank=""),
        }
    )


def _one_of(kind: type[StrEnum], *, blank: str = "") -> cells.Cell:
    return cells.choice([one.value for one in kind], blank=str(blank))


def _line_ids(batch: Batch, run: Run) -> tuple[Columns, list[RowFault]]:
    columns = batch.columns
    return {
        **columns,
        "id": sealed_ids(run.keys, "line", columns["line_reference"]),
        "payment_id": remembered_ids(run.keys, "payment", columns["payment_reference"]),
    }, []


def _wrong_shares(columns: Columns) -> list[RowFault]:
    shares = zip(columns["charged"], columns["amo"], columns["amc"], columns["left"], strict=True)
    return [
        RowFault(
            row,
            "charged",
            found=f'"{format_cents(charged)}"',
            expected=f"{format_cents(amo + amc + left)}, the sum of amo, amc and left",
        )
        for row, (charged, amo, amc, left) in enumerate(shares)
        if charged != amo + amc + left
    ]


# Columns that say something only together.
_PAIRS = (("lens_right", "lens_left"), ("stay_from", "stay_until"))


def _half_told(columns: Columns) -> list[RowFault]:
    return [
        RowFault(row, absent, found="nothing", expected=f"a value, since {told} has one")
        for pair in _PAIRS
        for row, values in enumerate(zip(*(columns[name] for name in pair), strict=True))
        if bool(values[0]) != bool(values[1])
        for told, absent in [pair if values[0] else pair[::-1]]
    ]


def _wrong_stays(columns: Columns) -> list[RowFault]:
    stays = zip(columns["stay_from"], columns["stay_until"], strict=True)
    return [
        RowFault(row, "stay_until", found=f'"{last}"', expected=f"a day from {first}, the first of the stay")
        for row, (first, last) in enumerate(stays)
        if first and last and last < first
    ]
