"""Faxes through a provider's HTTPS address: one JSON POST per document, with our key against doubles."""

import base64

from entraide.portal.gateways.json_post import JsonPost


class HttpFax:
    """`https://user:token@host/path`: POSTs `{"to", "name", "document", "key"}`, the PDF in base64.

    Any answer but 200, 201 or 202 raises OSError; no answer, or one of a relay on the way, raises InDoubt.
    """

    def __init__(self, url: str) -> None:
        self.provider = JsonPost(url, timeout_seconds=30)

    def send_fax(self, *, to: str, name: str, document: bytes, key: str) -> None:
        body = {"to": to, "name": name, "document": base64.b64encode(document).decode(), "key": key}
        self.provider.send(body, key=key, who="fax")
