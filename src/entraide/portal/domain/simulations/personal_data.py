from uuid import UUID

from entraide.portal.domain.personal_data import Table, table_of
from entraide.portal.domain.simulations.models import SavedSimulation


def personal_data_of(person_id: UUID) -> list[Table]:
    """The simulations that the person keeps."""
    rows = SavedSimulation.objects.filter(owner_id=person_id).order_by("saved_at")
    columns = ("name", "kind", "answers", "left_least", "left_most", "saved_at")
    return [table_of("saved_simulations", rows, *columns)]
