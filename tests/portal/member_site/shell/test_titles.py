"""A page with a fault says so at the head of its title, once (interface: errors)."""

from html import unescape

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("/depot/", {"category": "none"}),
        ("/contact/", {"reason": "none"}),
        ("/carte/renvoi/", {"reason": "none"}),
    ],
)
@pytest.mark.django_db
def test_a_fault_stands_once_in_the_title(member_client: Client, address: str, wrong: dict[str, str]) -> None:
    answer = member_client.post(address, wrong)

    title = unescape(answer.content.decode().partition("<title>")[2].partition("</title>")[0])
    assert answer.status_code == 422
    assert title.count("Erreur") == 1
    assert title.startswith("Erreur")
