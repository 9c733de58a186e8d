from uuid import UUID

from entraide.portal.domain.personal_data import Table, table_of
from entraide.portal.domain.prevention.models import Registration


def personal_data_of(person_id: UUID) -> list[Table]:
    """The webinars and events that the person registered for, while they are kept."""
    rows = Registration.objects.filter(person_id=person_id).select_related("edition")
    columns = ("edition.title_fr", "registered_at", "starts_at", "ends_at")
    return [table_of("registrations", rows.order_by("registered_at"), *columns)]
