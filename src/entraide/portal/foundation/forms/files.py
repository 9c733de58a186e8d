"""A form field that takes several files under one name."""

from collections.abc import Sequence
from typing import Any

from django import forms


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.Field):
    """Cleans to a tuple of uploaded files, maybe empty; what they hold is checked by the domain."""

    widget = ManyFilesInput

    def clean(self, value: Any) -> tuple[Any, ...]:
        files: Sequence[Any] = value or ()
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return tuple(files)
