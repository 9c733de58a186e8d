"""News and documents as an agent writes them; what they may hold is checked by the domain."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.library.words import INFORMATION, document_kinds
from entraide.portal.domain.publications.drafts import Draft
from entraide.portal.domain.publications.writing import MAX_BODY
from entraide.portal.foundation.forms import KeyedForm
from entraide.portal.foundation.forms.dates import DAY_FORMATS
from entraide.portal.foundation.web.wording import text

_TOO_LONG = _("C’est trop long : %(limit_value)d caractères au plus.")
DAY_INVALID = _("Écrivez la date en chiffres : jour, mois, année, comme 10/01/2027.")
UNKNOWN = _("Choisissez dans la liste.")


def _title(label: Any, *, required: bool) -> forms.CharField:
    messages = {"required": _("Écrivez le titre en français."), "max_length": _TOO_LONG}
    return forms.CharField(label=label, max_length=160, required=required, error_messages=messages)


class PublicationForm(KeyedForm):
    """What news and documents have in common. Every segment ticked: for everybody.

    `is_new`: there is no earlier edition whose file could stay.
    """

    title_fr = _title(_("Titre"), required=True)
    title_en = _title(_("Titre en anglais"), required=False)
    segments = forms.MultipleChoiceField(
        label=_("Destinataires"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins un destinataire."), "invalid_choice": UNKNOWN},
    )
    first_day = forms.DateField(
        label=_("Premier jour"),
        input_formats=DAY_FORMATS,
        error_messages={"required": _("Tapez le premier jour."), "invalid": DAY_INVALID},
    )
    last_day = forms.DateField(
        label=_("Dernier jour"),
        required=False,
        input_formats=DAY_FORMATS,
        error_messages={"invalid": DAY_INVALID},
    )

    tells = forms.BooleanField(
        label=_("Prévenir par e-mail les adhérents qui veulent les actualités"), required=False, initial=True
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = is_new
        everybody = [(one.id, text(one.label)) for one in settings.PROFILE.segments]
        self._fill("segments", everybody)
        self.initial.setdefault("segments", [one for one, _label in everybody])
        self.initial.setdefault("first_day", f"{timezone.localdate():%d/%m/%Y}")

    def _fill(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def draft(self) -> Draft:
        """What a valid form says."""
        given = {name: value for name, value in self.cleaned_data.items() if name in Draft.__slots__}
        is_for_all = len(given["segments"]) == len(settings.PROFILE.segments)
        return Draft(**given | {"segments": () if is_for_all else tuple(given["segments"])})

    def upload(self) -> "UploadedFile[Any] | None":
        """The file that came with it."""
        return self.files.get("file")


class NewsForm(PublicationForm):
    body_fr = forms.CharField(
        label=_("Texte"),
        max_length=MAX_BODY,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Écrivez le texte en français."), "max_length": _TOO_LONG},
    )
    body_en = forms.CharField(
        label=_("Texte en anglais"),
        max_length=MAX_BODY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": _TOO_LONG},
    )


class DocumentForm(PublicationForm):
    document_kind = forms.ChoiceField(
        label=_("Type de document"), error_messages={"required": UNKNOWN, "invalid_choice": UNKNOWN}
    )
    file = forms.FileField(
        label=_("Fichier PDF"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("Choisissez le PDF à publier."),
            "invalid": _("Choisissez le PDF à publier."),
            "empty": _("Ce fichier est vide."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = self.is_new
        words = document_kinds()
        self._fill("document_kind", [(kind, words[kind]) for kind in INFORMATION])
