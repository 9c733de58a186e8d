"""What the pages of a reimbursement tell of each act."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from entraide.portal.domain.claims.explanation import Explained
from entraide.portal.domain.claims.payments import Line
from entraide.portal.member_site.why import Story, Told, story_of


@dataclass(frozen=True, slots=True)
class Act:
    """One act that was paid; without a story only the stored amounts are known."""

    line: Line
    story: Story | None


def act_of(explained: Explained) -> Act:
    """In the current language."""
    if not explained.agrees:
        return Act(explained.line, None)
    told = Told(
        steps=explained.steps,
        base=explained.line.base,
        amo=explained.line.shares.amo,
        contracts=explained.contracts,
        note=explained.note,
    )
    return Act(explained.line, story_of(told))


def decided_elsewhere() -> str:
    """What is said where the engine cannot tell the story: nothing false, and whom to ask."""
    return _(
        "Ces montants viennent du logiciel de gestion de votre mutuelle. "
        "Leur calcul ne peut pas être détaillé ici : un conseiller vous l’explique volontiers."
    )
