"""Every file that a person sent to the mutual, or that was sent about them, newest first (A36, A46).

The first argument is who asks.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate

from entraide.portal.domain.correspondence.received import PER_PAGE, Found, found_in
from entraide.portal.domain.correspondence.sources import Recipient
from entraide.portal.domain.correspondence.years import YearOfMoment
from entraide.portal.domain.requests.catalogue import labels_of
from entraide.portal.domain.requests.models import ENCLOSED, RequestFile
from entraide.portal.domain.requests.sight import sent_by as sent_by_viewer
from entraide.profiles import Text

# The kind of the RIB that goes with a change of account; the others are the mutual's categories.
ACCOUNT_CHANGE = "account-change"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file as it was sent, `size` in bytes, with what it belongs to.

    `type` is None for a file that goes with a change of account and not with a request: it is not handed out
    again. `sender`: who sent it, blank when the viewer did. `account_of` says then whose account it is,
    as long as the viewer may see that account.
    """

    id: UUID
    name: str
    size: int
    on: date
    reference: str
    state: str
    type: Text | None
    sender: str
    sender_id: UUID
    account_of: UUID | None
    is_readable: bool


def what_was_sent(recipient: Recipient) -> Found:
    """The kinds and the years of which there is something. Two queries."""
    kept = list(_sent_by(recipient).order_by().values_list("sent_kind", YearOfMoment("sent_at")).distinct())
    known = [one.id for one in settings.PROFILE.deposit.categories]
    former = sorted({kind for kind, _ in kept} - {*known, ACCOUNT_CHANGE})
    return found_in(kept, order=[*known, *former, ACCOUNT_CHANGE])


def sent_by(
    recipient: Recipient, *, kind: str = "", year: int | None = None, page: int | str = 1
) -> Page[SentFile]:
    """One page of it, cut by the database. Two queries, however long the history, after `what_was_sent`."""
    files = _sent_by(recipient)
    if kind:
        files = files.filter(sent_kind=kind)
    if year is not None:
        files = files.filter(sent_on__range=(date(year, 1, 1), date(year, 12, 31)))
    shown: Page[Any] = Paginator(files, PER_PAGE).get_page(page)
    rows = [_file(one, recipient) for one in shown.object_list]
    return Page(rows, shown.number, shown.paginator)


# What a `SentFile` is made of: not the sealed columns of what it was sent for, and by whom.
_LISTED = (
    "name", "size", "kept_at", "scan_state", "sender__first_name", "sender__last_name",
    "request__reference", "request__state", "request__category", "request__type",
    "account_change__reference", "account_change__state", "account_change__person",
)  # fmt: skip


def _sent_by(recipient: Recipient) -> QuerySet[Any]:
    """What left: files held for a form that was never sent are none of it."""
    viewer = recipient.viewer
    own = Q(sender_id=viewer.person_id)
    if viewer.helping is not None:
        own &= Q(request__in=sent_by_viewer(viewer))
    # Named one by one: as a question within the question, databases walk through the files of everybody.
    named = RequestFile.objects.filter(own | Q(request_id__in=recipient.asked_by_others))
    left = named.exclude(ENCLOSED)
    moment = Coalesce("request__received_at", "account_change__asked_at")
    kind = Coalesce(F("request__category"), Value(ACCOUNT_CHANGE), output_field=CharField())
    return (
        left.annotate(sent_at=moment, sent_on=TruncDate(moment), sent_kind=kind)
        .filter(sent_at__isnull=False)
        .select_related("request", "account_change", "sender")
        .only(*_LISTED)
        .order_by("-sent_at", "kept_at", "pk")
    )  # fmt: skip


def _file(one: Any, recipient: Recipient) -> SentFile:
    """`one`: a row of `_sent_by`, which belongs to a request or to a change of account."""
    request = one.request
    sent_for = request or one.account_change
    is_account = request is None and sent_for.person_id in recipient.accounts
    return SentFile(
        id=one.pk,
        name=one.name,
        size=one.size,
        on=one.sent_on,
        reference=sent_for.reference,
        state=sent_for.state,
        type=labels_of(request.category, request.type)[1] if request else None,
        sender="" if one.sender_id == recipient.viewer.person_id else one.sender.full_name,
        sender_id=one.sender_id,
        account_of=sent_for.person_id if is_account else None,
        is_readable=one.is_readable,
    )
