"""What hospital cover has to say on the moves of its requests: the letter decides what may still happen."""

from django.utils.translation import gettext as _

from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.requests.enums import Move
from entraide.portal.domain.requests.models import Request


def objection_to_move(request: Request, move: Move) -> str:
    """An answer is a letter that has left; once it may have, the request is not taken back nor refused.

    The hospital relies on what it holds: only a person can undo it, with the hospital. Blank: no objection.
    """
    if not request.answers or move not in {Move.ANSWER, Move.REFUSE, Move.WITHDRAW}:
        return ""
    letter = CoverLetter.objects.filter(request=request).first()
    if move == Move.ANSWER:
        if letter is not None and letter.sent_at is not None:
            return ""
        return _(
            "La réponse à cette demande est une lettre à l’établissement : "
            "accordez la prise en charge, ou refusez-la. L’adhérent est prévenu quand la lettre est partie."
        )
    if letter is None or not letter.may_be_there:
        return ""
    if move == Move.WITHDRAW:
        return _(
            "La prise en charge est partie pour l’établissement, elle ne peut plus être annulée ici. "
            "Le séjour n’a plus lieu ? Dites-le à l’établissement et appelez-nous."
        )
    return _("La lettre est peut-être déjà à l’établissement : appelez-le avant toute autre chose.")
