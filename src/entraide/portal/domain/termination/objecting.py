"""What termination has to say on the moves of its requests: an end that is on file is not undone here."""

import json

from django.utils.translation import gettext as _

from entraide.portal.domain.contracts.models import Contract
from entraide.portal.domain.requests.enums import Move
from entraide.portal.domain.requests.models import Request


def objection_to_move(request: Request, move: Move) -> str:
    """Neither taken back nor refused once the management system has ended the contract; blank: nothing."""
    if move not in {Move.WITHDRAW, Move.REFUSE}:
        return ""
    number = dict(json.loads(request.answers))["ended_contract"]
    ended = Contract.objects.filter(number=number, member__beneficiaries=request.sender_id)
    if not ended.filter(ended_on__isnull=False).exists():
        return ""
    return _("La fin du contrat est enregistrée : seul un conseiller peut encore y changer quelque chose.")
