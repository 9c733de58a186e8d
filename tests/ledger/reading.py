"""A member opens a file of theirs whose bytes on the disk are wrong: they get a page, never those bytes."""

import http.client
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.db import DatabaseError, InterfaceError, connections

from entraide.portal.domain.requests.models import RequestFile

ANSWER_SECONDS = 30


def read_wrong(file: Path, *, port: int, cookies: Mapping[str, str]) -> Iterator[str]:
    """What breaks the promise, in words; nothing while the portal or its database is away."""
    try:
        row = RequestFile.objects.select_related("request").filter(stored_name=file.name).first()
    except (DatabaseError, InterfaceError):
        connections.close_all()
        return
    if row is None or row.request is None:
        return
    line = http.client.HTTPConnection("localhost", port, timeout=ANSWER_SECONDS)
    try:
        path = f"/demandes/{row.request.reference}/fichiers/{row.pk}/"
        line.request("GET", path, headers={"Cookie": cookies[str(row.request.sender_id)]})
        status = line.getresponse().status
    except (OSError, http.client.HTTPException):
        return
    finally:
        line.close()
    if status == http.HTTPStatus.OK:
        yield f"A62: {row.pk} was handed out with wrong bytes"
