"""The page that explains an export to who opens it."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.web.wording import moment


def readme(viewer: Viewer, tables: Sequence[str], *, at: datetime) -> str:
    """In the current language; one line for each table."""
    profile, words = settings.PROFILE, table_words()
    head = [
        _("Vos données chez %(mutual)s") % {"mutual": profile.identity.legal_name},
        _("Copie faite le %(at)s pour %(name)s.") % {"at": moment(at), "name": viewer.full_name},
        "",
        _("Elle contient ce que votre espace garde de vous, et rien de vos proches."),
        _("donnees.json : toutes les données, pour un programme."),
        _("csv : les mêmes, une feuille par sujet, pour un tableur. Les montants sont en centimes."),
        _("releves : vos relevés en PDF, réduits à vos propres soins."),
        _("recepisses, fichiers : vos envois, avec leur preuve de dépôt."),
        _("documents : ce que votre mutuelle a écrit pour vous."),
        "",
        _("Ce que contient chaque feuille :"),
    ]
    rows = [_("- %(table)s : %(what)s") % {"table": name, "what": words[name]} for name in tables]
    foot = [
        "",
        _("Une donnée est fausse, ou vous voulez la faire effacer ? Écrivez à %(email)s.")
        % {"email": profile.contacts.email},
    ]
    return "\r\n".join([*head, *rows, *foot, ""])


def table_words() -> dict[str, str]:
    """What each table holds, in the current language."""
    return {
        "person": _("votre identité, vos coordonnées, votre compte bancaire"),
        "membership": _("votre adhésion"),
        "declared_contacts": _("les coordonnées que vous avez changées ici"),
        "care_shared": _("quand vous avez laissé un proche lire vos soins"),
        "help": _("les aides demandées ou acceptées, et leur durée"),
        "contracts": _("les contrats qui vous couvrent"),
        "card_series": _("quand vos cartes ont été remplacées"),
        "cards_sent": _("les cartes que vous avez envoyées par e-mail"),
        "partner_visits": _("quand vous êtes allé, ou allée, chez un partenaire par votre espace"),
        "teleconsultations": _("les téléconsultations qu’un partenaire a comptées pour vous"),
        "care": _("vos soins remboursés"),
        "feed_lines": _("ce que la Sécurité sociale nous a transmis de vos soins"),
        "transfers": _("les virements faits sur votre compte"),
        "account_changes": _("les changements de compte bancaire demandés"),
        "contributions": _("vos cotisations"),
        "saved_simulations": _("les simulations que vous gardez"),
        "registrations": _("vos inscriptions à des rendez-vous de prévention"),
        "requests": _("vos demandes"),
        "request_files": _("les fichiers de vos demandes, les vôtres et ceux que nous y avons joints"),
        "request_messages": _("ce que vous et nous en avons dit"),
        "request_ratings": _("ce que vous avez pensé de nos réponses"),
        "requests_with_others": _("les demandes faites pour un proche, ou par un proche pour vous"),
        "aid_files": _("vos dossiers d’aide : ce qui est là, quelle commission les examine"),
        "aid_decisions": _("les décisions sur vos demandes d’aide, avec leur lettre"),
        "hospital_cover": _("les réponses à vos demandes de prise en charge hospitalière"),
        "documents": _("les documents écrits pour vous"),
        "account": _("votre accès à cet espace"),
        "sessions": _("vos appareils connectés"),
        "factors": _("vos moyens de connexion"),
        "known_browsers": _("les navigateurs que nous reconnaissons"),
        "notified_browsers": _("les navigateurs qui vous préviennent d’une réponse"),
        "terms_accepted": _("les conditions d’utilisation que vous avez acceptées"),
        "messages": _("les messages que nous vous avons envoyés"),
        "consultations": _("qui a consulté votre dossier"),
        "emergency_accesses": _("les accès d’urgence à votre dossier, et pourquoi"),
        "exports": _("les copies de vos données que vous avez demandées"),
        "facts": _("ce qui s’est passé sur votre dossier, pas à pas"),
    }
