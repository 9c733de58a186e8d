"""The words of the simulator: its cases, what each asks, what each answer means."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.simulations.answers import Ears, Fees, Material
from entraide.portal.domain.simulations.results import PricedLine
from entraide.portal.member_site.why import Story, Told, said, story_of
from entraide.reimbursement import LensClass, load_vocabulary

# A sentence whose language is chosen when it is shown: Django gives it no type of its own.
Phrase = Any


class CaseWords(NamedTuple):
    """The title of a case, and what it is about in one line."""

    title: Phrase
    purpose: Phrase


class FieldWords(NamedTuple):
    label: Phrase
    hint: Phrase = ""


CASE_WORDS: Mapping[str, CaseWords] = {
    "generaliste": CaseWords(_("Médecin généraliste"), _("Une consultation au cabinet")),
    "specialiste": CaseWords(_("Médecin spécialiste"), _("Gynécologue, pédiatre, psychiatre…")),
    "medicaments": CaseWords(_("Médicaments"), _("Ce que le médecin a prescrit")),
    "analyses": CaseWords(_("Analyses de laboratoire"), _("Prise de sang et autres examens")),
    "imagerie": CaseWords(_("Radio, scanner, échographie"), _("Un examen d’imagerie")),
    "kinesitherapie": CaseWords(_("Kinésithérapie"), _("Une ou plusieurs séances")),
    "hospitalisation": CaseWords(_("Hospitalisation"), _("Un séjour, une opération, une chambre")),
    "couronne": CaseWords(_("Couronne dentaire"), _("Selon la dent, le matériau et le prix")),
    "lunettes": CaseWords(_("Lunettes"), _("Une monture et deux verres")),
    "aides-auditives": CaseWords(_("Aides auditives"), _("Une oreille ou les deux")),
    "medecines-douces": CaseWords(_("Médecines douces"), _("Ostéopathie, acupuncture, diététique…")),
}

_USUAL = _("Laissez vide : nous prenons le tarif public du jour.")
_AT_TARIFF = _("Laissez vide s’il n’y a pas de dépassement : nous prenons le tarif public du jour.")
_EXAMPLE = _("Laissez vide : nous prenons un prix d’exemple.")
_FIELD_WORDS: Mapping[str, FieldWords] = {
    "fees": FieldWords(
        _("Votre médecin pratique-t-il des dépassements ?"),
        _("C’est affiché dans la salle d’attente, et sur annuairesante.ameli.fr."),
    ),
    "outside": FieldWords(_("Je consulte sans passer par mon médecin traitant")),
    "act": FieldWords(_("De quoi s’agit-il ?")),
    "price": FieldWords(_("Prix"), _USUAL),
    "base": FieldWords(
        _("Tarif de la Sécurité sociale (base de remboursement)"),
        _("Il est sur le devis. Sans lui, nous le supposons égal au prix ; avec un dépassement, il le faut."),
    ),
    "quantity": FieldWords(_("Nombre de séances")),
    "nights": FieldWords(_("Nombre de nuits"), _("0 si vous sortez le jour même.")),
    "stay_price": FieldWords(
        _("Frais de séjour, par jour"),
        _("Le montant inscrit est un exemple : le bureau des entrées vous donne le sien."),
    ),
    "room_price": FieldWords(
        _("Chambre particulière, par nuit"), _("Laissez vide si vous n’en demandez pas.")
    ),
    "surgeon_price": FieldWords(
        _("Prix demandé par le chirurgien"), _("Laissez vide s’il n’y a pas d’opération.")
    ),
    "surgeon_base": FieldWords(
        _("Tarif de la Sécurité sociale pour l’opération"), _("Il est sur le devis du chirurgien.")
    ),
    "tooth": FieldWords(
        _("Numéro de la dent"),
        _("Deux chiffres, de 11 à 48 : il est sur le devis. 11 : incisive du haut ; 26 : molaire du haut."),
    ),
    "material": FieldWords(_("Matériau de la couronne")),
    "right": FieldWords(_("Verre de l’œil droit")),
    "left": FieldWords(_("Verre de l’œil gauche")),
    "frame_price": FieldWords(
        _("Prix de la monture"),
        _("0 si vous gardez la vôtre. Laissez vide : nous prenons un prix d’exemple."),
    ),
    "right_price": FieldWords(_("Prix du verre droit"), _("0 s’il n’est pas changé.")),
    "left_price": FieldWords(_("Prix du verre gauche"), _("0 s’il n’est pas changé.")),
    "ears": FieldWords(_("Pour combien d’oreilles ?")),
}
_OF_CASE: Mapping[tuple[str, str], FieldWords] = {
    ("generaliste", "price"): FieldWords(_("Prix de la consultation"), _AT_TARIFF),
    ("specialiste", "price"): FieldWords(_("Prix de la consultation"), _AT_TARIFF),
    ("specialiste", "act"): FieldWords(_("Quel spécialiste ?")),
    ("specialiste", "outside"): FieldWords(
        _("Je consulte sans passer par mon médecin traitant"),
        _(
            "Ne cochez pas pour un gynécologue, un ophtalmologue ou un stomatologue, ni pour un psychiatre "
            "de 16 à 25 ans : ils se consultent directement."
        ),
    ),
    ("medicaments", "price"): FieldWords(
        _("Prix de toutes les boîtes"), _("Il est sur la facture de la pharmacie.")
    ),
    ("medicaments", "quantity"): FieldWords(_("Nombre de boîtes")),
    ("medicaments", "act"): FieldWords(
        _("À quel taux sont-ils remboursés ?"), _("Le taux est sur la facture du pharmacien.")
    ),
    ("analyses", "price"): FieldWords(_("Prix des analyses")),
    ("imagerie", "price"): FieldWords(_("Prix de l’examen")),
    ("imagerie", "act"): FieldWords(_("Quel examen ?")),
    ("kinesitherapie", "price"): FieldWords(_("Prix d’une séance")),
    ("kinesitherapie", "base"): FieldWords(
        _("Tarif de la Sécurité sociale pour une séance"),
        _("Laissez vide si vous ne l’avez pas : nous le supposons égal au prix."),
    ),
    ("hospitalisation", "fees"): FieldWords(
        _("Le chirurgien pratique-t-il des dépassements ?"),
        _("C’est affiché dans la salle d’attente, et sur annuairesante.ameli.fr."),
    ),
    ("couronne", "price"): FieldWords(
        _("Prix de la couronne"), _("Laissez vide : nous prenons le prix limite, ou un prix d’exemple.")
    ),
    ("aides-auditives", "price"): FieldWords(
        _("Prix par oreille"), _("Laissez vide : nous prenons le prix limite, ou un prix d’exemple.")
    ),
    ("aides-auditives", "act"): FieldWords(_("Quel appareil ?")),
    ("medecines-douces", "price"): FieldWords(_("Prix d’une séance")),
    ("medecines-douces", "act"): FieldWords(_("Quelle séance ?")),
}

FEES: Mapping[Fees, Phrase] = {
    Fees.NONE: _("Non, il applique le tarif de la Sécurité sociale (secteur 1)"),
    Fees.MODERATE: _("Oui, modérés : il est adhérent à l’OPTAM (secteur 2)"),
    Fees.FREE: _("Oui, libres : il n’est pas adhérent à l’OPTAM (secteur 2)"),
    Fees.UNKNOWN: _("Je ne sais pas : montrer les deux cas"),
}
SCENARIOS: Mapping[Fees, Phrase] = {
    Fees.MODERATE: _("Si ses dépassements sont modérés (OPTAM)"),
    Fees.FREE: _("Si ses dépassements sont libres (hors OPTAM)"),
}
SCENARIO_HEADS: Mapping[Fees, Phrase] = {
    Fees.MODERATE: _("Modérés (OPTAM)"),
    Fees.FREE: _("Libres (hors OPTAM)"),
}
MATERIALS: Mapping[Material, Phrase] = {
    Material.METAL_CERAMIC: _("Céramo-métallique (métal recouvert de céramique)"),
    Material.ZIRCONIA: _("Zircone"),
    Material.CERAMIC: _("Céramique"),
    Material.METAL: _("Métal"),
}
LENSES: Mapping[LensClass, Phrase] = {
    LensClass.SIMPLE: _("Simple : une seule correction, jusqu’à 6 dioptries"),
    LensClass.COMPLEX: _("Complexe : progressif, ou une seule correction très forte"),
    LensClass.VERY_COMPLEX: _("Très complexe : progressif à forte correction"),
}
EARS: Mapping[Ears, Phrase] = {Ears.ONE: _("Une oreille"), Ears.BOTH: _("Les deux oreilles")}
_ACTS: Mapping[str, Phrase] = {
    "CS": _("Un spécialiste (dermatologue, ORL, cardiologue…)"),
    "AU1": _("Classe I : l’appareil 100 % Santé"),
    "AU2": _("Classe II : l’appareil à prix libre"),
}


def field_words(case: str, name: str) -> FieldWords:
    """The label and the hint of one answer of one case."""
    return _OF_CASE.get((case, name)) or _FIELD_WORDS[name]


def act_label(code: str) -> Phrase:
    return _ACTS.get(code) or said(load_vocabulary().procedures[code].label)


def story_of_line(line: PricedLine) -> Story:
    """Why one line of a simulation costs what it does."""
    tables = settings.PROFILE.guarantees
    told = Told(
        steps=line.steps,
        base=line.breakdown.base,
        amo=line.breakdown.amo,
        contracts={number: versions[-1].label for number, versions in tables.items()},
        note=line.breakdown.display().note,
    )
    return story_of(told)
