"""Small tables that people read: one line for each role, one column for each owner of an object.

A cell is a status, with the beginning of the address it leads to behind a `>`: `200`, `302>/banque/`. A cell
that begins with `-` is a refusal: it must be the answer that a missing object gets, and nothing may be
written; `-` alone is 404. What a line leaves out is a refusal. `200/404` leaves it to the mutual.
"""

from collections.abc import Iterable
from dataclasses import dataclass

# Who asks. The stranger is the primary insured of another family. Of the mutual: a handler answers requests,
# a payer looks after payments and reads no care, the agent looks after data protection and reads no file.
MEMBERS = ("primary", "spouse", "adult", "teen", "stranger")
AGENTS = ("handler", "payer", "agent")
ROLES = (*MEMBERS, *AGENTS, "anonymous")
# Where who is not signed in on that side is sent.
DOOR, DESK_DOOR = "302>/connexion/", "302>/gestion/connexion/"
REFUSED = "-"


@dataclass(frozen=True)
class Answer:
    """What a cell asks for."""

    statuses: tuple[int, ...]
    leads_to: str
    is_refusal: bool

    @classmethod
    def of(cls, cell: str) -> "Answer":
        status, _arrow, leads_to = cell.removeprefix(REFUSED).partition(">")
        statuses = tuple(int(one) for one in (status or "404").split("/"))
        return cls(statuses, leads_to, cell.startswith(REFUSED))

    def is_met_by(self, status: int, location: str) -> bool:
        return status in self.statuses and location.startswith(self.leads_to)

    @property
    def changes_nothing(self) -> bool:
        """Refused, or sent to a door."""
        return self.is_refusal or "/connexion/" in self.leads_to


class Grid:
    """The answers by role and owner. Owners that the first line does not name are refused to everybody.

    A stranger has objects of their own, in the column `stranger`, and is answered there as the primary
    insured is in theirs; who is not signed in on this side is sent to its door.
    """

    def __init__(self, table: str, *, refusal: str = REFUSED) -> None:
        head, *lines = [line.split() for line in table.strip().splitlines()]
        self.refusal = refusal
        self.cells = {
            (role, owner): cell for role, *cells in lines for owner, cell in zip(head, cells, strict=True)
        }
        own = self.cells.get(("primary", "primary"))
        if own is not None:
            self.cells["stranger", "stranger"] = own

    # Who has no business on this side, and where they find themselves instead.
    elsewhere, door = (*AGENTS, "anonymous"), DOOR

    def cell(self, role: str, owner: str) -> str:
        if role in self.elsewhere:
            return self.cells.get((role, owner), self.door)
        return self.cells.get((role, owner), self.refusal)

    def answer(self, role: str, owner: str) -> Answer:
        return Answer.of(self.cell(role, owner))

    def let_in(self, role: str, owners: Iterable[str]) -> set[str]:
        """Of these owners, those whose object the role is shown."""
        return {owner for owner in owners if self.answer(role, owner).statuses == (200,)}

    def instead(self, allowed: str, *, refusal: str = REFUSED) -> "Grid":
        """The same people, with another answer where they are let in, and another refusal."""
        other = type(self)("page", refusal=refusal)
        other.cells = {
            place: allowed if not cell.startswith(REFUSED) else refusal for place, cell in self.cells.items()
        }
        return other

    def only(self, *owners: str) -> "Grid":
        """The same, for what these owners alone have."""
        other = Grid("page", refusal=self.refusal)
        other.cells = {
            (role, owner): cell
            for (role, owner), cell in self.cells.items()
            if owner in {*owners, "stranger"}
        }
        return other


def page(allowed: str, roles: str = " ".join(MEMBERS)) -> Grid:
    """A page without an object, for these roles; the other members are refused."""
    grid = Grid("page")
    grid.cells = {(role, "page"): allowed for role in roles.split()}
    return grid


def by_role(**cells: str) -> Grid:
    """A page without an object, each role with its own answer."""
    grid = Grid("page")
    grid.cells = {(role, "page"): cell for role, cell in cells.items()}
    return grid


def public(cell: str, **others: str) -> Grid:
    """A page for everybody, signed in or not; `others` are answered otherwise."""
    return by_role(**(dict.fromkeys(ROLES, cell) | others))


class Desk(Grid):
    """An address of the agents' side: everybody else finds its door."""

    elsewhere, door = (*MEMBERS, "anonymous"), DESK_DOOR


def desk(**cells: str) -> Desk:
    """A page of the agents' side without an object, with the answer of each of their roles."""
    grid = Desk("page")
    grid.cells = {(role, "page"): cell for role, cell in cells.items()}
    return grid
