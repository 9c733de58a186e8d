from uuid import UUID

from django.db.models import QuerySet

from entraide.portal.domain.access.models import Factor, KnownBrowser, OpenSession, TermsAcceptance
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """The person's way in: never a password, a secret or its fingerprint."""
    person = Beneficiary.objects.select_related("account").filter(pk=person_id, account__isnull=False)
    account: QuerySet[Beneficiary, UUID | None] = person.values_list("account_id", flat=True)
    sessions = OpenSession.objects.filter(account_id__in=account).order_by("started_at")
    factors = Factor.with_suspended.filter(account_id__in=account).order_by("created_at")
    browsers = KnownBrowser.objects.filter(account_id__in=account).order_by("first_seen")
    terms = TermsAcceptance.objects.filter(account_id__in=account).order_by("accepted_at")
    return [
        table_of(
            "account", person,
            "account.identifier", "account.created_at", "account.password_set_at", "account.language",
            "account.is_active", "account.frozen_at", "account.cooling_until", "account.last_login",
        ),
        table_of("sessions", sessions, "label", "network", "started_at", "seen_at"),
        table_of("factors", factors, "kind", "name", "created_at", "last_used_at", "suspended_at"),
        table_of("known_browsers", browsers, "label", "first_seen", "last_seen"),
        table_of("terms_accepted", terms, "version", "digest", "language", "accepted_at"),
    ]  # fmt: skip
