"""The words of the demo's documents: what a mutual sends to its members, in French as it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from entraide.demo.contributions import DEBIT_DAY, MONTHLY, OPTION_PERCENT, Contribution
from entraide.reimbursement import Contract, Guarantee, percent
from entraide.reimbursement.complementary.guarantees import Form, Per


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


_A_YEAR = 12


def euros(cents: int) -> str:
    """As printed in French: `1 234,50 €`, without cents when there are none."""
    whole, rest = divmod(cents, 100)
    grouped = f"{whole:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return f"{grouped},{rest:02d}\N{NO-BREAK SPACE}€" if rest else f"{grouped}\N{NO-BREAK SPACE}€"


def guarantees(year: int, tables: Mapping[str, tuple[Contract, ...]]) -> tuple[Section, ...]:
    """The tables of that year, as the reimbursement engine reads them: one section for each contract."""
    in_force = [each for versions in tables.values() for each in versions if each.in_force(date(year, 1, 1))]
    return (
        Section(
            heading="Comment lire ce tableau",
            paragraphs=(
                f"Montants en vigueur pour les soins reçus en {year}.",
                "Un pourcentage de la base comprend la part de l’assurance maladie.",
                "La participation forfaitaire et les franchises restent toujours à votre charge.",
            ),
        ),
        *(
            Section(
                heading=contract.label.fr,
                columns=("Soin", "Ce que le contrat prévoit"),
                rows=tuple((each.label.fr, _promise(each)) for each in contract.guarantees),
            )
            for contract in in_force
        ),
    )


def contributions(year: int) -> tuple[Section, ...]:
    rows = tuple(
        (words, euros(cents), euros(cents + cents * OPTION_PERCENT // 100)) for words, _, cents in MONTHLY
    )
    return (
        Section(
            heading=f"Cotisation par personne et par mois en {year}",
            columns=("Âge au 1er janvier", "Essentiel", "Avec l’option"),
            rows=rows,
            paragraphs=(
                f"La cotisation est prélevée le {DEBIT_DAY} de chaque mois.",
                "Elle est offerte à partir du troisième enfant.",
            ),
        ),
    )


def membership_form() -> tuple[Section, ...]:
    asked = ("Nom et prénom", "Date de naissance", "Adresse", "E-mail", "Mobile")
    return (
        Section(
            heading="Vous",
            columns=("À remplir en capitales", "Votre réponse"),
            rows=tuple((label, "") for label in asked),
        ),
        Section(
            heading="À joindre",
            points=(
                "l’attestation de droits de l’assurance maladie de chaque personne à couvrir ;",
                "un relevé d’identité bancaire au nom de l’adhérent ;",
                "pour un enfant de plus de 18 ans, un certificat de scolarité.",
            ),
        ),
        Section(
            heading="Changer d’avis",
            paragraphs=("Vous avez 14 jours après la signature pour renoncer, sans donner de motif.",),
        ),
    )


def notice(year: int) -> tuple[Section, ...]:
    return (
        Section(
            heading="Votre contrat en bref",
            paragraphs=(
                f"Cette notice dit ce que votre contrat santé couvre en {year}, pour qui, et comment.",
            ),
            points=(
                "votre conjoint et vos enfants à charge peuvent être couverts ;",
                "la garantie commence le jour de l’adhésion, sauf délai d’attente écrit au tableau ;",
                "vous avez deux ans après un soin pour demander son remboursement.",
            ),
        ),
        Section(
            heading="Être remboursé",
            paragraphs=(
                "Avec la télétransmission, vous n’avez rien à envoyer pour la plupart des soins.",
                "Sans elle, déposez le décompte de l’assurance maladie dans votre espace.",
            ),
        ),
        Section(
            heading="Mettre fin au contrat",
            paragraphs=(
                "Après un an d’adhésion, un contrat individuel peut être résilié à tout moment.",
                "La fin prend effet un mois après la demande.",
            ),
        ),
    )


_TOPICS = (
    Section(
        heading="Bouger un peu, chaque jour",
        paragraphs=("Trente minutes de marche par jour suffisent à entretenir le cœur, les os et le moral.",),
        points=("descendez un arrêt plus tôt ;", "prenez l’escalier ;", "marchez pendant vos appels."),
    ),
    Section(
        heading="Le soleil, avec mesure",
        paragraphs=("La peau garde la mémoire des coups de soleil, ceux de l’enfance surtout.",),
        points=("cherchez l’ombre entre midi et seize heures ;", "couvrez la tête et les épaules."),
    ),
    Section(
        heading="Mieux dormir à la rentrée",
        paragraphs=("Des heures régulières comptent plus que la longueur de la nuit.",),
        points=("éteignez les écrans une heure avant ;", "gardez la chambre fraîche et sombre."),
    ),
    Section(
        heading="Passer l’hiver sans se priver d’air",
        paragraphs=("Dix minutes de fenêtre ouverte par jour renouvellent l’air d’une pièce.",),
        points=(
            "lavez-vous les mains en rentrant ;",
            "demandez à votre médecin quels vaccins vous concernent.",
        ),
    ),
)


def health_letter(quarter: int) -> tuple[Section, ...]:
    """One subject for each quarter, counted from 0, and what comes back every time."""
    return (
        _TOPICS[quarter],
        Section(
            heading="Les rendez-vous à ne pas manquer",
            points=(
                "le bilan bucco-dentaire, gratuit à plusieurs âges de l’enfance et chez le jeune adulte ;",
                "les dépistages proposés par l’assurance maladie à partir de 50 ans ;",
                "le rappel de vaccins aux âges du calendrier.",
            ),
        ),
    )


def member_letter() -> tuple[Section, ...]:
    return (
        Section(
            heading="La vie de votre mutuelle",
            paragraphs=(
                "Vos délégués se réunissent une fois par an pour décider des garanties et des cotisations.",
                "Le compte rendu de leur assemblée est envoyé à chaque adhérent qui le demande.",
            ),
        ),
        Section(
            heading="Ce qui change pour vous",
            points=(
                "vos papiers reçus et envoyés se retrouvent ensemble, rangés par date ;",
                "le motif d’un montant se lit sous chaque remboursement.",
            ),
        ),
    )


def assistance() -> tuple[Section, ...]:
    return (
        Section(
            heading="Ce qui est compris",
            points=(
                "une écoute par téléphone, de jour comme de nuit ;",
                "de l’aide à la maison après une hospitalisation : ménage, courses, repas ;",
                "la garde d’un enfant malade, ou d’un animal pendant un séjour à l’hôpital.",
            ),
        ),
        Section(
            heading="Avant de demander une aide",
            paragraphs=(
                "Appelez avant d’engager une dépense : seule une aide organisée ensemble est comprise.",
                "Ayez sous la main votre numéro d’adhérent et, s’il y a lieu, les dates du séjour.",
            ),
        ),
    )


def portal_guide() -> tuple[Section, ...]:
    return (
        Section(
            heading="Se connecter",
            points=(
                "votre numéro d’adhérent est écrit sur votre carte ;",
                "un code reçu sur votre mobile confirme que c’est vous.",
            ),
        ),
        Section(
            heading="Envoyer un papier",
            points=(
                "choisissez de quoi il s’agit : la liste des pièces s’affiche ;",
                "prenez une photo, ou choisissez un fichier ;",
                "gardez la référence : elle suit votre demande jusqu’à la réponse.",
            ),
        ),
    )


def certificate(year: int, member_number: str) -> tuple[Section, ...]:
    return (
        Section(
            heading=f"Adhérent n° {member_number}",
            paragraphs=(f"La personne qui porte ce numéro est couverte par un contrat santé en {year}.",),
        ),
    )


def guide() -> tuple[Section, ...]:
    return (
        Section(
            heading="Un exemple : une consultation à 30 €",
            columns=("Qui paie", "Montant"),
            rows=(
                ("L’assurance maladie : 70 % de 30 €, moins 2 € de participation", euros(1900)),
                ("La mutuelle : le reste de la base", euros(900)),
                ("Vous : la participation forfaitaire", euros(200)),
            ),
        ),
        Section(
            heading="Les mots du relevé",
            points=(
                "Base de remboursement : le tarif sur lequel l’assurance maladie calcule sa part.",
                "Ticket modérateur : ce qu’il reste de cette base après sa part.",
                "Dépassement : ce que le professionnel demande au-delà de la base.",
            ),
        ),
    )


def schedule(year: int, lines: Sequence[Contribution]) -> tuple[Section, ...]:
    """The schedule as it stood when the year began."""
    rows = tuple((f"{each.due_on:%d/%m/%Y}", euros(each.amount)) for each in lines)
    return (
        Section(
            heading=f"Vos prélèvements en {year}",
            columns=("Date", "Montant"),
            rows=rows,
        ),
    )


_UNITS = {
    Per.ACT: "",
    Per.DAY: " par jour",
    Per.NIGHT: " par nuit",
    Per.SESSION: " par séance",
    Per.SEMESTER: " par semestre",
    Per.EAR: " par oreille",
    Per.EYE: " par œil",
    Per.EQUIPMENT: " par équipement",
    Per.YEAR: " par an",
}


def _promise(guarantee: Guarantee) -> str:
    rate, unit = percent(guarantee.rate).fr, _UNITS[guarantee.per]
    promise = {
        Form.PERCENT_OF_BASE: f"{rate} de la base",
        Form.PERCENT_OF_COPAYMENT: f"{rate} du ticket modérateur",
        Form.FLAT: f"{euros(guarantee.amount)}{unit}",
        Form.PERCENT_OF_PMSS: f"{rate} du plafond mensuel de la Sécurité sociale{unit}",
        Form.ACTUAL_COST: "Frais réels",
        Form.BASE_PLUS: f"{rate} de la base + {euros(guarantee.amount)}",
    }[guarantee.form]
    limit = guarantee.allowance
    if limit is None:
        return promise
    size = f"{limit.acts} fois" if limit.amount is None else euros(limit.amount)
    return (
        f"{promise}, {size} par an"
        if limit.months == _A_YEAR
        else f"{promise}, {size} en {limit.months} mois"
    )


def example() -> tuple[Section, ...]:
    return (
        Section(
            heading="Une pièce comme en envoient les adhérents",
            paragraphs=(
                "Dans la démonstration, chaque demande porte ce même document : facture, devis ou RIB.",
                "Rien de ce qui y figure n’est à quelqu’un.",
            ),
        ),
    )
