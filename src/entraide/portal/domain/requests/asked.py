"""What a form of its own adds to a request: its answers, and what may be asked once only."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.requests.enums import RequestKind


class AlreadyOpen(DomainError):
    """The same was asked before and is not answered yet; `reference` names that request."""

    def __init__(self, reference: str) -> None:
        message = _("C’est déjà demandé, sous la référence %(reference)s : nous nous en occupons.")
        super().__init__(message % {"reference": reference})
        self.reference = reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a form of its own adds to a request. `answers`: pairs of a label's key and what was answered.

    `subject`: what it is about, where a second open request makes no sense (blank: several may be open).
    """

    kind: RequestKind = RequestKind.DEPOSIT
    answers: tuple[tuple[str, str], ...] = ()
    subject: str = ""
    needs_files: bool = True
    # When the sender is called back: the promise is for that day.
    call_at: datetime | None = None
    # The day of the answer, where it is not the promise of the type.
    promised_on: date | None = None
    # The last day of a contract that the sender ends: the acknowledgement tells it.
    ends_on: date | None = None

    @property
    def index(self) -> str:
        """Finds the subject without telling it."""
        return settings.ENTRAIDE.keys.blind_index("request subject", self.subject) if self.subject else ""
