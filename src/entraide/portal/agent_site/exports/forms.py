"""Why a list is wanted as a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.list_exports.actions import MAX_REASON
from entraide.portal.foundation.forms.keys import RequestKeyField


class ReasonForm(forms.Form):
    request_key = RequestKeyField()
    reason = forms.CharField(
        label=_("Pourquoi cette liste est nécessaire"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MAX_REASON,
        error_messages={
            "required": _("Écrivez pourquoi cette liste est nécessaire."),
            "max_length": _("Ce texte est trop long : %(limit_value)d signes au plus."),
        },
    )
