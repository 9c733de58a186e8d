"""Answers that would give a false amount: above a legal limit, or at odds with each other."""

from dataclasses import replace

from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.simulations.answers import Fees, Setting
from entraide.portal.foundation.web.wording import money
from entraide.reimbursement import Care, CareBasket, CareError, CareLine, load_vocabulary
from entraide.reimbursement.compulsory.base import base_of, price_cap_of

_ANY_FEE = 10**9


def cap_of(line: CareLine, setting: Setting) -> int | None:
    """The most that may be asked for an act of a capped basket, all units together; cents."""
    procedure = load_vocabulary().procedures[line.act]
    if procedure.basket_on(line.on, line.tooth) not in {CareBasket.NO_COST, CareBasket.CAPPED}:
        return None
    return price_cap_of(procedure, Care(line=line, situation=setting.situation), setting.book)


def tariff_of(line: CareLine, setting: Setting) -> int | None:
    """What health insurance takes as the price of the whole line, typed or public; cents."""
    procedure = load_vocabulary().procedures[line.act]
    if not procedure.rate:
        return None
    care = Care(line=replace(line, fee=_ANY_FEE), situation=setting.situation)
    try:
        return base_of(procedure, care, setting.book).amount
    except CareError:
        return None


def within_cap(line: CareLine, setting: Setting, *, field: str = "price") -> CareLine:
    """The line as it is; a price that the law forbids has no result."""
    cap = cap_of(line, setting)
    if cap is not None and line.fee > cap:
        message = _("Au plus %(cap)s pour cet acte : la loi limite son prix. Vérifiez le devis.")
        raise DomainError(message % {"cap": money(cap)}, field=field)
    return line


def without_hidden_excess(
    line: CareLine, fees: Fees, setting: Setting, *, fees_field: str = "fees"
) -> CareLine:
    """The line as it is; a doctor who charges no excess fee cannot ask more than the tariff."""
    if fees is not Fees.NONE or not load_vocabulary().procedures[line.act].family.doctor:
        return line
    tariff = tariff_of(line, setting)
    if tariff is not None and line.fee > tariff:
        message = _(
            "Ce prix dépasse le tarif de la Sécurité sociale, %(tariff)s : il y a un dépassement. "
            "Choisissez une autre réponse, ou vérifiez le prix."
        )
        raise DomainError(message % {"tariff": money(tariff)}, field=fees_field)
    return line


def needs_base(line: CareLine, fees: Fees) -> bool:
    """Whether nothing tells an excess fee from the tariff: the act has no public one."""
    procedure = load_vocabulary().procedures[line.act]
    return fees is not Fees.NONE and procedure.family.doctor and bool(procedure.rate) and not procedure.base


def base_wanted(line: CareLine, fees: Fees, *, base: int | None, field: str = "base") -> CareLine:
    """The line as it is, once what tells its excess fee from its tariff is known."""
    if base is None and needs_base(line, fees):
        message = _(
            "Écrivez le tarif de la Sécurité sociale : il est sur le devis. "
            "Sans lui, le dépassement ne peut pas être calculé."
        )
        raise DomainError(message, field=field)
    return line
