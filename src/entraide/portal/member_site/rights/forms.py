"""The form of a complaint (B-12)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.requests.complaints import MAX_WISH, complaint_types
from entraide.portal.foundation.web.wording import text
from entraide.portal.member_site.change_form import ChangeForm


class ComplaintForm(ChangeForm):
    needs_files = False

    subject = forms.ChoiceField(
        label=_("De quoi s’agit-il ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez de quoi il s’agit."),
            "invalid_choice": _("Choisissez de quoi il s’agit."),
        },
    )
    about = forms.ChoiceField(
        label=_("À propos de"),
        required=False,
        error_messages={"invalid_choice": _("Choisissez une ligne de la liste.")},
    )
    wish = forms.CharField(
        label=_("Ce que vous attendez de nous"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=MAX_WISH,
        required=False,
        error_messages={"max_length": _("Ce texte est trop long : 500 signes au plus.")},
    )

    def __init__(self, *args: Any, about: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = [(one.id, text(one.label)) for one in complaint_types()]
        for name, offered in (("subject", types), ("about", [("", _("Rien de cette liste")), *about])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered
        words = self.fields["comment"]
        words.label, words.required = _("Ce qui ne va pas"), True
        words.error_messages["required"] = _("Dites-nous ce qui ne va pas.")
        self.order_fields(["subject", "about", "comment", "wish", "files"])
