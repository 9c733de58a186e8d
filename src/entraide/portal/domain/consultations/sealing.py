"""The seals that tie the rows of one person together: an altered, removed or added row breaks them (A68).

The key comes from the key ring, not from the database: who can write the tables cannot write the seals.
"""

import hashlib
import hmac
import json
from datetime import UTC

from django.conf import settings

from entraide.portal.domain.consultations.models import Chain, Consultation
from entraide.portal.foundation.vault.keys import derive

_PURPOSE = "seal of consultations"


def seal_of(row: Consultation, *, before: str) -> str:
    """64 hexadecimal characters over every column of the row and the seal `before` it, blank for the first.

    Raises SealBroken when a sealed column is not what was stored there.
    """
    content = [
        "row",
        before,
        str(row.pk),
        str(row.person_id),
        row.position,
        row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(row.reader),
        row.reader_kind,
        row.reader_name,
        row.role,
        row.seen,
        str(row.object_id or ""),
        row.reason,
        row.network,
        row.outcome,
    ]
    return _mac(content)


def seal_of_start(chain: Chain) -> str:
    return _mac(["start", str(chain.person_id), chain.first, chain.before_first])


def seal_of_end(chain: Chain) -> str:
    return _mac(["end", str(chain.person_id), chain.last, chain.last_seal])


def _mac(content: list[str | int]) -> str:
    key = derive(settings.ENTRAIDE.keys.index, _PURPOSE)
    return hmac.new(key, json.dumps(content, ensure_ascii=False).encode(), hashlib.sha256).hexdigest()
