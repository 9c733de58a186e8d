"""Is the journal of consultations still what was written? Names each row that is not (A68)."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from entraide.portal.domain.consultations.models import Chain, Consultation
from entraide.portal.domain.consultations.sealing import seal_of, seal_of_end, seal_of_start
from entraide.portal.foundation.vault.seal import SealBroken


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a chain does not hold: whose, at which position, which row (None: it is gone), what."""

    person: UUID
    position: int
    row: UUID | None
    what: str

    def __str__(self) -> str:
        named = f"row {self.row}" if self.row else "no row"
        return f"person {self.person}, position {self.position}, {named}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many rows of how many people were read, and everything that is wrong with them."""

    rows: int
    people: int
    breaks: tuple[Break, ...]


def verify_consultations() -> Verdict:
    """Reads every row once, person after person, in constant memory."""
    chains = {chain.pk: chain for chain in Chain.objects.iterator()}
    found, met, count = list[Break](), set[UUID](), 0
    rows = Consultation.objects.order_by("person_id", "position").iterator(chunk_size=1000)
    for person, own in groupby(rows, key=lambda row: row.person_id):
        met.add(person)
        chain = chains.get(person)
        walk = _Walk(person, chain)
        for row in own:
            count += 1
            walk.meet(row)
        found += walk.ended()
    for person, chain in chains.items():
        if person not in met:
            found += _Walk(person, chain).ended()
    return Verdict(count, len(met | set(chains)), tuple(found))


class _Walk:
    """One person's chain, row after row."""

    def __init__(self, person: UUID, chain: Chain | None) -> None:
        self._person, self._chain = person, chain
        self._next = chain.first if chain else 1
        # None: the row before is gone, and its seal with it.
        self._before: str | None = chain.before_first if chain else ""
        self._found: list[Break] = []

    def meet(self, row: Consultation) -> None:
        while self._next < row.position:
            self._say(self._next, None, "a row was removed")
            self._next += 1
            self._before = None
        if self._chain is None or not self._chain.first <= row.position <= self._chain.last:
            self._say(row.position, row.pk, "a row was added")
        elif not self._is_sealed(row):
            self._say(row.position, row.pk, "a row was altered, or put in the place of another")
        self._before, self._next = row.seal, max(self._next, row.position + 1)

    def _is_sealed(self, row: Consultation) -> bool:
        if self._before is None:
            # Nothing to compare with. That a row is missing here has been said.
            return True
        try:
            return seal_of(row, before=self._before) == row.seal
        except SealBroken:
            return False

    def ended(self) -> list[Break]:
        chain = self._chain
        if chain is None:
            return self._found
        for position in range(self._next, chain.last + 1):
            self._say(position, None, "a row was removed")
        if not self._found and self._next == chain.last + 1 and self._before != chain.last_seal:
            self._say(chain.last, None, "the last row is not the one that the chain ends with")
        if chain.start_seal != seal_of_start(chain):
            self._say(chain.first, None, "where the chain starts was altered")
        if chain.end_seal != seal_of_end(chain):
            self._say(chain.last, None, "where the chain ends was altered")
        return self._found

    def _say(self, position: int, row: UUID | None, what: str) -> None:
        self._found.append(Break(self._person, position, row, what))
