"""What must be said with an amount, on page and paper: its day, what it supposes, what may change it."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from entraide.portal.domain.simulations.simulate import Simulation
from entraide.portal.domain.simulations.subjects import Subject
from entraide.portal.foundation.web.wording import day, money


def left_words(found: Simulation) -> str:
    """What is left, or between which amounts."""
    return left_between(found.left_least, found.left_most)


def left_between(least: int, most: int) -> str:
    """One amount, or two when it lies between them."""
    return money(least) if least == most else f"{money(least)} – {money(most)}"


def when_words(found: Simulation, *, today: date) -> str:
    """At whose tariffs: nobody knows those of a day to come."""
    on = found.main.total.on
    if on == today:
        return _("estimation aux tarifs du %(day)s") % {"day": day(on)}
    return _("estimation aux tarifs connus le %(today)s, pour des soins le %(day)s") % {
        "today": day(today),
        "day": day(on),
    }


def beside_amount(found: Simulation, subject: Subject) -> list[str]:
    """What nobody may read the amount without."""
    said = []
    if found.supposes_base:
        said.append(
            _(
                "En supposant que le tarif de la Sécurité sociale est égal au prix : "
                "s’il est plus bas, il restera plus à payer."
            )
        )
    if not subject.knows_past and not subject.is_visitor:
        said.append(
            _(
                "Sans compter ses soins déjà remboursés : ils ne regardent que cette personne, "
                "et un forfait peut être déjà utilisé."
            )
        )
    if len(found.main.by_year) > 1:
        parts = [
            _("%(count)s en %(year)s, avec les forfaits de %(year)s") % {"count": count, "year": year}
            for year, count in found.main.by_year.items()
        ]
        said.append(_("Ces soins passent le 31 décembre : %(parts)s.") % {"parts": ", ".join(parts)})
    return said


def reserves(found: Simulation, subject: Subject) -> list[str]:
    """What can change the amount."""
    return list(_reserves(found, subject))


def _reserves(found: Simulation, subject: Subject) -> Iterator[str]:
    yield _("Le prix demandé le jour venu, et les tarifs publics de ce jour-là.")
    if subject.knows_past:
        yield _(
            "Les soins d’ici là : nous avons compté ce qui a été utilisé de vos forfaits et plafonds "
            "jusqu’à aujourd’hui."
        )
    else:
        yield _(
            "Les soins déjà remboursés : ils ne sont pas comptés ici, et un forfait peut être déjà utilisé."
        )
    if found.main.is_to_confirm:
        yield _("Des chiffres publics qui restent à confirmer.")
    if found.supposes_base:
        yield _("Le tarif de référence : sans celui du devis, nous l’avons supposé égal au prix.")
    if len(set(found.main.days)) > 1:
        yield _("Le rythme des séances : nous en avons compté une tous les trois jours.")
    if subject.without_table:
        contracts = ", ".join(subject.without_table)
        yield _("Un autre de vos contrats, que le simulateur ne connaît pas encore :") + f" {contracts}"
    yield _(
        "Une situation particulière : affection de longue durée, maternité, accident du travail, "
        "régime d’Alsace-Moselle. Elle n’est pas comptée ici."
    )
