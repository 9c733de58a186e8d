"""The hidden key of a form that stores something: the same key is stored once."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class RequestKeyField(forms.UUIDField):
    """A fresh key in every new form; a form without its key is sent back with a new one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", uuid4)
        message = _("Ce formulaire était incomplet : vérifiez vos réponses, puis envoyez-le de nouveau.")
        kwargs.setdefault("error_messages", {"required": message, "invalid": message})
        super().__init__(widget=forms.HiddenInput, **kwargs)


class KeyedForm(forms.Form):
    """Base of the forms that store something: they carry `request_key`."""

    request_key = RequestKeyField()

    def file_fields(self) -> Mapping[str, str]:
        """Each field that takes files, with what its files are said to be; blank: nothing."""
        return {"files": ""}

    def check_files(self, _kept: Sequence[Any]) -> None:
        """Adds what is wrong with the files that are there, those of earlier posts included."""
