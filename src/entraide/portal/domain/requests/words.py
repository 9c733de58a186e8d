"""What a member reads about a file that is not kept: which file, why, and what to do."""

from django.utils.translation import gettext as _

from entraide.portal.domain.requests.files.verdicts import Fault


def refusal(fault: Fault, *, name: str, max_mb: int) -> str:
    """One plain sentence or two in the reader's language."""
    return _sentences()[fault] % {"name": name, "size": max_mb}


def infected(name: str) -> str:
    """Of a file of a form that is not sent yet."""
    sentence = _(
        "L’antivirus a trouvé un virus dans « %(name)s » : retirez-le, "
        "puis prenez le papier en photo ou enregistrez-le depuis un autre appareil."
    )
    return sentence % {"name": name}


def _sentences() -> dict[Fault, str]:
    return {
        Fault.EMPTY: _("« %(name)s » est vide : choisissez-le de nouveau, ou reprenez la photo."),
        Fault.TOO_BIG: _(
            "« %(name)s » dépasse %(size)s Mo : reprenez la photo en qualité moyenne, "
            "ou envoyez le document en plusieurs fichiers."
        ),
        Fault.UNKNOWN_KIND: _(
            "« %(name)s » n’est ni un PDF ni une photo : enregistrez-le en PDF, ou prenez-le en photo."
        ),
        Fault.RENAMED: _(
            "« %(name)s » n’est pas du genre que son nom annonce : "
            "enregistrez-le en PDF ou en JPEG au lieu de changer la fin de son nom."
        ),
        Fault.NOT_AT_START: _(
            "« %(name)s » contient autre chose avant le début du PDF : "
            "ouvrez-le, puis enregistrez-le de nouveau en PDF."
        ),
        Fault.MIXED: _(
            "« %(name)s » cache un autre contenu et n’est pas accepté : "
            "ouvrez-le, puis enregistrez-le de nouveau en PDF, ou prenez le papier en photo."
        ),
        Fault.BROKEN: _(
            "« %(name)s » est abîmé ou incomplet, nous ne pouvons pas l’ouvrir : "
            "enregistrez-le de nouveau, ou prenez le papier en photo."
        ),
        Fault.LOCKED: _(
            "« %(name)s » est protégé par un mot de passe : "
            "ouvrez-le, enregistrez-en une copie sans mot de passe, et envoyez la copie."
        ),
        Fault.ACTIVE: _(
            "« %(name)s » contient un programme ou une pièce jointe : "
            "imprimez-le en PDF, et envoyez le nouveau fichier."
        ),
        Fault.TOO_MANY_PIXELS: _(
            "« %(name)s » est une image trop grande (plus de 40 millions de points) : "
            "reprenez la photo en qualité moyenne."
        ),
        Fault.TOO_MANY_PAGES: _("« %(name)s » a plus de 500 pages : envoyez seulement les pages utiles."),
    }


def too_many(name: str, *, max_files: int) -> str:
    sentence = _(
        "« %(name)s » n’a pas été ajouté : un envoi contient %(count)s fichiers au plus. "
        "Envoyez-le dans un second envoi."
    )
    return sentence % {"name": name, "count": max_files}


def too_many_today(most: int) -> str:
    sentence = _("Vous avez envoyé %(count)s fichiers en 24 heures : continuez demain, ou appelez-nous.")
    return sentence % {"count": most}


def too_many_in_all(most: int) -> str:
    sentence = _("Votre espace garde déjà %(count)s fichiers, le plus possible : appelez-nous.")
    return sentence % {"count": most}
