from uuid import UUID

from entraide.portal.domain.personal_data import Table, table_of
from entraide.portal.domain.push.models import PushDevice


def personal_data_of(person_id: UUID) -> list[Table]:
    """The browsers that are told; never their address or their keys, by which anybody could reach them."""
    rows = PushDevice.objects.filter(owner_id=person_id).order_by("added_at")
    return [table_of("notified_browsers", rows, "label", "added_at", "told_at")]
