"""Strict reading of a table of guarantees (docs/guarantees.md): every fault with its place."""

from datetime import date
from pathlib import Path

from entraide.reimbursement.acts import CareBasket, Vocabulary, load_vocabulary
from entraide.reimbursement.care import Sector, Ward
from entraide.reimbursement.complementary.guarantees import (
    Allowance,
    Contract,
    Counts,
    CoverageTier,
    Form,
    Guarantee,
    Per,
    Period,
    Scope,
    SharedBy,
)
from entraide.reimbursement.errors import DataError, DataFault
from entraide.reimbursement.strict import Table, read_toml

_RATED = frozenset({Form.PERCENT_OF_BASE, Form.PERCENT_OF_COPAYMENT, Form.PERCENT_OF_PMSS, Form.BASE_PLUS})
_PAIRS = ("a", "b", "c", "d", "e", "f")


def load_contracts(path: Path, vocabulary: Vocabulary | None = None) -> tuple[Contract, ...]:
    """The contracts of a file, in its order; `DataError` with every fault."""
    faults: list[DataFault] = []
    root = Table(path.name, "", read_toml(path), faults)
    # A note for whoever reads the file: demo values say so here.
    root.text("note", default="-")
    known = vocabulary or load_vocabulary()
    contracts = tuple(_contract(table, known) for table in root.tables("contract"))
    root.close()
    if not contracts and not faults:
        root.note("contract", found="nothing", expected="at least one contract")
    if faults:
        raise DataError(faults)
    return contracts


def _contract(table: Table, vocabulary: Vocabulary) -> Contract:
    default = _scopes(table, "includes")
    contract = Contract(
        number=table.text("number"),
        label=table.words("label"),
        tier=table.choice("tier", CoverageTier) or CoverageTier.BASE,
        responsible=table.flag("responsible"),
        group=table.flag("group"),
        third_party_payment=table.flag("third_party_payment"),
        pays_increase=table.flag("pays_increase"),
        valid_from=table.day("valid_from") or date.min,
        valid_until=table.day("valid_until", optional=True),
        guarantees=tuple(_guarantee(inner, vocabulary, default) for inner in table.tables("guarantee")),
        file=table.file,
    )
    if contract.valid_until is not None and contract.valid_until < contract.valid_from:
        table.note(
            "valid_until", found=str(contract.valid_until), expected=f"a day from {contract.valid_from}"
        )
    _check_names(table, contract)
    table.close()
    return contract


def _guarantee(table: Table, vocabulary: Vocabulary, default: frozenset[Scope]) -> Guarantee:
    form = table.choice("form", Form) or Form.FLAT
    rate, amount = _figures(table, form)
    guarantee = Guarantee(
        id=table.text("id"),
        label=table.words("label"),
        families=table.names("families", vocabulary.families),
        acts=table.names("acts", vocabulary.procedures),
        baskets=frozenset(CareBasket(name) for name in table.names("baskets", list(CareBasket))),
        sectors=frozenset(Sector(name) for name in table.names("sectors", list(Sector))),
        wards=frozenset(Ward(name) for name in table.names("wards", list(Ward))),
        lenses=table.names("lenses", _PAIRS),
        form=form,
        rate=rate,
        amount=amount,
        per=table.choice("per", Per, default=Per.ACT) or Per.ACT,
        includes=_scopes(table, "includes") if table.has("includes") else _usual_scope(form, default),
        allowance=_allowance(table.table("allowance")),
        waiting_months=table.whole("waiting_months", default=0),
    )
    if not guarantee.families and not guarantee.acts:
        table.note("families", found="nothing", expected="the families or acts that it is about")
    table.close()
    return guarantee


def _figures(table: Table, form: Form) -> tuple[int, int]:
    """Rate and amount that the form asks for; one that it does not ask for is an unknown key."""
    rate = table.rate("rate") if form in _RATED else 0
    amount = table.amount("amount") if form in {Form.FLAT, Form.BASE_PLUS} else 0
    return rate or 0, amount or 0


def _usual_scope(form: Form, default: frozenset[Scope]) -> frozenset[Scope]:
    """A level in percent of the base follows its contract; other forms come on top unless they say so."""
    return default if form in {Form.PERCENT_OF_BASE, Form.BASE_PLUS} else frozenset()


def _scopes(table: Table, name: str) -> frozenset[Scope]:
    return frozenset(Scope(each) for each in table.names(name, list(Scope)))


def _allowance(table: Table | None) -> Allowance | None:
    if table is None:
        return None
    allowance = Allowance(
        name=table.text("name"),
        amount=table.amount("amount", optional=True),
        acts=table.whole("acts") if table.has("acts") else None,
        months=table.whole("months", default=12),
        period=table.choice("period", Period, default=Period.CALENDAR) or Period.CALENDAR,
        shared_by=table.choice("shared_by", SharedBy, default=SharedBy.BENEFICIARY) or SharedBy.BENEFICIARY,
        counts=table.choice("counts", Counts, default=Counts.EXCESS) or Counts.EXCESS,
        first_year=table.amount("first_year", optional=True),
    )
    if allowance.amount is None and allowance.acts is None:
        table.note("amount", found="nothing", expected="an amount, a number of acts, or both")
    if allowance.months < 1 or (allowance.period is not Period.ROLLING and allowance.months % 12):
        table.note("months", found=str(allowance.months), expected="whole years, or a rolling period")
    table.close()
    return allowance


def _check_names(table: Table, contract: Contract) -> None:
    """One allowance has one size: two sizes under one name would overlap."""
    sizes: dict[str, Allowance] = {}
    seen: set[str] = set()
    for guarantee in contract.guarantees:
        if guarantee.id in seen:
            table.note(f"guarantee[{guarantee.id}]", found="the same id twice", expected="each id once")
        seen.add(guarantee.id)
        allowance = guarantee.allowance
        if allowance is None:
            continue
        if sizes.setdefault(allowance.name, allowance) != allowance:
            table.note(
                f"guarantee[{guarantee.id}].allowance",
                found=f'another size of "{allowance.name}"',
                expected="the same size wherever an allowance is named",
            )
