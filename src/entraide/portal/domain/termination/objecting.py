"""What termination has to say on the moves of its requests: a contract that is over does not come back."""

import json
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.requests.enums import Move
from entraide.portal.domain.requests.models import Request


def objection_to_move(request: Request, move: Move) -> str:
    """Neither taken back nor refused once the last day of cover is past; blank: no objection."""
    if move not in {Move.WITHDRAW, Move.REFUSE}:
        return ""
    ends_on = date.fromisoformat(dict(json.loads(request.answers))["ends_on"])
    if timezone.localdate() <= ends_on:
        return ""
    return _("Le contrat a pris fin : seul un conseiller peut encore y changer quelque chose.")
