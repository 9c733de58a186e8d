"""Prices and bases where nobody has said any: public figures of the day, never a figure of our own."""

from dataclasses import replace

from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.simulations.answers import Setting
from entraide.reimbursement import Care, CareError, CareLine, load_vocabulary
from entraide.reimbursement.compulsory.base import base_of, price_cap_of
from entraide.reimbursement.examples import load_examples

_ANY_FEE = 10**9


def priced(line: CareLine, setting: Setting, *, price: int | None, example: str = "") -> CareLine:
    """The line at this price, else at the usual one; `DomainError` when there is none."""
    if price is None:
        price = _usual_price(line, setting, example)
    if price is None:
        raise DomainError(_("Écrivez le prix : il n’y a pas de tarif public pour ce soin."), field="price")
    return replace(line, fee=price)


def with_base(line: CareLine, *, base: int | None) -> CareLine:
    """With the base that was said, else the whole price: for acts without a public tariff."""
    return replace(line, base=line.fee if base is None else min(base, line.fee))


def example_price(example: str) -> int | None:
    """The price of one of the industry's standard examples; cents."""
    return next((each.fee for each in load_examples() if each.id == example), None)


def _usual_price(line: CareLine, setting: Setting, example: str) -> int | None:
    """The limit of the price that day, else a standard example, else the tariff; for the whole line."""
    procedure = load_vocabulary().procedures[line.act]
    care = Care(line=replace(line, fee=_ANY_FEE), situation=setting.situation)
    if procedure.basket_on(line.on, line.tooth) is not None:
        cap = price_cap_of(procedure, care, setting.book)
        if cap is not None:
            return cap
    if example:
        fee = example_price(example)
        return None if fee is None else fee * line.quantity
    try:
        found = base_of(procedure, care, setting.book)
    except CareError:
        return None
    return found.amount or None
