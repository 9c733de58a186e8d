"""The refusals of the business: each has a message that the person can act on."""


class DomainError(Exception):
    """Refused by a rule. `field` names the form field it belongs to, when there is one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
