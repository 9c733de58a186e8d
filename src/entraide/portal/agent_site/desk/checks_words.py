"""What each finding of the daily look is called, and what its reader does about it."""

from django.utils.translation import gettext as _


def finding_words(what: str) -> tuple[str, str]:
    """Title and what to do; for a code without words, the code and where to ask."""
    known = _of_requests() | _of_files() | _of_the_program()
    return known.get(what, (what, _("Transmettez ce code à l’exploitation, avec les références ci-dessous.")))


def _of_requests() -> dict[str, tuple[str, str]]:
    return {
        "request_late": (
            _("Demandes ouvertes après le jour promis"),
            _("Répondez-y, ou confiez-les à qui peut y répondre."),
        ),
        "request_without_acknowledgement": (
            _("Demandes sans accusé de réception"),
            _("Écrivez à l’adhérent que sa demande est arrivée, et prévenez l’exploitation."),
        ),
        "acknowledgement_unwritten": (
            _("Accusés de réception perdus en route"),
            _("Rien : ils viennent d’être écrits et partent maintenant."),
        ),
        "hospital_letter_not_sent": (
            _("Prises en charge accordées et non parties"),
            _("Ouvrez la demande : appelez l’hôpital, puis envoyez la lettre de nouveau."),
        ),
        "commission_not_fixed": (
            _("Aucune commission du fonds social dans les deux mois"),
            _("Fixez les prochaines dates, et faites-les ajouter à l’agenda du fonds."),
        ),
        "enclosure_infected": (
            _("Documents joints où l’antivirus a trouvé un virus"),
            _("Ouvrez la demande et remplacez le document depuis l’historique : l’adhérent l’attend."),
        ),
        "emergency_unreviewed": (
            _("Accès d’urgence que personne n’a relus dans les deux jours ouvrés"),
            _("Relisez-les sur la page des accès d’urgence, dont le lien est en haut de celle-ci."),
        ),
        "scan_pending": (
            _("Fichiers que l’antivirus n’a pas encore contrôlés"),
            _("Prévenez l’exploitation : l’antivirus répond-il ? Ils s’ouvriront tout seuls ensuite."),
        ),
        "edition_scan_pending": (
            _("Documents à publier que l’antivirus n’a pas encore contrôlés"),
            _("Prévenez l’exploitation, ou déposez de nouveau le document : il ne peut pas être publié."),
        ),
        "message_unsent": (
            _("E-mails ou SMS qui n’ont pas pu partir"),
            _("Prévenez l’exploitation : ils partiront tout seuls dès que le service d’envoi répond."),
        ),
        "message_in_doubt": (
            _("SMS dont on ne sait pas s’ils sont partis"),
            _("Rien à faire : l’adhérent demande un autre code."),
        ),
    }


def _of_files() -> dict[str, tuple[str, str]]:
    restore = _("Prévenez l’exploitation : le fichier est à reprendre d’une sauvegarde.")
    removed = _("Rien à faire : ces restes d’un envoi interrompu sont effacés.")
    return {
        "request_file_without_file": (_("Pièces de demandes dont le fichier manque"), restore),
        "sealed_file_without_file": (_("Fichiers mis de côté par l’antivirus, et disparus"), restore),
        "document_without_file": (_("Documents à lire dont le fichier manque"), restore),
        "edition_without_file": (_("Documents publiés dont le fichier manque"), restore),
        "request_file_altered": (
            _("Pièces d’adhérents dont le fichier n’est plus celui qui fut gardé"),
            restore,
        ),
        "sealed_file_altered": (_("Fichiers mis de côté par l’antivirus, et altérés depuis"), restore),
        "document_altered": (_("Documents à lire dont le fichier est altéré"), restore),
        "edition_altered": (_("Documents publiés dont le fichier est altéré"), restore),
        "export_without_file": (
            _("Copies de données dont le fichier manque"),
            _("L’adhérent peut la demander de nouveau ; prévenez aussi l’exploitation."),
        ),
        "file_without_request_file": (_("Fichiers de pièces sans demande"), removed),
        "file_without_sealed_file": (_("Fichiers mis de côté, sans demande"), removed),
        "file_without_document": (_("Fichiers sans document à lire"), removed),
        "file_without_edition": (_("Fichiers sans document publié"), removed),
    }


def _of_the_program() -> dict[str, tuple[str, str]]:
    tell = _("Prévenez l’exploitation, avec les numéros ci-dessous.")
    return {
        "job_failed": (_("Travaux de fond abandonnés après plusieurs essais"), tell),
        "job_unknown": (_("Travaux de fond interrompus, peut-être faits"), tell),
        "job_overdue": (
            _("Travaux de fond en retard"),
            _("Prévenez l’exploitation : le programme de fond tourne-t-il ?"),
        ),
        "sweep_failed": (_("Contrôles qui n’ont pas pu être faits"), tell),
    }
