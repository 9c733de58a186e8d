"""What a line of a table of guarantees says, in words of every day (PROF-07, docs/guarantees.md)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.portal.domain.contracts.guarantee_table import TablePart
from entraide.portal.foundation.web.wording import money
from entraide.portal.member_site.why import said
from entraide.reimbursement import Guarantee, ParameterGap, load_parameters, percent
from entraide.reimbursement.complementary.guarantees import (
    Allowance,
    Counts,
    Form,
    Per,
    Period,
    Scope,
    SharedBy,
)
from entraide.reimbursement.complementary.rows import GuaranteeRow
from entraide.reimbursement.money import FULL, portion

HEADING_WORDS: dict[str, Callable[[], str]] = {
    "hospital": lambda: _("Hospitalisation"),
    "everyday": lambda: _("Soins courants"),
    "dental": lambda: _("Dentaire"),
    "optical": lambda: _("Optique"),
    "hearing": lambda: _("Aides auditives"),
    "other": lambda: _("Médecines douces et prévention"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What one contract pays for one row: the sentence, then its limits, one sentence each."""

    words: str
    limits: tuple[str, ...] = ()


def promises_of(row: GuaranteeRow, part: TablePart) -> tuple[Promise, ...]:
    """One for each contract, in the order they pay."""
    found: list[Promise] = []
    is_paid_whole = False
    for rank, line in enumerate(row.lines):
        if is_paid_whole:
            found.append(Promise(words=_("Rien à ajouter : tout est déjà payé.")))
            continue
        responsible = part.held[rank].table.responsible
        found.append(_promise(row, line, rank=rank, responsible=responsible, on=part.shown_on))
        is_paid_whole = (row.no_cost and responsible) or bool(
            line and line.form is Form.ACTUAL_COST and not line.allowance and not line.waiting_months
        )
    return tuple(found)


def floor_words(rules: Iterable[str]) -> tuple[str, ...]:
    """What the law asks of a responsible contract at least, one sentence for each rule."""
    return tuple(_FLOORS[rule]() for rule in rules)


_FLOORS: dict[str, Callable[[], str]] = {
    "M1": lambda: _(
        "Pour tout soin remboursé par la Sécurité sociale, "
        "la part du tarif qu’elle ne paie pas (ticket modérateur)."
    ),
    "M2": lambda: _("Le forfait journalier et les autres forfaits de l’hôpital, sans limite de durée."),
    "M3": lambda: _("Le 100 % Santé en entier, dans la limite des prix fixés par la loi."),
    "M4": lambda: _("Un montant minimum pour une paire de lunettes hors 100 % Santé."),
    "M6": lambda: _(
        "La location courte d’un fauteuil roulant et les prothèses capillaires 100 % Santé, en entier."
    ),
}


def _promise(row: GuaranteeRow, line: Guarantee | None, *, rank: int, responsible: bool, on: date) -> Promise:
    if row.no_cost and responsible:
        # The law gives it whatever the line says (M3, M6).
        return Promise(words=_("Tout ce que la Sécurité sociale ne paie pas : vous n’avez rien à payer."))
    if line is None:
        least = _("Ce que la loi impose, sans rien de plus.") if row.floors else _("Rien de prévu.")
        return Promise(words=_("Rien de plus.") if rank else least)
    limits = _limits(line, has_base=row.has_base)
    return Promise(words=_sentence(line, rank=rank, on=on), limits=tuple(limits))


def _sentence(line: Guarantee, *, rank: int, on: date) -> str:
    rate = said(percent(line.rate or FULL))
    match line.form:
        case Form.PERCENT_OF_BASE:
            level = _("%(rate)s du tarif de référence") % {"rate": rate}
        case Form.PERCENT_OF_COPAYMENT:
            return _copayment(line)
        case Form.FLAT:
            level = _per_unit(money(line.amount), line.per)
        case Form.PERCENT_OF_PMSS:
            level = _of_ceiling(line, rate=rate, on=on)
        case Form.ACTUAL_COST:
            return _("Frais réels : tout ce qui reste à payer.")
        case Form.BASE_PLUS:
            values = {"rate": rate, "amount": _per_unit(money(line.amount), line.per)}
            level = _("%(rate)s du tarif de référence et %(amount)s") % values
    scope = _scope(line, rank=rank)
    return f"{level}, {scope}." if scope else f"{level}."


