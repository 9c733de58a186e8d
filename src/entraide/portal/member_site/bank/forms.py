"""The form of another account: IBAN, BIC, holder, RIB (BANK-01, BANK-02)."""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.bank.values import checked_bic, checked_holder, checked_iban
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.forms import KeyedForm

# Long enough for any spacing that somebody copies; the domain says what is wrong with the rest.
_LONGEST = 200


class AccountForm(KeyedForm):
    holder = forms.CharField(
        label=_("Titulaire du nouveau compte"),
        max_length=_LONGEST,
        error_messages={"required": _("Écrivez le nom du titulaire, comme sur le RIB.")},
    )
    iban = forms.CharField(
        label=_("IBAN du nouveau compte"),
        max_length=_LONGEST,
        error_messages={"required": _("Tapez l’IBAN du nouveau compte : il est écrit sur votre RIB.")},
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )
    bic = forms.CharField(
        label=_("BIC de la banque"),
        max_length=_LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )
    # Only its label and its place: the file is held and checked before the rest, and kept when that fails.
    rib = forms.Field(
        label=_("RIB du nouveau compte"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png"}),
    )

    def full_clean(self) -> None:
        """The RIB may have come before this post: its star stays, the rule is the action's."""
        self.fields["rib"].required = False
        super().full_clean()
        self.fields["rib"].required = True

    def clean_iban(self) -> str:
        return self._checked("iban", checked_iban)

    def clean_bic(self) -> str:
        return self._checked("bic", checked_bic)

    def clean_holder(self) -> str:
        return self._checked("holder", checked_holder)

    def _checked(self, name: str, check: Callable[[str], str]) -> str:
        try:
            return check(self.cleaned_data[name])
        except DomainError as error:
            raise forms.ValidationError(error.message) from None
