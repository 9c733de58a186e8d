from collections.abc import Iterator
from uuid import UUID

from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.consultations.reasons import reason_in_words
from entraide.portal.domain.personal_data import Row, Table


def personal_data_of(person_id: UUID) -> list[Table]:
    """Who read this person's data, by role: a name would be the reader's own data."""
    columns = ("at", "reader_kind", "role", "seen", "object_id", "reason", "outcome")
    rows = Consultation.objects.filter(person_id=person_id).order_by("position")

    def told() -> Iterator[Row]:
        for one in rows.iterator(chunk_size=500):
            why = reason_in_words(one.reason)
            yield one.at, one.reader_kind, one.role, one.seen, one.object_id, why, one.outcome

    return [Table("consultations", columns, told)]
