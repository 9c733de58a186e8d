"""The sealed proof of a deposit (B-01): what arrived, when, with which fingerprints.

The PDF carries the proof and a seal in its keywords. The seal covers every byte of the PDF except itself, so
neither the proof nor a printed figure can be changed without being found out.
"""

import base64
import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.answers import day_answered, in_words
from entraide.portal.domain.requests.enums import RequestKind
from entraide.portal.domain.requests.queries import RequestDetail
from entraide.portal.foundation.papers import render_pdf
from entraide.portal.foundation.vault.keys import derive
from entraide.portal.foundation.web.wording import day, filesize, moment, text

PURPOSE = "receipt seal"
TEMPLATE = "domain/requests/receipt.typ"
_MARK = "entraide-receipt-1:"
_SEAL_SIZE = 86  # 64 bytes in base64 without padding
_NO_SEAL = b"A" * _SEAL_SIZE
_SEALED = re.compile(rb"entraide-receipt-1:([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})")


class ReceiptRefused(Exception):
    """The document is not a receipt of ours, or it was altered."""


@dataclass(frozen=True, slots=True)
class ProofFile:
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a receipt proves. `received_at` is in UTC, ISO 8601."""

    mutual: str
    reference: str
    received_at: str
    files: tuple[ProofFile, ...]

    def __str__(self) -> str:
        lines = [f"{self.mutual}  {self.reference}  {self.received_at}"]
        return "\n".join([*lines, *(f"{one.sha256}  {one.size}  {one.name}" for one in self.files)])


def proof_of(detail: RequestDetail) -> Proof:
    return Proof(
        mutual=settings.PROFILE.identity.legal_name,
        reference=detail.card.reference,
        received_at=detail.card.received_at.astimezone(UTC).isoformat(timespec="seconds"),
        files=tuple(ProofFile(one.name, one.size, one.sha256) for one in detail.files),
    )


def receipt_pdf(viewer: Viewer, detail: RequestDetail, *, language: str) -> bytes:
    """The sealed receipt, tagged PDF; the same bytes each time it is asked for."""
    payload = _canonical(proof_of(detail))
    with translation.override(language):
        data, title = _words(viewer, detail), _title(detail)
    blank = render_pdf(
        TEMPLATE,
        data,
        language=language,
        title=title,
        at=detail.card.received_at,
        keywords=[f"{_MARK}{_encode(payload).decode()}.{_NO_SEAL.decode()}"],
    )
    seal = _encode(_key().sign(_sealed_bytes(payload, blank)))
    return blank.replace(b"." + _NO_SEAL, b"." + seal)


def verify_receipt(document: bytes) -> Proof:
    """The proof of a receipt of this deployment; raises ReceiptRefused when a single byte was changed."""
    found = set(_SEALED.findall(document))
    if len(found) != 1:
        raise ReceiptRefused(_("Ce document n’est pas un récépissé de ce portail."))
    encoded, seal = found.pop()
    blank = document.replace(b"." + seal, b"." + _NO_SEAL)
    try:
        payload = _decode(encoded)
        _public_key().verify(_decode(seal), _sealed_bytes(payload, blank))
    except (InvalidSignature, ValueError):
        raise ReceiptRefused(_("Ce récépissé a été modifié, ou ne vient pas de ce portail.")) from None
    values = json.loads(payload)
    files = tuple(ProofFile(**one) for one in values.pop("files"))
    return Proof(files=files, **values)


def _sealed_bytes(payload: bytes, blank: bytes) -> bytes:
    return b"entraide receipt 1\n" + payload + b"\n" + hashlib.sha256(blank).digest()


def _canonical(proof: Proof) -> bytes:
    return json.dumps(asdict(proof), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derive(settings.ENTRAIDE.keys.index, PURPOSE))


def _public_key() -> Ed25519PublicKey:
    return _key().public_key()


def _encode(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def _decode(encoded: bytes) -> bytes:
    return base64.urlsafe_b64decode(encoded + b"=" * (-len(encoded) % 4))


def _words(viewer: Viewer, detail: RequestDetail) -> dict[str, Any]:
    """Everything that the sheet prints, in the current language."""
    card = detail.card
    sender = _("%(name)s, adhérent n° %(number)s") % {
        "name": viewer.full_name,
        "number": viewer.member_number,
    }
    return {
        "sentence": _sentence(detail),
        "reference": card.reference,
        "facts": [
            [_("Reçu le"), moment(card.received_at)],
            [_("Envoyé par"), sender],
            [_("Personne concernée"), card.concerns],
            [_("Objet"), f"{text(card.category)} – {text(card.type)}"],
            *_ended(detail),
            [_("Réponse au plus tard le"), day(card.promised_on)],
        ],
        "files_title": _("Fichiers reçus"),
        "head": [_("Fichier"), _("Taille"), _("Empreinte SHA-256")],
        "files": [[one.name, filesize(one.size), one.sha256] for one in detail.files],
        "note": _(
            "L’empreinte identifie chaque fichier : elle change si un seul octet change. "
            "Ce récépissé est scellé : votre mutuelle peut vérifier que rien n’y a été modifié."
        )
        if detail.files
        else _("Ce récépissé est scellé : votre mutuelle peut vérifier que rien n’y a été modifié."),
        "next": _("Gardez ce récépissé. Rappelez la référence si vous nous appelez ou nous écrivez."),
    }


def _title(detail: RequestDetail) -> str:
    if detail.kind == RequestKind.TERMINATION:
        return _("Confirmation de résiliation")
    return _("Récépissé de dépôt")


def _sentence(detail: RequestDetail) -> str:
    if detail.kind == RequestKind.TERMINATION:
        ends_on = day_answered(detail.answers, "ends_on")
        assert ends_on is not None
        told = _(
            "Nous avons bien reçu votre résiliation, qui ne vous coûte rien. Le contrat prend fin le %(day)s."
        )
        return told % {"day": day(ends_on)}
    if detail.files:
        return _("Nous avons bien reçu vos documents.")
    return _("Nous avons bien reçu votre demande.")


def _ended(detail: RequestDetail) -> list[list[str]]:
    """What a termination ends, and when: the law asks for it on paper that lasts."""
    if detail.kind != RequestKind.TERMINATION:
        return []
    return [[label, words] for label, words in in_words(detail.answers)]
