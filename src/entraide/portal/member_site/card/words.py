"""The words of a card, the same on the screen and on paper."""

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.portal.domain.card.enums import CardState
from entraide.portal.domain.card.queries import CoverageCard
from entraide.portal.foundation.web.wording import day, text


def block_of(card: CoverageCard) -> list[tuple[str, str]]:
    """The five items by which a professional bills the mutual: labels stand there even without a value."""
    profile = settings.PROFILE.card
    validity = _("du %(first)s au %(last)s") % {"first": day(card.starts_on), "last": day(card.ends_on)}
    return [
        (_("N° AMC"), profile.amc_number),
        (_("Type de convention"), profile.convention),
        (_("CSR"), profile.routing_code),
        (_("N° adhérent"), card.member_number),
        (_("Validité"), validity),
    ]


def back_of() -> list[str]:
    """What stands on the back: how the card serves, who issues it, whom to call."""
    profile = settings.PROFILE
    lines = [text(one) for one in profile.card.back]
    if profile.card.hospital_phone:
        lines.append(
            _("Accord avant une hospitalisation : %(phone)s") % {"phone": profile.card.hospital_phone}
        )
    if profile.card.network:
        lines.append(_("Réseau de soins : %(name)s") % {"name": profile.card.network})
    if profile.card.operator:
        lines.append(_("Carte éditée par %(name)s") % {"name": profile.card.operator})
    return lines


def verdict(state: CardState) -> tuple[str, str]:
    """What a check says: the answer in a few words, then what to do."""
    return {
        CardState.VALID: (
            _("Cette carte est valable aujourd’hui"),
            _("Comparez le nom et la date de naissance avec ceux de la personne."),
        ),
        CardState.MALFORMED: (
            _("Ce n’est pas le code d’une carte"),
            _("Scannez le QR code de nouveau, en entier, ou collez l’adresse qu’il contient."),
        ),
        CardState.OTHER_MUTUAL: (
            _("Cette carte est celle d’une autre mutuelle"),
            _("Vérifiez-la auprès de la mutuelle dont le nom est sur la carte."),
        ),
        CardState.UNKNOWN_KEY: (
            _("Cette carte est signée d’une clé que nous ne connaissons pas"),
            _("Elle est très ancienne, ou fausse : demandez une carte plus récente."),
        ),
        CardState.FORGED: (
            _("Cette carte est fausse"),
            _("Son code a été modifié, ou ne vient pas de nous. N’appliquez pas le tiers payant."),
        ),
        CardState.NOT_YET: (
            _("Cette carte n’est pas encore valable"),
            _("Regardez la date à laquelle elle commence."),
        ),
        CardState.EXPIRED: (
            _("Cette carte n’est plus valable : sa date est passée"),
            _("La personne en télécharge une nouvelle dans son espace."),
        ),
        CardState.REPLACED: (
            _("Cette carte a été remplacée"),
            _("Elle a été déclarée perdue ou volée : demandez la carte en cours."),
        ),
        CardState.ENDED: (
            _("Cette personne n’est plus couverte"),
            _("Son contrat est terminé : n’appliquez pas le tiers payant."),
        ),
    }[state]
