"""The form of a claim (DEP-04): for whom, when, by whom, how much, with which papers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.requests.actions import MAX_DESCRIPTION
from entraide.portal.foundation.forms import EurosField, ManyFilesField
from entraide.portal.member_site.requests.papers_form import CareDayField, PapersForm


class ClaimForm(PapersForm):
    care = forms.CharField(widget=forms.HiddenInput, max_length=60)
    beneficiary = forms.ChoiceField(
        label=_("Qui a été soigné ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez la personne soignée."),
            "invalid_choice": _("Choisissez une personne de votre contrat."),
        },
    )
    care_date = CareDayField(label=_("Date du soin ou de l’achat"))
    professional = forms.CharField(
        label=_("Professionnel ou établissement"),
        help_text=_("Son nom, comme sur la facture."),
        max_length=120,
        error_messages={
            "required": _("Tapez le nom du professionnel."),
            "max_length": _("C’est trop long : %(limit_value)d caractères au plus."),
        },
    )
    amount = EurosField(label=_("Ce que vous avez payé"), help_text=_("En euros, par exemple 54,90."))
    compulsory = EurosField(
        label=_("Ce que la Sécurité sociale a payé"),
        help_text=_("Si vous le savez : c’est écrit sur le décompte."),
        required=False,
    )
    # Hides an attribute of Django's forms that nothing reads here: the view holds the files by itself.
    files = ManyFilesField(label=_("Autres fichiers"), required=False)  # type: ignore[assignment]
    anyway = forms.BooleanField(label=_("J’ai lu, et j’envoie quand même cette demande"), required=False)
    description = forms.CharField(
        label=_("Un mot pour nous"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=MAX_DESCRIPTION,
        error_messages={"max_length": _("Ce texte est trop long : 2 000 signes au plus.")},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beneficiary = self.fields["beneficiary"]
        assert isinstance(beneficiary, forms.ChoiceField)
        beneficiary.choices = people
        beneficiary.initial = people[0][0]
        last = ("files", "incomplete", "description", "anyway")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def clean_amount(self) -> int:
        """In cents, above zero."""
        amount: int = self.cleaned_data["amount"]
        if amount == 0:
            raise forms.ValidationError(_("Écrivez ce que vous avez payé : plus de 0 €."))
        return amount

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        paid, compulsory = values.get("amount"), values.get("compulsory")
        if paid and compulsory and compulsory > paid and values.get("paid") == "all":
            self.add_error(
                "compulsory",
                _("C’est plus que ce que vous avez payé : vérifiez les deux montants."),
            )
        return values
