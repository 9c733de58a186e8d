"""What the roles are called, on pages, in mails and in files."""

from django.utils.translation import gettext as _

from entraide.portal.domain.agents.enums import Role


def role_words(role: Role) -> str:
    return {
        Role.READER: _("Consultation des dossiers"),
        Role.HANDLER: _("Gestion des demandes"),
        Role.PAYER: _("Paiements"),
        Role.SUPERVISOR: _("Encadrement de la gestion"),
        Role.SECURITY_ADMIN: _("Gestion des accès"),
        Role.DPO: _("Protection des données"),
        Role.SOCIAL_FUND: _("Fonds social"),
    }[role]
