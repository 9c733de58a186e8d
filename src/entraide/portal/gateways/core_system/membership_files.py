"""members.csv, beneficiaries.csv, contracts.csv and coverages.csv."""

from collections.abc import Iterator, Sequence
from typing import Any

from entraide.portal.domain.contracts import imports as contracts
from entraide.portal.domain.contracts.enums import CoverageTier
from entraide.portal.domain.members import imports as members
from entraide.portal.domain.members.enums import Civility, ClaimFeed, Relationship, StatementDelivery
from entraide.portal.domain.sealed_rows import sealed_row
from entraide.portal.gateways.core_system import cells
from entraide.portal.gateways.core_system.ids import remembered_ids, sealed_ids
from entraide.portal.gateways.core_system.layout import Batch, Columns, Layout, RowFault, Run

NUMBER_DIGITS = 8
_PARENTS = r"[0-9]{8}(?:\|[0-9]{8})?"
_PARENTS_EXPECTED = "the number of one parent, or of two with | between them"
# What the checks across rows ask of a person; everything else waits sealed.
_IN_CLEAR = ("beneficiary_number", "member_number", "parents")


def member_files(segments: Sequence[str]) -> Iterator[Layout]:
    """In the order in which they point to each other. The segments are those of the mutual's profile."""
    yield _members(segments)
    yield _beneficiaries()
    yield _contracts()
    yield _coverages()


def _members(segments: Sequence[str]) -> Layout:
    columns = {
        "member_number": cells.digits(NUMBER_DIGITS),
        "segment": cells.choice(segments),
        "joined_on": cells.day(),
        "left_on": cells.day(blank=None),
        "statement_delivery": cells.choice(StatementDelivery.values),
    }
    return Layout(
        file="members.csv",
        stage=members.MEMBERS,
        cells=columns,
        kinds={**kinds(columns), "id": "uuid"},
        examine=lambda found: _late_ends(found, start="joined_on", end="left_on"),
        derive=lambda batch, run: (
            {**batch.columns, "id": sealed_ids(run.keys, "member", batch.columns["member_number"])},
            [],
        ),
        check=members.check_members,
        store=lambda _run: members.store_members(),
    )


def _beneficiaries() -> Layout:
    columns = {
        "beneficiary_number": cells.digits(NUMBER_DIGITS),
        "member_number": cells.digits(NUMBER_DIGITS),
        "relationship": cells.choice(Relationship.values),
        "civility": cells.choice(Civility.values),
        "last_name": cells.text(80),
        "birth_name": cells.text(80, blank=""),
        "first_name": cells.text(80),
        "birth_date": cells.day(),
        "birth_department": cells.birth_department(),
        "nir": cells.health_number(),
        "birth_rank": cells.whole(1, 9),
        "scheme_code": cells.digits(2, blank=""),
        "fund_code": cells.digits(3, blank=""),
        "office_code": cells.digits(4, blank=""),
        "claim_feed": cells.choice(ClaimFeed.values),
        "email": cells.email_address(),
        "mobile": cells.mobile_number(),
        "phone": cells.phone_number(),
        "address_line1": cells.text(120, blank=""),
        "address_line2": cells.text(120, blank=""),
        "postcode": cells.pattern(r"[0-9A-Z](?:[0-9A-Z -]{0,8}[0-9A-Z])?", "a postcode, as 38000", blank=""),
        "city": cells.text(80, blank=""),
        "iban": cells.account_number(),
        "bic": cells.bank_code(),
        "account_holder": cells.text(80, blank=""),
        **cells.may_be_absent({"parents": cells.pattern(_PARENTS, _PARENTS_EXPECTED, blank="")}),
    }
    return Layout(
        file="beneficiaries.csv",
        stage=members.BENEFICIARIES,
        cells=columns,
        kinds=dict.fromkeys((*_IN_CLEAR, "sealed_row"), "text"),
        examine=_examine_people,
        derive=_sealed_people,
        check=members.check_beneficiaries,
        store=lambda _run: members.store_beneficiaries(),
    )


