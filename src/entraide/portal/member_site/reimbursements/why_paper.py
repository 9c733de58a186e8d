"""Why this amount, in PDF: the sentences and figures of the page, to keep or to send (B-02)."""

from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.portal.domain.claims.explanation import Explained
from entraide.portal.domain.claims.queries import Claim
from entraide.portal.foundation.papers import render_pdf
from entraide.portal.foundation.web.wording import PARIS, day, money, text
from entraide.portal.member_site.reimbursements.stories import Act, act_of, decided_elsewhere
from entraide.portal.member_site.why import Origin, Sentence
from entraide.portal.notifications.letters.labels import kind_label

WHY_FILE = "pourquoi-ce-montant.pdf"
_TEMPLATE = "member_site/reimbursements/why_paper.typ"


def why_paper(claim: Claim, explained: tuple[Explained, ...], *, language: str) -> bytes:
    """The PDF; the same care gives the same bytes."""
    with override(language):
        title = _("Pourquoi ce montant ?")
        data = _data(claim, [act_of(each) for each in explained])
    at = datetime.combine(claim.paid_on, time(12), tzinfo=PARIS)
    return render_pdf(_TEMPLATE, data, language=language, title=title, at=at)


def _data(claim: Claim, acts: list[Act]) -> dict[str, Any]:
    return {
        "facts": [
            [_("Pour"), claim.person.full_name],
            [_("Soin"), kind_label(claim.kind)],
            [_("Date du soin"), day(claim.care_date)],
            [_("Professionnel"), claim.professional],
            [_("Versé le"), day(claim.paid_on)],
        ],
        "answer": _("Reste à votre charge"),
        "left": money(claim.shares.left),
        "head": [_("Étape"), _("Montant")],
        "acts": [_act(each) for each in acts],
        "origins_title": _("D’où viennent ces règles ?"),
        "origins": [[each.rule, each.source] for each in _origins(acts)],
        "origins_head": [_("Règle"), _("Où c’est écrit")],
    }


def _origins(acts: list[Act]) -> list[Origin]:
    told = [each.story for each in acts if each.story]
    return list(dict.fromkeys(origin for story in told for origin in story.origins))


def _act(act: Act) -> dict[str, Any]:
    rows = act.story.sentences if act.story else _amounts(act)
    return {
        "title": text(act.line.label),
        "rows": [[[each.words, each.rule, each.note], money(each.amount), each.strong] for each in rows],
        "remark": "" if act.story else decided_elsewhere(),
    }


def _amounts(act: Act) -> tuple[Sentence, ...]:
    shares = act.line.shares
    return (
        Sentence(words=_("Prix payé (frais réels)"), amount=shares.charged),
        Sentence(words=_("Versé par la Sécurité sociale (part obligatoire)"), amount=shares.amo),
        Sentence(words=_("Versé par votre mutuelle (part complémentaire)"), amount=shares.amc),
        Sentence(words=_("Reste à votre charge"), amount=shares.left, strong=True),
    )
