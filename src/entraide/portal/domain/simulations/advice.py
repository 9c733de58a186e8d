"""Asking an adviser about a simulation: a request like any other, with the estimate among its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import send_deposit
from entraide.portal.domain.requests.catalogue import type_named
from entraide.portal.domain.requests.holding import HeldFile, hold_file
from entraide.portal.domain.requests.models import Request
from entraide.reimbursement import Kind

CATEGORY = "quote"
_TYPES = {
    Kind.DENTAL: "quote-dental",
    Kind.OPTICAL: "quote-optical",
    Kind.HEARING: "quote-hearing",
    Kind.HOSPITAL: "quote-hospital",
}
_ANY_CARE = "quote-other"


@dataclass(frozen=True, slots=True)
class Paper:
    """The estimate as it is sent: `name` ends in `.pdf`."""

    name: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def read(self) -> bytes:
        return self.content


def advice_type(kind: Kind | None) -> str | None:
    """The mutual's type of request for this kind of care; None where the mutual takes no such request."""
    names = (_TYPES.get(kind, _ANY_CARE) if kind else _ANY_CARE, _ANY_CARE)
    return next((name for name in names if type_named(CATEGORY, name)), None)


def ask_adviser(
    viewer: Viewer,
    *,
    type: str,
    concerns: UUID,
    message: str,
    paper: Paper | None,
    request_key: UUID,
    language: str,
    now: datetime,
    posted: Sequence[HeldFile] = (),
) -> Request:
    """Sends the estimate with every file held under the key: reference, receipt and acknowledgement follow.

    Without `paper` a quote goes alone. The same key with the same content gives the request of the first
    time. Raises what `send_deposit` raises; the files stay held then.
    """
    ours = [hold_file(viewer, request_key=request_key, upload=paper, now=now)] if paper else []
    return send_deposit(
        viewer,
        category=CATEGORY,
        type=type,
        concerns=concerns,
        description=message,
        request_key=request_key,
        language=language,
        now=now,
        posted=[*posted, *ours],
    )