def _contracts() -> Layout:
    columns = {
        "member_number": cells.digits(NUMBER_DIGITS),
        "contract_number": cells.reference(),
        "label_fr": cells.text(120),
        "label_en": cells.text(120),
        "tier": cells.choice(CoverageTier.values),
        "plan_fr": cells.text(120),
        "plan_en": cells.text(120),
        "subscribed_on": cells.day(),
        "ended_on": cells.day(blank=None),
    }
    return Layout(
        file="contracts.csv",
        stage=contracts.CONTRACTS,
        cells=columns,
        kinds={**kinds(columns), "id": "uuid"},
        examine=lambda found: _late_ends(found, start="subscribed_on", end="ended_on"),
        derive=lambda batch, run: _with_id(batch, run, "contract", ("member_number", "contract_number")),
        check=contracts.check_contracts,
        store=lambda _run: contracts.store_contracts(),
    )


def _coverages() -> Layout:
    columns = {
        "member_number": cells.digits(NUMBER_DIGITS),
        "contract_number": cells.reference(),
        "beneficiary_number": cells.digits(NUMBER_DIGITS),
        "starts_on": cells.day(),
        "ends_on": cells.day(blank=None),
    }
    key = ("member_number", "contract_number", "beneficiary_number")
    return Layout(
        file="coverages.csv",
        stage=contracts.COVERAGES,
        cells=columns,
        kinds={**kinds(columns), "id": "uuid"},
        examine=lambda found: _late_ends(found, start="starts_on", end="ends_on"),
        derive=lambda batch, run: _with_id(batch, run, "coverage", key),
        check=contracts.check_coverages,
        store=lambda _run: contracts.store_coverages(),
    )


def kinds(columns: dict[str, cells.Cell]) -> dict[str, str]:
    return {name: cell.kind for name, cell in columns.items()}


def _with_id(batch: Batch, run: Run, purpose: str, key: Sequence[str]) -> tuple[Columns, list[RowFault]]:
    references = map("/".join, zip(*(batch.columns[name] for name in key), strict=True))
    return {**batch.columns, "id": remembered_ids(run.keys, purpose, references)}, []


def _late_ends(columns: Columns, *, start: str, end: str) -> list[RowFault]:
    return [
        RowFault(row, end, found=f'"{last}"', expected=f"{first}, which is {start}, or later")
        for row, (first, last) in enumerate(zip(columns[start], columns[end], strict=True))
        if last is not None and last < first
    ]


def _examine_people(columns: Columns) -> list[RowFault]:
    faults = []
    people = zip(
        columns["beneficiary_number"], columns["member_number"], columns["relationship"], strict=True
    )
    for row, (number, member, relationship) in enumerate(people):
        if (number == member) != (relationship == Relationship.PRIMARY_INSURED):
            expected = (
                "primary_insured, since beneficiary_number equals member_number"
                if number == member
                else "another relationship, or a beneficiary_number equal to member_number"
            )
            faults.append(RowFault(row, "relationship", f'"{relationship}"', expected))
    children = zip(columns["parents"], columns["relationship"], strict=True)
    for row, (parents, relationship) in enumerate(children):
        if parents and relationship != Relationship.CHILD:
            faults.append(
                RowFault(row, "parents", f'"{parents}"', "nothing, since only a child has parents here")
            )
    for row, (account, holder) in enumerate(zip(columns["iban"], columns["account_holder"], strict=True)):
        if account and not holder:
            faults.append(
                RowFault(row, "account_holder", "nothing", "the name on the account, since iban is given")
            )
    return faults


def _sealed_people(batch: Batch, _run: Run) -> tuple[Columns, list[RowFault]]:
    names = list(batch.columns)
    rows = zip(*batch.columns.values(), strict=True)
    sealed: list[Any] = [
        sealed_row(dict(zip(names, row, strict=True)), stage=members.BENEFICIARIES, line=line)
        for line, row in zip(batch.lines, rows, strict=True)
    ]
    people = {name: batch.columns[name] for name in _IN_CLEAR}
    return {**people, "sealed_row": sealed}, []
