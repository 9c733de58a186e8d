"""Lists to choose from, as our own template draws them."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import Jinja2

from entraide.portal.foundation.forms.rendering import FieldRenderer

CHOICES: list[Any] = [
    ("", "Toutes"), ("a", "L’une & <l’autre>"), ('"b"', "B"), ("Groupe", [("c", "C"), ("d", "D")]),
]  # fmt: skip


class Choosing(forms.Form):
    one = forms.ChoiceField(choices=CHOICES, required=False)
    many = forms.MultipleChoiceField(choices=CHOICES)


@pytest.mark.parametrize("name", ["one", "many"])
@pytest.mark.parametrize("data", [None, {"one": "a", "many": ["c", '"b"']}, {"one": "zzz"}])
def test_a_list_reads_as_django_draws_it_but_for_its_blanks(name: str, data: dict[str, Any] | None) -> None:
    ours, theirs = (
        str(
            Choosing(data, renderer=renderer)[name].as_widget(
                attrs={"class": "input", "aria-describedby": False}
            )
        )
        for renderer in (FieldRenderer(), Jinja2())
    )

    assert "".join(ours.split()) == "".join(theirs.split())
    assert "&lt;l’autre&gt;" in ours
