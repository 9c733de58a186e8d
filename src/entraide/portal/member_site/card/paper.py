"""The card and the certificate in PDF: the words of the pages, tagged, the same bytes for the same day."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.portal.domain.card.queries import CoverageCard
from entraide.portal.foundation.papers import render_pdf
from entraide.portal.foundation.web.wording import PARIS, day, text
from entraide.portal.member_site.card.drawing import drawing_of
from entraide.portal.member_site.card.words import back_of, block_of

_FOLDER = "member_site/card"
# Nobody's name: a file lies about in folders and mails (A40).
CARD_FILE = "carte-tiers-payant.pdf"
CERTIFICATE_FILE = "attestation.pdf"


def card_paper(card: CoverageCard, *, on: date, language: str) -> bytes:
    """Front and back on one page, to print and to fold."""
    with override(language):
        title = _("Carte de tiers payant")
        data = {
            "front": _("Recto"),
            "back": _("Verso"),
            "block": [list(one) for one in block_of(card)],
            "responsible": _("Contrat responsable") if card.responsible else "",
            "example": _("Spécimen : numéros d’exemple") if settings.PROFILE.card.example else "",
            "beneficiary": _("Bénéficiaire"),
            "name": card.name,
            "born": _born(card),
            "number": _own_number(card),
            "head": [one.code for one in card.cells],
            "shown": [one.shown or "–" for one in card.cells],
            "labels": [[one.code, text(one.label)] for one in card.cells],
            "domains": _("Les domaines"),
            "notes": back_of(),
            "qr": drawing_of(card).svg,
            "qr_words": _("QR code signé : le professionnel le lit pour vérifier la carte."),
            "fold": _("Découpez le cadre et pliez-le au milieu."),
        }
    return render_pdf(f"{_FOLDER}/card.typ", data, language=language, title=title, at=_at(on))


def certificate_paper(cards: list[CoverageCard], *, on: date, language: str) -> bytes:
    """Who is covered on that day, by which contracts, since when."""
    with override(language):
        title = _("Attestation de couverture santé")
        told = {
            "mutual": settings.PROFILE.identity.legal_name,
            "day": day(on),
            "number": cards[0].member_number,
        }
        data = {
            "sentence": _(
                "%(mutual)s atteste que les personnes suivantes sont couvertes le %(day)s "
                "au titre de l’adhésion n° %(number)s."
            )
            % told,
            "head": [_("Personne"), _("Né(e) le"), _("Contrat"), _("Couverte")],
            "rows": [row for one in cards for row in _certified(one)],
            "responsible": _("Ces contrats sont responsables, au sens du code de la sécurité sociale.")
            if all(one.responsible for one in cards)
            else "",
            "note": _(
                "Cette attestation dit ce qui est enregistré à ce jour. Elle ne vaut pas prise en charge : "
                "présentez la carte de tiers payant au professionnel."
            ),
        }
    return render_pdf(f"{_FOLDER}/certificate.typ", data, language=language, title=title, at=_at(on))


def _own_number(card: CoverageCard) -> str:
    """What the person signs in with, where that is not the number of the membership."""
    if card.number == card.member_number:
        return ""
    return _("n° personnel %(number)s") % {"number": card.number}


def _certified(card: CoverageCard) -> list[list[str]]:
    return [
        [card.name, day(card.birth_date), text(one.label), period(one.starts_on, one.ends_on)]
        for one in card.contracts
    ]


def period(starts_on: date, ends_on: date | None) -> str:
    """Since when, and until when where that is known."""
    if ends_on is None:
        return _("depuis le %(first)s") % {"first": day(starts_on)}
    return _("du %(first)s au %(last)s") % {"first": day(starts_on), "last": day(ends_on)}


def _born(card: CoverageCard) -> str:
    return _("né(e) le %(day)s, rang %(rank)s") % {"day": day(card.birth_date), "rank": card.birth_rank}


def _at(on: date) -> datetime:
    return datetime.combine(on, time(12), tzinfo=PARIS)
