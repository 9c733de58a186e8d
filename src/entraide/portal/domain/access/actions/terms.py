"""Acceptance of the terms of use, with its proof (AUTH-10, A14)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from entraide.portal.domain.access.events import TermsAccepted
from entraide.portal.domain.access.models import TermsAcceptance
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.facts import publish


def accept_terms(viewer: Viewer, *, language: str, now: datetime) -> None:
    """Notes that this person accepted the terms in force; twice is once."""
    terms = settings.PROFILE.terms
    with transaction.atomic():
        _row, created = TermsAcceptance.objects.get_or_create(
            account_id=viewer.account_id,
            version=terms.version,
            digest=terms.digest,
            defaults={"language": language, "accepted_at": now},
        )
        if created:
            publish(
                TermsAccepted(
                    actor=viewer.account_id,
                    about=viewer.person_id,
                    version=terms.version,
                    digest=terms.digest,
                )
            )


def has_accepted(account_id: UUID) -> bool:
    """True when the terms in force were accepted by this account."""
    terms = settings.PROFILE.terms
    return TermsAcceptance.objects.filter(
        account_id=account_id, version=terms.version, digest=terms.digest
    ).exists()
