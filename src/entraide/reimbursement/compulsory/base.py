"""The base of reimbursement: what the fund said, else the tariff of the day of care."""

from dataclasses import dataclass

from entraide.reimbursement.acts import Procedure
from entraide.reimbursement.care import Care, Sector
from entraide.reimbursement.errors import CareError, CareFault
from entraide.reimbursement.parameters.book import ParameterBook, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The base of the line, all units together and never above the fee; cents."""

    amount: int
    rule: str
    source: str


def base_of(procedure: Procedure, care: Care, book: ParameterBook) -> Base:
    """The base in cents; `CareError` when neither the line nor the parameters know it."""
    line = care.line
    if line.base is not None:
        return Base(amount=line.base, rule="base.given", source="décompte de l’Assurance maladie")
    if not procedure.rate:
        return Base(amount=0, rule="base.none", source="acte non remboursé par l’Assurance maladie")
    row = _tariff(procedure.base, procedure, care, book)
    if row is None:
        fault = CareFault("base", "nothing", f"the base of {procedure.code}: no tariff is known for it")
        raise CareError(line.id, [fault])
    tariff = row.value * line.quantity
    # A base above the price would refund more than was paid (domain §1.1).
    if tariff > line.fee:
        return Base(amount=line.fee, rule="base.fee", source=row.source)
    return Base(amount=tariff, rule="base.tariff", source=row.source)


def price_cap_of(procedure: Procedure, care: Care, book: ParameterBook) -> int | None:
    """The legal limit of the price for the whole line, in cents; None when the price is free."""
    if care.line.price_cap is not None:
        return care.line.price_cap
    row = _tariff(procedure.cap, procedure, care, book)
    return None if row is None else row.value * care.line.quantity


def _tariff(key: str, procedure: Procedure, care: Care, book: ParameterBook) -> Value | None:
    """The row for this age, sector and territory; None when the act has no tariff or none applies."""
    if not key or (procedure.family.doctor and care.line.sector is Sector.UNCONTRACTED):
        return None
    child = care.situation.age_on(care.line.on) < procedure.child_below
    if child and book.knows(f"{key}.child"):
        key = f"{key}.child"
    elif care.line.sector is Sector.NON_OPTAM and book.knows(f"{key}.non_optam"):
        key = f"{key}.non_optam"
    overseas = f"{key}.{care.situation.department}"
    if care.situation.department and book.knows(overseas):
        key = overseas
    return book.find(key, care.line.on)