def _copayment(line: Guarantee) -> str:
    if line.rate == FULL:
        return _("Toute la part du tarif que la Sécurité sociale ne paie pas (ticket modérateur).")
    return _("%(rate)s de la part du tarif que la Sécurité sociale ne paie pas (ticket modérateur).") % {
        "rate": said(percent(line.rate))
    }


def _of_ceiling(line: Guarantee, *, rate: str, on: date) -> str:
    """The monthly ceiling means little to most: its euros of the day say it, where the figure is known."""
    words = _per_unit(_("%(rate)s du plafond mensuel de la Sécurité sociale") % {"rate": rate}, line.per)
    try:
        ceiling = load_parameters().value("pmss", on)
    except ParameterGap:
        return words
    return _("%(words)s (soit %(amount)s)") % {"words": words, "amount": money(portion(ceiling, line.rate))}


def _per_unit(amount: str, per: Per) -> str:
    values = {"amount": amount}
    match per:
        case Per.ACT:
            return amount
        case Per.DAY:
            return _("%(amount)s par jour") % values
        case Per.NIGHT:
            return _("%(amount)s par nuit") % values
        case Per.SESSION:
            return _("%(amount)s par séance") % values
        case Per.SEMESTER:
            return _("%(amount)s par semestre") % values
        case Per.EAR:
            return _("%(amount)s par oreille") % values
        case Per.EYE:
            return _("%(amount)s par œil") % values
        case Per.EQUIPMENT:
            return _("%(amount)s par équipement (monture et deux verres)") % values
        case Per.YEAR:
            return _("%(amount)s par an") % values


def _scope(line: Guarantee, *, rank: int) -> str:
    """What the level already counts as its own: health insurance, the contracts before."""
    with_fund, with_previous = Scope.AMO in line.includes, rank > 0 and Scope.PREVIOUS in line.includes
    if with_fund and with_previous:
        return _("Sécurité sociale et contrat précédent compris")
    if with_fund:
        return _("Sécurité sociale comprise")
    if with_previous:
        return _("contrat précédent compris")
    if line.form in {Form.PERCENT_OF_BASE, Form.BASE_PLUS}:
        return _("en plus de la Sécurité sociale")
    return _("en plus du contrat précédent") if rank else ""


def _limits(line: Guarantee, *, has_base: bool) -> list[str]:
    found = []
    if line.allowance:
        found.append(_allowance(line.allowance, has_base=has_base))
        if line.allowance.first_year is not None:
            found.append(
                _("La première année du contrat : %(amount)s au plus.")
                % {"amount": money(line.allowance.first_year)}
            )
    if line.waiting_months:
        found.append(
            ngettext("Après %(num)s mois de contrat.", "Après %(num)s mois de contrat.", line.waiting_months)
            % {"num": line.waiting_months}
        )
    return found


def _allowance(limit: Allowance, *, has_base: bool) -> str:
    values = {"size": _size(limit), "period": _period(limit), "who": _who(limit)}
    if has_base and limit.amount is not None and limit.counts is Counts.EXCESS:
        return _("Au plus %(size)s %(period)s %(who)s, au-delà du ticket modérateur.") % values
    return _("Au plus %(size)s %(period)s %(who)s.") % values


def _size(limit: Allowance) -> str:
    acts = ngettext("%(num)s fois", "%(num)s fois", limit.acts or 0) % {"num": limit.acts}
    if limit.amount is None:
        return acts
    if limit.acts is None:
        return money(limit.amount)
    return _("%(acts)s et %(amount)s") % {"acts": acts, "amount": money(limit.amount)}


def _period(limit: Allowance) -> str:
    years = limit.months // 12
    if limit.period is Period.ROLLING:
        return ngettext("sur %(num)s mois", "sur %(num)s mois", limit.months) % {"num": limit.months}
    if limit.period is Period.CONTRACT:
        return ngettext("par année de contrat", "par période de %(num)s années de contrat", years) % {
            "num": years
        }
    return ngettext("par an", "par période de %(num)s années civiles", years) % {"num": years}


def _who(limit: Allowance) -> str:
    return _("pour toute la famille") if limit.shared_by is SharedBy.FAMILY else _("et par personne")
