"""Why a stay is not guaranteed; where a letter goes when it is sent again."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from entraide.formats import phone
from entraide.portal.domain.hospital_cover.asking import KIND
from entraide.portal.domain.hospital_cover.enums import LetterChannel
from entraide.portal.domain.requests.enums import RequestKind
from entraide.portal.foundation.web.wording import text

_WAYS = ((LetterChannel.EMAIL.value, _("Par e-mail")), (LetterChannel.FAX.value, _("Par fax")))
_MAIL_WRONG = _("Écrivez l’adresse e-mail en entier, avec son @.")
_FAX_WRONG = _("Un numéro de fax compte 10 chiffres, comme 04 76 00 12 34.")


class RefuseForm(forms.Form):
    """A reason of the mutual's list."""

    code = forms.ChoiceField(
        label=_("Motif du refus"),
        error_messages={
            "required": _("Choisissez le motif du refus dans la liste."),
            "invalid_choice": _("Choisissez le motif du refus dans la liste."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = settings.PROFILE.desk.refusals_for(KIND[1], kind=RequestKind.DEPOSIT)
        reasons = [(one.id, text(one.label)) for one in fitting]
        code = self.fields["code"]
        assert isinstance(code, forms.ChoiceField)
        code.choices = [("", _("Choisissez dans la liste")), *reasons]


class SendAgainForm(forms.Form):
    """An address of the admissions office, by the way that is chosen."""

    channel = forms.ChoiceField(
        label=_("Comment l’envoyer ?"),
        choices=_WAYS,
        error_messages={
            "required": _("Choisissez l’e-mail ou le fax."),
            "invalid_choice": _("Choisissez l’e-mail ou le fax."),
        },
    )
    to = forms.CharField(
        label=_("E-mail ou fax du service des admissions"),
        max_length=254,
        error_messages={
            "required": _("Tapez l’adresse e-mail ou le numéro de fax."),
            "max_length": _("C’est trop long : %(limit_value)d caractères au plus."),
        },
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        channel, to = given.get("channel"), given.get("to")
        if channel == LetterChannel.EMAIL and to:
            try:
                validate_email(to)
            except ValidationError:
                self.add_error("to", _MAIL_WRONG)
        elif channel == LetterChannel.FAX and to:
            try:
                given["to"] = phone.parse(to)
            except ValueError:
                self.add_error("to", _FAX_WRONG)
        return given
