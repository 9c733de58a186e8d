"""Why this amount: the steps of the engine as sentences that anybody can follow (B-02, B-03)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from entraide.portal.foundation.web.wording import language
from entraide.reimbursement import Step, StepKind, Words
from entraide.reimbursement.rules import RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One step: what happened, how much in cents, and by which rule. `strong`: somebody pays this amount."""

    words: str
    amount: int
    rule: str = ""
    note: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A rule and where it is written."""

    rule: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the engine says of one act: its steps, base and share of health insurance in cents.

    `contracts` names those of the steps; `note` tells apart what nobody may refund of what is left.
    """

    steps: tuple[Step, ...]
    base: int
    amo: int
    contracts: Mapping[str, Words]
    note: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One act: its sentences in order, and where their rules are written."""

    sentences: tuple[Sentence, ...]
    origins: tuple[Origin, ...]


def story_of(told: Told) -> Story:
    """In the current language; empty when there are no steps."""
    origins = [
        Origin(rule=said(step.title), source=source)
        for step in _worth_telling(told)
        if step.kind not in _PLAIN
        for source in [_official(RULES[step.rule].source) or _official(step.source)]
        if source
    ]
    return Story(sentences=tuple(_sentences(told)), origins=tuple(dict.fromkeys(origins)))


# What a member can look up: the law, a public body, their own contract. The rest is for the staff.
_OFFICIAL = (
    "CSS ", "CASF ", "code ", "décret ", "arrêté ", "convention ",
    "ameli.fr", "service-public.fr", "règlement du contrat",
)  # fmt: skip
_CODES = {"CSS ": "Code de la sécurité sociale, ", "CASF ": "Code de l’action sociale et des familles, "}
_REMARK = re.compile(r"\s*\([^)]*\)$")


def _official(source: str) -> str:
    """The first official part of a source, in full words; empty when there is none."""
    parts = (_REMARK.sub("", one) for one in re.split("[;,] ", source))
    found = next((one for one in parts if one.startswith(_OFFICIAL)), "")
    for short, long in _CODES.items():
        found = found.replace(short, long)
    return found


def said(words: Words) -> str:
    """A sentence of the engine in the reader's language."""
    # The narrow space that French typography asks for is hard to see on old screens.
    return (words.en if language() == "en" else words.fr).replace("\u202f", "\u00a0")


# Steps of arithmetic: no rule stands behind them.
_PLAIN = frozenset({StepKind.SPEND, StepKind.EXCESS, StepKind.PAID, StepKind.LEFT})


def _adds_something(step: Step) -> bool:
    """Whether the words of the rule say more than the sentence does already."""
    return step.kind not in {*_PLAIN, StepKind.LIMIT} and step.rule not in {"guarantee.none", "base.none"}


def _sentences(told: Told) -> Iterator[Sentence]:
    net_is_told = False
    for step in _worth_telling(told):
        if step.kind in _AFTER_FUND and not step.rule.startswith("charge.") and not net_is_told:
            net_is_told = True
            if told.amo:
                yield Sentence(words=_net(told), amount=told.amo, strong=True)
        yield Sentence(
            words=_WORDS[step.kind](step, told),
            amount=-step.amount if step.kind is StepKind.WITHHELD else step.amount,
            rule=said(step.title) if _adds_something(step) else "",
            note=said(told.note) if step.kind is StepKind.LEFT and told.note else "",
            strong=step.kind in {StepKind.PAID, StepKind.LEFT},
        )


def _net(told: Told) -> str:
    """The flat charge of a major procedure takes from what is paid for the rest of the stay."""
    return (
        _("Versé par la Sécurité sociale")
        if told.amo > 0
        else _("Retiré de ce que verse la Sécurité sociale")
    )


_AFTER_FUND = frozenset(
    {StepKind.COPAYMENT, StepKind.EXCESS, StepKind.GUARANTEE, StepKind.POLICY, StepKind.PAID, StepKind.LEFT}
)


def _worth_telling(told: Told) -> Iterator[Step]:
    """Without steps that would only repeat that nothing is due."""
    nothing_due = not told.base and not any(step.rule.startswith("charge.") for step in told.steps)
    promised = {step.contract for step in told.steps if step.rule == "guarantee"}
    for step in told.steps:
        if nothing_due and step.kind in {StepKind.COMPULSORY, StepKind.COPAYMENT, StepKind.EXCESS}:
            continue
        if step.kind is StepKind.COMPULSORY and step.rule.startswith("charge.") and not step.amount:
            continue
        if step.kind is StepKind.PAID and not step.amount and step.contract not in promised:
            continue
        yield step


def _base(step: Step, told: Told) -> str:
    if not step.amount:
        return _("La Sécurité sociale ne rembourse pas ce soin : il n’a pas de tarif de référence.")
    return _("Tarif de référence de la Sécurité sociale (base de remboursement)")


def _compulsory(step: Step, told: Told) -> str:
    if step.rule == "charge.paid":
        return _("La Sécurité sociale paie ce forfait à votre place")
    return _("Ce qu’elle rembourse de ce tarif (taux de remboursement)")


def _withheld(step: Step, told: Told) -> str:
    if not step.amount:
        return _("Rien n’est retenu cette fois : le plafond est atteint")
    return _("Retenu par la loi, et que personne ne peut vous rembourser")


def _copayment(step: Step, told: Told) -> str:
    if step.rule.startswith("charge."):
        return _("Forfait que la loi met à votre charge")
    return _("Ce qui reste de ce tarif (ticket modérateur)")


def _guarantee(step: Step, told: Told) -> str:
    values = {"contract": said(told.contracts[step.contract])}
    if step.rule == "guarantee.none":
        return _("%(contract)s : rien de prévu pour ce soin") % values
    return _("%(contract)s : ce qui est prévu pour ce soin") % values


def _limit(step: Step, told: Told) -> str:
    limits = {
        "waiting": _("Limite : le délai d’attente de ce contrat n’est pas terminé"),
        "allowance": _("Limite : c’est ce qui restait de votre forfait"),
        "count": _("Limite : le nombre d’actes pris en charge est atteint"),
        "room": _("Limite : un contrat ne verse jamais plus que ce qui reste à payer"),
    }
    return limits.get(step.rule, said(step.title))


def _policy(step: Step, told: Told) -> str:
    if step.rule == "N1":
        return _("Cette retenue reste à vous : la loi interdit aux mutuelles de la rembourser")
    if step.rule in {"N2", "increase"}:
        return _("Majoration hors parcours de soins : elle reste à votre charge")
    if step.rule.startswith("N"):
        return _("La loi limite ce que le contrat peut verser")
    return _("La loi demande au contrat de verser au moins")


def _paid(step: Step, told: Told) -> str:
    return _("Versé par %(contract)s") % {"contract": said(told.contracts[step.contract])}


_WORDS: dict[StepKind, Callable[[Step, Told], str]] = {
    StepKind.SPEND: lambda step, told: _("Prix payé (frais réels)"),
    StepKind.BASE: _base,
    StepKind.COMPULSORY: _compulsory,
    StepKind.LOCAL_SCHEME: lambda step, told: _("Ce qu’ajoute le régime local d’Alsace-Moselle"),
    StepKind.WITHHELD: _withheld,
    StepKind.COPAYMENT: _copayment,
    StepKind.EXCESS: lambda step, told: _("Prix au-dessus de ce tarif (dépassement)"),
    StepKind.GUARANTEE: _guarantee,
    StepKind.LIMIT: _limit,
    StepKind.POLICY: _policy,
    StepKind.PAID: _paid,
    StepKind.LEFT: lambda step, told: _("Reste à votre charge"),
}
