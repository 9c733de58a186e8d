"""Texts of a form that came too late: which may go back to their writer."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from entraide.portal.foundation.web.typed import gives_back, typed_texts


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "new_password1",
        "code",
        "email_code",
        "iban",
        "nir",
        "csrfmiddlewaretoken",
        "request_key",
        "answer",
    ],
)
def test_a_page_cannot_give_back_a_secret(name: str) -> None:
    with pytest.raises(ValueError, match="never given back"):
        gives_back(**{name: "Any label"})


def test_only_named_fields_come_back_and_empty_ones_do_not() -> None:
    @gives_back(description="Décrire la demande", subject="Objet")
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    request = RequestFactory().post("/", {"description": ["un", "deux"], "subject": "  ", "other": "non"})

    assert [(one.label, one.text) for one in typed_texts(request, view)] == [
        ("Décrire la demande", "un"),
        ("Décrire la demande", "deux"),
    ]
