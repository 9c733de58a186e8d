from uuid import UUID

from django.db.models import Q

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.personal_data import Table, table_of
from entraide.portal.foundation.events.models import Entry


def personal_data_of(person_id: UUID) -> list[Table]:
    """What the journal of facts holds about the person, or about nobody when they did it themselves."""
    accounts = Beneficiary.objects.filter(pk=person_id, account__isnull=False).values("account_id")
    rows = Entry.objects.filter(Q(about=person_id) | Q(about=None, actor__in=accounts)).order_by("at", "pk")
    return [table_of("facts", rows, "at", "kind", "data")]
