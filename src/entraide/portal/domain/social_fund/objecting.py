"""What the social fund has to say on the moves of its requests: two people decide, in no other way."""

from django.utils.translation import gettext as _

from entraide.portal.domain.requests.enums import Move
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.social_fund.models import AidDecision


def objection_to_move(request: Request, move: Move) -> str:
    """An answer or a refusal is a decision that a second person has agreed to. Blank: no objection."""
    if move not in {Move.ANSWER, Move.REFUSE}:
        return ""
    if AidDecision.objects.filter(request=request, agreed_at__isnull=False).exists():
        return ""
    return _("La commission décide : écrivez sa décision, un collègue la confirme, et la lettre part.")
