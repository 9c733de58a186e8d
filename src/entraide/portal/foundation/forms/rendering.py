"""How Django's forms draw their fields: with its own templates in Jinja2, but for those that stand here."""

from functools import cached_property
from pathlib import Path

import django.forms
from django.forms.renderers import Jinja2
from django.template.backends.jinja2 import Jinja2 as Engine

_OURS = Path(__file__).parent / "widgets"
_DJANGOS = Path(django.forms.__file__).parent / "jinja2"


class FieldRenderer(Jinja2):
    """Named in the settings as `FORM_RENDERER`."""

    @cached_property
    def engine(self) -> Engine:
        return Engine({"APP_DIRS": False, "DIRS": [_OURS, _DJANGOS], "NAME": "fields", "OPTIONS": {}})
