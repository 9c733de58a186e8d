"""Prices and bases where nobody has said any: public figures of the day, never a figure of our own."""

from dataclasses import replace

from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.simulations.answers import Setting
from entraide.portal.domain.simulations.limits import cap_of, tariff_of, within_cap
from entraide.reimbursement import CareLine
from entraide.reimbursement.examples import load_examples


def priced(line: CareLine, setting: Setting, *, price: int | None, example: str = "") -> CareLine:
    """The line at this price, else at the usual one; `DomainError` when there is none, or above its limit."""
    if price is None:
        price = _usual_price(line, setting, example)
    if price is None:
        raise DomainError(_("Écrivez le prix : il n’y a pas de tarif public pour ce soin."), field="price")
    return within_cap(replace(line, fee=price), setting)


def with_base(line: CareLine, *, base: int | None) -> CareLine:
    """With the base that was said, else the whole price: for acts without a public tariff."""
    return replace(line, base=line.fee if base is None else min(base, line.fee))


def example_price(example: str) -> int | None:
    """The price of one of the industry's standard examples; cents."""
    return next((each.fee for each in load_examples() if each.id == example), None)


def _usual_price(line: CareLine, setting: Setting, example: str) -> int | None:
    """The limit of the price that day, else a standard example, else the tariff; for the whole line."""
    if (cap := cap_of(line, setting)) is not None:
        return cap
    if example:
        fee = example_price(example)
        return None if fee is None else fee * line.quantity
    return tariff_of(line, setting) or None
