"""Consent to read one's care: given and taken back by one person, at once, dated (B-08, security 2.4)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.access.actions.safety import publish_change
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.claims.sight import with_ties
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary, CareConsent
from entraide.portal.domain.members.policies import may_share_care
from entraide.portal.domain.members.queries import as_person, rank_in_family
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.sharing.events import CareNoLongerShared, CareShared
from entraide.portal.domain.sharing.refusals import KeyReused
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish


def readers_to_choose(viewer: Viewer, *, on: date) -> list[Beneficiary]:
    """The other adults covered by the viewer's contract; nobody for who is no adult or no longer covered."""
    if viewer.helping is not None:
        return []
    family = with_ties(Beneficiary.objects.filter(member_id=viewer.member_id), consents_to=None)
    covered = [one for one in family if one.covered_until is None or one.covered_until >= on]  # type: ignore[attr-defined]
    own = next((one for one in covered if one.pk == viewer.person_id), None)
    if own is None:
        return []
    found = [one for one in covered if may_share_care(as_person(own), as_person(one), on=on)]
    return sorted(found, key=rank_in_family)


def share_care(
    viewer: Viewer, *, reader_id: UUID, request_key: UUID, language: str, now: datetime
) -> CareConsent:
    """Lets that adult read the viewer's care in detail, the past included; publishes CareShared.

    Given before and still good: that consent, and nothing is told anew. Raises DomainError(field="reader"),
    or KeyReused.
    """
    if reader_id not in {one.pk for one in readers_to_choose(viewer, on=timezone.localdate(now))}:
        raise DomainError(_("Choisissez un adulte de votre contrat."), field="reader")
    with transaction.atomic():
        # The same lock as a freeze: given before it and ended by it, or not given at all.
        account = Account.objects.select_for_update(of=("self",), no_key=True).get(pk=viewer.account_id)
        own = CareConsent.objects.filter(giver_id=viewer.person_id)
        before = own.filter(request_key=request_key).first()
        if before is not None:
            if before.reader_id != reader_id:
                raise KeyReused
            return before
        live = own.filter(reader_id=reader_id, withdrawn_at=None).first()
        if live is not None:
            return live
        consent = own.create(
            giver_id=viewer.person_id, reader_id=reader_id, request_key=request_key, given_at=now
        )
        publish_change(
            CareShared(
                actor=account.pk, about=viewer.person_id, consent=consent.pk, reader=reader_id,
                language=language,
            ),
            account=account, change=Change.CARE_SHARED, now=now,
        )  # fmt: skip
    return consent


def withdraw_care(viewer: Viewer, consent_id: UUID, *, language: str, now: datetime) -> bool:
    """From the next page on, the reader sees totals, days and payees again; publishes CareNoLongerShared.

    False when there is no such consent of the viewer; one that is withdrawn already stays as it is.
    """
    if viewer.helping is not None:
        return False
    with transaction.atomic():
        rows = CareConsent.objects.select_for_update().filter(pk=consent_id, giver_id=viewer.person_id)
        consent = rows.first()
        if consent is None:
            return False
        if consent.withdrawn_at is None:
            end_consent(consent, actor=viewer.account_id, by="giver", language=language, now=now)
    return True


def end_consent(consent: CareConsent, *, actor: UUID | None, by: str, language: str, now: datetime) -> None:
    """Ends a live, locked consent. Inside a transaction."""
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])
    publish(
        CareNoLongerShared(
            actor=actor, about=consent.giver_id, consent=consent.pk, reader=consent.reader_id, by=by,
            language=language,
        )
    )  # fmt: skip
