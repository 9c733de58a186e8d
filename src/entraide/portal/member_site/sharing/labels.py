"""What a helper may do, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.members.enums import HelpScope

SCOPES: dict[HelpScope, str | Promise] = {
    HelpScope.REIMBURSEMENTS: _("lire mes remboursements et mes relevés"),
    HelpScope.REQUESTS: _("suivre les papiers que j’ai envoyés"),
    HelpScope.SENDING: _("envoyer des papiers pour moi"),
}
# As the helper reads it of somebody else.
THEIR_SCOPES: dict[HelpScope, str | Promise] = {
    HelpScope.REIMBURSEMENTS: _("lire ses remboursements et ses relevés"),
    HelpScope.REQUESTS: _("suivre les papiers envoyés"),
    HelpScope.SENDING: _("envoyer des papiers à sa place"),
}


def in_words(scopes: tuple[HelpScope, ...], *, own: bool) -> str:
    words = SCOPES if own else THEIR_SCOPES
    return ", ".join(str(words[one]) for one in scopes)
