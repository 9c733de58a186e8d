"""Forms of contacts, each with the mark of what it was opened with: two tabs do not undo each other."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from entraide.formats import phone
from entraide.formats.communes import is_postcode
from entraide.portal.domain.members.enums import MailTopic, StatementDelivery
from entraide.portal.foundation.forms import KeyedForm
from entraide.portal.foundation.forms.emails import EmailAddressField
from entraide.portal.member_site.access.forms import MobileForm

AS_TYPED = "as_typed"
_TOO_LONG = _("C’est trop long : %(limit_value)d caractères au plus.")
_INCOMPLETE = _("Ce formulaire était incomplet : vérifiez vos réponses, puis envoyez-le de nouveau.")
_POSTCODE = _(
    "Un code postal français compte 5 chiffres, comme 38000 ou 97400. Vous habitez à l’étranger ? "
    "Cette page ne prend que les adresses françaises : appelez-nous ou écrivez-nous."
)


class SeenForm(KeyedForm):
    """Base: `seen` is the mark of the values that the page showed."""

    seen = forms.CharField(
        widget=forms.HiddenInput,
        max_length=64,
        error_messages={"required": _INCOMPLETE, "max_length": _INCOMPLETE},
    )

    def show_anew(self, seen: str) -> None:
        """The page shows the values of now: what was typed stays, and may be sent over them."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["seen"] = seen


class _LineField(forms.CharField):
    """One line of an address: no line break or other control character, single spaces."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"max_length": _TOO_LONG, **kwargs.pop("error_messages", {})}
        super().__init__(error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> str:
        typed = unicodedata.normalize("NFC", str(super().to_python(value)))
        line = " ".join("".join(one for one in typed if unicodedata.category(one) != "Cf").split())
        if not line.isprintable():
            raise forms.ValidationError(_("Cette ligne contient un signe qui ne s’imprime pas. Retapez-la."))
        return line


class AddressForm(SeenForm):
    """A French postal address; `communes` are the names that go with the typed postcode."""

    address_line1 = _LineField(
        label=_("Numéro et rue"),
        max_length=120,
        help_text=_("Par exemple 14 bis allée des Tilleuls."),
        error_messages={"required": _("Écrivez le numéro et la rue.")},
    )
    address_line2 = _LineField(
        label=_("Complément"),
        max_length=120,
        required=False,
        help_text=_("Bâtiment, étage, lieu-dit, chez qui, boîte postale."),
    )
    address_postcode = forms.CharField(
        label=_("Code postal"),
        max_length=12,
        error_messages={"required": _POSTCODE, "max_length": _POSTCODE},
    )
    address_city = _LineField(
        label=_("Commune"),
        max_length=80,
        required=False,
        help_text=_("Laissez vide si vous ne savez pas l’écrire : le code postal nous dit laquelle."),
    )
    address_choice = forms.ChoiceField(label=_("Votre commune"), widget=forms.RadioSelect, required=False)
    address_family = forms.BooleanField(
        label=_("Mes enfants mineurs qui habitent avec moi changent aussi d’adresse"), required=False
    )

    def __init__(self, data: QueryDict | None = None, *, communes: Sequence[str] = (), **kwargs: Any) -> None:
        self.communes = communes
        choices = [
            *((one, one) for one in communes),
            (AS_TYPED, _("Mon adresse est juste comme je l’ai écrite")),
        ]
        if data is not None and data.get("address_choice", "") not in dict(choices):
            # Ticked under another postcode.
            data = data.copy()
            data["address_choice"] = ""
        super().__init__(data, **kwargs)
        choice = self.fields["address_choice"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = choices
        if communes:
            self.fields["address_city"].widget.attrs["list"] = "communes"

    def clean_address_postcode(self) -> str:
        code = tidy_postcode(self.cleaned_data["address_postcode"])
        if not is_postcode(code):
            raise forms.ValidationError(_POSTCODE)
        return code

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        choice = values.get("address_choice", "")
        if choice in self.communes:
            values["address_city"] = choice
        elif not values.get("address_city") and len(self.communes) == 1:
            values["address_city"] = self.communes[0]
        if not values.get("address_city") and not {"address_city", "address_postcode"} & set(self.errors):
            message = (
                _("Choisissez votre commune dans la liste.")
                if self.communes
                else _("Écrivez le nom de votre commune.")
            )
            self.add_error("address_city", message)
        return values

    @property
    def is_as_typed(self) -> bool:
        return bool(self.cleaned_data.get("address_choice") == AS_TYPED)


def tidy_postcode(typed: str) -> str:
    """Without spaces; digits of any width as 0 to 9."""
    return "".join(unicodedata.normalize("NFKC", typed).split())


class PhoneForm(SeenForm):
    phone = forms.CharField(
        label=_("Téléphone fixe"),
        max_length=30,
        required=False,
        help_text=_("Pour vous joindre. Il ne reçoit pas de code. Laissez vide si vous n’en avez pas."),
        error_messages={"max_length": _TOO_LONG},
    )

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        try:
            return phone.parse(typed) if typed else ""
        except phone.PhoneError as error:
            raise forms.ValidationError(_phone_words(error.code)) from None


def _phone_words(code: str) -> Any:
    if code == "not_french":
        return _("Ce numéro est étranger. Donnez un numéro français, ou appelez-nous pour le signaler.")
    if code == "special":
        return _("C’est le numéro d’un service (08…), pas celui d’une personne. Donnez votre numéro.")
    return _("Ce n’est pas un numéro de téléphone. Écrivez-le comme 04 76 00 12 34.")


class NewEmailForm(SeenForm):
    email = EmailAddressField(
        label=_("Nouvelle adresse e-mail"),
        help_text=_(
            "Plutôt une adresse personnelle que professionnelle : vous la gardez en changeant d’emploi."
        ),
    )


class NewMobileForm(SeenForm, MobileForm):
    """The number, as at the first sign-in."""


class MailsForm(SeenForm):
    """How statements come, for the primary insured alone; which mails, for everybody."""

    statement_delivery = forms.ChoiceField(
        label=_("Comment voulez-vous recevoir vos relevés ?"),
        widget=forms.RadioSelect,
        choices=[
            (StatementDelivery.EMAIL.value, _("Par e-mail, à chaque versement")),
            (StatementDelivery.POST.value, _("Par la poste, une fois par trimestre")),
        ],
        error_messages={
            "required": _("Choisissez l’e-mail ou la poste."),
            "invalid_choice": _("Choisissez l’e-mail ou la poste."),
        },
    )
    mail_statements = forms.BooleanField(label=_("Un nouveau relevé est dans mon espace"), required=False)
    mail_requests = forms.BooleanField(
        label=_("Ma demande avance : chaque étape après le reçu"), required=False
    )
    mail_news = forms.BooleanField(label=_("Les actualités de ma mutuelle"), required=False)

    def __init__(self, *args: Any, may_choose_delivery: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_choose_delivery:
            del self.fields["statement_delivery"]

    @property
    def wanted(self) -> list[MailTopic]:
        return [one for one in MailTopic if self.cleaned_data[f"mail_{one.value}"]]

    @property
    def delivery(self) -> StatementDelivery | None:
        chosen = self.cleaned_data.get("statement_delivery")
        return StatementDelivery(chosen) if chosen else None
