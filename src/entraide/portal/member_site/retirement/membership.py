"""The membership form of the individual contract as PDF: own data filled in, never signed (RET-01)."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.formats import mobile, phone
from entraide.portal.domain.contacts.queries import ContactSheet
from entraide.portal.domain.members.applicants import Applicant
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.retiring import RetirementView
from entraide.portal.foundation.papers import render_pdf
from entraide.portal.foundation.web.wording import PARIS, day, text
from entraide.portal.member_site.why import said

# Nobody's name: a file lies about in folders and mails (A40).
FILE_NAME = "adhesion-individuelle.pdf"


def membership_paper(
    viewer: Viewer,
    people: Sequence[Applicant],
    contacts: ContactSheet | None,
    found: RetirementView,
    *,
    on: date,
    language: str,
) -> bytes:
    """What is on file is printed; what is not, and every choice, is left to be written by hand."""
    with override(language):
        title = _("Demande d’adhésion au contrat individuel")
        data = _words(viewer, people, contacts, found)
    at = datetime.combine(on, time(12), tzinfo=PARIS)
    return render_pdf("member_site/retirement/membership.typ", data, language=language, title=title, at=at)


def _words(
    viewer: Viewer, people: Sequence[Applicant], contacts: ContactSheet | None, found: RetirementView
) -> dict[str, Any]:
    return {
        "sentence": _(
            "Relisez, complétez ce qui manque, choisissez votre formule, datez et signez. "
            "Rien n’est demandé tant que vous n’avez pas renvoyé ce formulaire."
        ),
        "me": _("Moi"),
        "facts": _facts(viewer, people, contacts),
        "people": _("Les personnes à couvrir"),
        "people_hint": _("Cochez chaque personne qui rejoint le contrat individuel."),
        "head": [_("À couvrir"), _("Personne"), _("Lien"), _("Né(e) le"), _("N° de Sécurité sociale")],
        "rows": [_row(one) for one in people],
        "choice": _("La formule"),
        "levels": [said(one.level.label) for one in found.levels],
        "start": _("Début souhaité (le lendemain du dernier jour du contrat collectif) :"),
        "enclose": _("À joindre"),
        "enclosed": [text(one) for one in found.retirement.enclose],
        "agreement": _(
            "Je demande à adhérer au contrat individuel pour les personnes cochées. "
            "J’ai reçu le règlement mutualiste et le document d’information sur le contrat, et je les ai lus."
        ),
        "signed": [_("Fait à"), _("Le"), _("Signature")],
        "send": _("À envoyer par le dépôt de documents de votre espace, ou par la poste."),
    }


def _facts(
    viewer: Viewer, people: Sequence[Applicant], contacts: ContactSheet | None
) -> list[tuple[str, str]]:
    """Blank where nothing is on file: a line is drawn there."""
    own = next(one for one in people if one.id == viewer.person_id)
    return [
        (_("Civilité"), {"mme": _("Madame"), "m": _("Monsieur")}[own.civility]),
        (_("Nom"), own.last_name),
        (_("Nom de naissance"), own.birth_name),
        (_("Prénom"), own.first_name),
        (_("Date de naissance"), day(own.birth_date)),
        (_("N° d’adhérent"), viewer.member_number),
        (_("Adresse"), ", ".join(contacts.address.lines) if contacts else ""),
        (_("E-mail"), contacts.email if contacts else ""),
        (_("Mobile"), mobile.national(contacts.mobile) if contacts and contacts.mobile else ""),
        (_("Téléphone fixe"), phone.national(contacts.phone) if contacts and contacts.phone else ""),
    ]


def _row(one: Applicant) -> list[str]:
    ties = {"primary_insured": _("Assuré principal"), "spouse": _("Conjoint"), "child": _("Enfant")}
    name = f"{one.first_name} {one.last_name}"
    return [name, ties[one.relationship], day(one.birth_date), one.masked_nir]
