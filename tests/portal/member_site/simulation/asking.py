"""Answers and files as a browser sends them to the simulator."""

import re
from urllib.parse import urlencode
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

CROWN = {"tooth": "46", "material": "metal_ceramic", "price": "600"}
ADDRESS = f"/simulation/couronne/{{page}}?{urlencode(CROWN)}"
QUOTE = {
    "fees": "unknown", "act_1": "HBLD734", "price_1": "600,00", "quantity_1": "1", "base_1": "107,50",
    "tooth_1": "26",
}  # fmt: skip


def crown(page: str = "") -> str:
    """An address of the crown with its answers: `garder/`, `conseiller/`."""
    return ADDRESS.format(page=page)


def upload(content: bytes, name: str = "devis.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def form(**fields: object) -> dict[str, object]:
    """The fields of a form, with a key of its own."""
    return {"request_key": str(uuid4()), **fields}


def key_in(response: HttpResponse) -> str:
    found = re.search(r'name="request_key" value="([^"]+)"', response.content.decode())
    assert found is not None
    return found[1]
