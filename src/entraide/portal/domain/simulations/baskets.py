"""The baskets of 100 % Santé on a day: their public figures, and in which one each crown is (INFO-02…04)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from entraide.portal.domain.simulations.answers import Material
from entraide.portal.domain.simulations.lines import CROWNS
from entraide.reimbursement import CareBasket, load_parameters, load_vocabulary
from entraide.reimbursement.acts import Site
from entraide.reimbursement.parameters.book import Value

# One tooth for each site, in the international notation.
_TOOTH = {Site.VISIBLE: 11, Site.SECOND_PREMOLAR: 15, Site.MOLAR: 16}


@dataclass(frozen=True, slots=True, kw_only=True)
class CrownPlace:
    """A crown of one material on one site. `price_cap`: the most that may be asked, in cents; None: free."""

    basket: CareBasket
    price_cap: int | None
    to_confirm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CrownRow:
    """One material on each site of the mouth; None where no public tariff exists."""

    material: Material
    places: tuple[CrownPlace | None, ...]


def figures_on(keys: Iterable[str], day: date) -> Mapping[str, Value]:
    """The public figures in force that day, by key, in this order; what has none that day is left out."""
    book = load_parameters()
    found = {key: book.find(key, day) for key in keys}
    return MappingProxyType({key: row for key, row in found.items() if row is not None})


def crowns_on(day: date) -> tuple[CrownRow, ...]:
    """Every material on every site, in the basket of that day."""
    return tuple(
        CrownRow(material=material, places=tuple(_place(by_site.get(site), site, day) for site in Site))
        for material, by_site in CROWNS.items()
    )


def _place(act: str | None, site: Site, day: date) -> CrownPlace | None:
    if act is None:
        return None
    procedure = load_vocabulary().procedures[act]
    basket = procedure.basket_on(day, _TOOTH[site]) or CareBasket.FREE
    cap = load_parameters().find(procedure.cap, day) if procedure.cap else None
    if basket is CareBasket.FREE or cap is None:
        return CrownPlace(basket=basket, price_cap=None, to_confirm=False)
    unsure = any(each.confirm for each in procedure.baskets if each.first <= day)
    return CrownPlace(basket=basket, price_cap=cap.value, to_confirm=cap.confirm or unsure)
