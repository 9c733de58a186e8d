"""What a payment run refuses: the place, what was found there, and what to do."""

from entraide.portal.domain.errors import DomainError


class RunRefused(DomainError):
    """Nothing was changed."""

    def __init__(self, place: str, found: str, expected: str) -> None:
        super().__init__(f"{place}: found {found}, expected {expected}")
        self.place, self.found, self.expected = place, found, expected
