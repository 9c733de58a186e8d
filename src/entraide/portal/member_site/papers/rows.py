"""What was received and sent, as the lines of a list: words, where they lead, what can be taken home."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from entraide.portal.domain.correspondence.enums import ReceivedKind
from entraide.portal.domain.correspondence.rows import Received
from entraide.portal.domain.correspondence.sent import SentFile
from entraide.portal.domain.library.queries import Paper
from entraide.portal.domain.library.words import document_kind
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.catalogue import labels_of
from entraide.portal.domain.requests.enums import RequestState
from entraide.portal.foundation.web.addresses import address_of
from entraide.portal.foundation.web.wording import text
from entraide.portal.member_site.papers.labels import account_state
from entraide.portal.member_site.pdf_answer import DOWNLOAD
from entraide.portal.notifications.letters.labels import statement_month


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """One line. `href` opens a page, or a PDF when `opens_pdf`; `size` in bytes, None when there is none yet.

    `state`: where a request stands; `state_label` its word, where it is not the usual one.
    """

    title: str
    about: str
    on: date
    href: str = ""
    opens_pdf: bool = False
    download: str = ""
    format: str = ""
    size: int | None = None
    state: str = ""
    state_label: str = ""
    icon: str = "document"


def shelf_row(paper: Paper) -> PaperRow:
    """A document of a shelf."""
    about = document_kind(paper.kind)
    if paper.is_personal:
        about = _("%(about)s, pour vous seulement") % {"about": about}
    address = address_of("document-pdf", document_id=paper.id)
    return _pdf(text(paper.title), about, on=paper.published_on, address=address, size=paper.size)


def received_row(one: Received, viewer: Viewer) -> PaperRow:
    """Something received: a PDF opens as it is, an answer opens what was asked."""
    if one.kind == ReceivedKind.ANSWER and not one.category:
        return _account_row(one, viewer)
    if one.kind == ReceivedKind.ANSWER and one.by != viewer.person_id:
        return _answer_about(one)
    return _ROWS[ReceivedKind(one.kind)](one)


def sent_row(one: SentFile, viewer: Viewer) -> PaperRow:
    """A file that was sent: the line opens what it was sent for, and the file comes back as it left."""
    if one.type is None:
        return PaperRow(
            title=one.name,
            about=_("Coordonnées bancaires, %(reference)s") % {"reference": one.reference},
            on=one.on,
            href=_account_page(one.account_of, viewer) if one.account_of else "",
            format=_format(one.name),
            size=one.size,
            state=one.state,
            state_label=account_state(one.state),
            icon="file",
        )
    about = {"subject": text(one.type), "reference": one.reference, "sender": one.sender}
    words = (
        _("%(subject)s, demande %(reference)s, envoyé par %(sender)s")
        if one.sender
        else _("%(subject)s, demande %(reference)s")
    )
    return PaperRow(
        title=one.name,
        about=words % about,
        on=one.on,
        href=address_of("requests:detail", reference=one.reference),
        download=address_of("requests:file", reference=one.reference, file_id=one.id)
        if one.is_readable
        else "",
        format=_format(one.name),
        size=one.size,
        state=one.state,
        icon="file",
    )


def _statement(one: Received) -> PaperRow:
    title = _("Relevé de remboursements, %(month)s") % {"month": statement_month(one.on, rank=one.number)}
    return _pdf(title, "", on=one.on, address=address_of("statement-pdf", statement_id=one.id))


def _guarantees(one: Received) -> PaperRow:
    address = f"{address_of('contract-guarantees-pdf', contract_id=one.id)}?year={one.number}"
    title = _("Tableau de garanties %(year)s") % {"year": one.number}
    return _pdf(title, text(one.title), on=one.on, address=address)


def _document(one: Received) -> PaperRow:
    address = address_of("document-pdf", document_id=one.id)
    return _pdf(text(one.title), document_kind(one.type), on=one.on, address=address, size=one.size)


def _receipt(one: Received) -> PaperRow:
    return PaperRow(
        title=_("Récépissé %(reference)s") % {"reference": one.reference},
        about=_subject(one),
        on=one.on,
        href=address_of("requests:detail", reference=one.reference),
        download=address_of("requests:receipt", reference=one.reference),
        format="PDF",
    )


def _answer(one: Received) -> PaperRow:
    asks_back = one.state == RequestState.WAITING_FOR_MEMBER
    title = (
        _("Question sur votre demande %(reference)s")
        if asks_back
        else _("Réponse à votre demande %(reference)s")
    )
    return PaperRow(
        title=title % {"reference": one.reference},
        about=_subject(one),
        on=one.on,
        href=address_of("requests:detail", reference=one.reference),
        state=one.state,
        icon="mail",
    )


def _answer_about(one: Received) -> PaperRow:
    """Of a request that somebody else sent: theirs to reply to."""
    asks_back = one.state == RequestState.WAITING_FOR_MEMBER
    title = (
        _("Question sur une demande qui vous concerne, %(reference)s")
        if asks_back
        else _("Réponse à une demande qui vous concerne, %(reference)s")
    )
    return replace(_answer(one), title=title % {"reference": one.reference})


def _enclosure(one: Received) -> PaperRow:
    title = _("Document joint, demande %(reference)s") % {"reference": one.reference}
    parts = {"reference": one.reference, "file_id": one.id}
    return PaperRow(
        title=title,
        about=_subject(one),
        on=one.on,
        href=address_of("requests:view", **parts),
        download=address_of("requests:file", **parts),
        size=one.size,
        icon="file",
    )


def _decision(one: Received) -> PaperRow:
    title = _("Lettre de décision, %(reference)s") % {"reference": one.reference}
    address = address_of("hardship-fund-letter", reference=one.reference)
    return _pdf(title, _subject(one), on=one.on, address=address)


def _export(one: Received) -> PaperRow:
    return PaperRow(
        title=_("Copie de mes données"),
        about="",
        on=one.on,
        href=address_of("my-data"),
        format="ZIP",
        size=one.size,
        icon="download",
    )


_ROWS: Mapping[ReceivedKind, Callable[[Received], PaperRow]] = MappingProxyType(
    {
        ReceivedKind.STATEMENT: _statement,
        ReceivedKind.GUARANTEES: _guarantees,
        ReceivedKind.DOCUMENT: _document,
        ReceivedKind.RECEIPT: _receipt,
        ReceivedKind.ANSWER: _answer,
        ReceivedKind.ENCLOSURE: _enclosure,
        ReceivedKind.DECISION: _decision,
        ReceivedKind.EXPORT: _export,
    }
)


def _account_row(one: Received, viewer: Viewer) -> PaperRow:
    return PaperRow(
        title=_("Changement de compte %(reference)s") % {"reference": one.reference},
        about=_("Coordonnées bancaires"),
        on=one.on,
        href=_account_page(one.id, viewer),
        state=one.state,
        state_label=account_state(one.state),
        icon="bank",
    )


def _pdf(title: str, about: str, *, on: date, address: str, size: int | None = None) -> PaperRow:
    mark = "&" if "?" in address else "?"
    return PaperRow(
        title=title,
        about=about,
        on=on,
        href=address,
        opens_pdf=True,
        download=f"{address}{mark}{DOWNLOAD}=1",
        format="PDF",
        size=size,
    )


def _subject(one: Received) -> str:
    return text(labels_of(one.category, one.type)[1])


def _account_page(person_id: UUID, viewer: Viewer) -> str:
    return (
        address_of("bank")
        if person_id == viewer.person_id
        else address_of("bank-person", person_id=person_id)
    )


def _format(name: str) -> str:
    return PurePath(name).suffix[1:].upper()
