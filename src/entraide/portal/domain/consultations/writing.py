"""Writing readings at the end of the chains of the people they are about (A68)."""

from uuid import UUID

from entraide.portal.domain.consultations.actions import ONE_READING, Note, Reading
from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.consultations.models import Chain, Consultation
from entraide.portal.domain.consultations.sealing import seal_of, seal_of_end, seal_of_start


def write_note(note: Note) -> int:
    """Adds a row for each reading that is not noted yet; returns how many. Inside a transaction.

    Raises IntegrityError when somebody else wrote the very first row of a person at the same moment.
    """
    people = sorted({one.person for one in note.readings}, key=str)
    # In one order for everybody, and held until the end: rows of one person are written one after the other.
    locked = Chain.objects.select_for_update().filter(pk__in=people).order_by("pk")
    chains = {chain.pk: chain for chain in locked}
    known = _noted(note, people)
    rows = [_row(note, one) for one in note.readings if one not in known]
    for row in rows:
        chain = chains.setdefault(row.person_id, Chain(person_id=row.person_id, last=0, last_seal=""))
        row.position = chain.last + 1
        row.seal = seal_of(row, before=chain.last_seal)
        chain.last, chain.last_seal = row.position, row.seal
    _store(rows, [chains[one] for one in people if one in chains])
    return len(rows)


def _noted(note: Note, people: list[UUID]) -> set[Reading]:
    """What the same reader read of them, for the same reason, in the quarter of an hour before or after."""
    rows = Consultation.objects.filter(
        person_id__in=people, reader=note.reader.id, outcome=note.outcome,
        at__gt=note.at - ONE_READING, at__lt=note.at + ONE_READING,
    )  # fmt: skip
    return {
        Reading(row.person_id, Seen(row.seen), row.object_id)
        for row in rows.only("person_id", "seen", "object_id", "reason")
        if row.reason == note.reason
    }


def _row(note: Note, reading: Reading) -> Consultation:
    return Consultation(
        person_id=reading.person,
        at=note.at,
        reader=note.reader.id,
        reader_kind=note.reader.kind,
        reader_name=note.reader.name,
        role=note.reader.role,
        seen=reading.seen,
        object_id=reading.object_id,
        reason=note.reason,
        network=note.network,
        outcome=note.outcome,
    )


def _store(rows: list[Consultation], chains: list[Chain]) -> None:
    Consultation.objects.bulk_create(rows)
    for chain in chains:
        chain.end_seal = seal_of_end(chain)
        if chain.start_seal:
            chain.save(update_fields=["last", "last_seal", "end_seal"])
        else:
            chain.start_seal = seal_of_start(chain)
            chain.save(force_insert=True)
