"""The letter that tells a decision, in the language in which the aid was asked for."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.portal.domain.requests.catalogue import labels_of, refusal_named
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.social_fund.enums import Outcome
from entraide.portal.domain.social_fund.models import AidDecision
from entraide.portal.foundation.papers import render_pdf
from entraide.portal.foundation.web.wording import day, money, text

_TEMPLATE = "domain/social_fund/letter.typ"


def write_letter(request: Request, decided: AidDecision, *, now: datetime) -> str:
    """What the letter says, as JSON of texts that are ready to print."""
    person, is_granted = request.sender, decided.outcome == Outcome.GRANTED
    refusal = refusal_named(decided.refusal)
    with override(request.language):
        address = [person.address_line1, person.address_line2, f"{person.postcode} {person.city}".strip()]
        facts = [
            (_("Référence"), request.reference),
            (_("Votre demande"), text(labels_of(request.category, request.type)[1])),
            (_("Commission du"), day(decided.commission_on)),
            (_("Décision"), _("Aide accordée") if is_granted else _("Aide refusée")),
            (_("Montant"), money(decided.amount) if is_granted else ""),
            (_("Versée à"), decided.payee),
        ]
        letter: dict[str, Any] = {
            "title": _("Décision sur votre demande d’aide"),
            "to": [person.full_name, *(one for one in address if one)],
            "on": _("Le %(day)s") % {"day": day(timezone.localdate(now))},
            "greeting": _("Bonjour %(name)s,") % {"name": person.full_name},
            "facts": [list(one) for one in facts if one[1]],
            "paragraphs": [one for one in _paragraphs(decided, refusal) if one],
            "next": text(refusal.next) if refusal and not is_granted else "",
            "help": _("Une question ? Appelez le %(phone)s, ou écrivez-nous depuis votre espace.")
            % {"phone": settings.PROFILE.contacts.phone},
        }
    return json.dumps(letter, ensure_ascii=False)


def letter_pdf(decided: AidDecision, *, language: str) -> bytes:
    """The letter as it was decided, tagged PDF: the same bytes each time."""
    assert decided.agreed_at is not None
    told = json.loads(decided.letter)
    return render_pdf(_TEMPLATE, told, language=language, title=told["title"], at=decided.agreed_at)


def file_name(reference: str) -> str:
    """`decision-<reference>.pdf`: neither a name nor what it is about."""
    return f"decision-{reference}.pdf"


def _paragraphs(decided: AidDecision, refusal: Any) -> list[str]:
    if decided.outcome == Outcome.GRANTED:
        first = _("La commission a examiné votre demande et vous accorde l’aide ci-dessous.")
    else:
        first = _("La commission a examiné votre demande et n’a pas pu l’accorder.")
    return [first, text(refusal.reason) if refusal else "", *decided.words.splitlines()]
