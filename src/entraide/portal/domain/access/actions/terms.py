"""Acceptance of the terms of use, with its proof (AUTH-10, A14)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from entraide.portal.domain.access.events import TermsAccepted
from entraide.portal.domain.access.models import TermsAcceptance
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.facts import publish


@dataclass(frozen=True, slots=True)
class Proof:
    """What is kept of an acceptance: `digest` is the SHA-256 of the text in both languages."""

    version: str
    digest: str
    at: datetime


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
                    language=language,
                )
            )


def has_accepted(account_id: UUID) -> bool:
    """True when the terms in force were accepted by this account."""
    return _of_terms_in_force(account_id).exists()


def proof_of_terms(account_id: UUID) -> Proof | None:
    """When this account accepted the terms in force, and the fingerprint of what it read; None if not yet."""
    found = _of_terms_in_force(account_id).first()
    return Proof(found.version, found.digest, found.accepted_at) if found else None


def _of_terms_in_force(account_id: UUID) -> QuerySet[TermsAcceptance]:
    terms = settings.PROFILE.terms
    return TermsAcceptance.objects.filter(account_id=account_id, version=terms.version, digest=terms.digest)
