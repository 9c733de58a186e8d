"""The deposit form (DEP-01): what, for whom, which files, a few words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.requests.actions import MAX_DESCRIPTION
from entraide.portal.domain.requests.catalogue import category_named, type_named
from entraide.portal.foundation.forms import KeyedForm, ManyFilesField
from entraide.portal.foundation.web.wording import text


class DepositForm(KeyedForm):
    category = forms.ChoiceField(
        label=_("Que voulez-vous nous envoyer ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez ce que vous voulez nous envoyer."),
            "invalid_choice": _("Choisissez ce que vous voulez nous envoyer."),
        },
    )
    type = forms.ChoiceField(
        label=_("De quel document s’agit-il ?"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Précisez de quel document il s’agit.")},
    )
    beneficiary = forms.ChoiceField(
        label=_("Qui est concerné ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez la personne concernée."),
            "invalid_choice": _("Choisissez une personne de votre contrat."),
        },
    )
    # Hides an attribute of Django's forms that nothing reads here: the view holds the files by itself.
    files = ManyFilesField(label=_("Vos fichiers"))  # type: ignore[assignment]
    description = forms.CharField(
        label=_("Décrire la demande"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=MAX_DESCRIPTION,
        error_messages={"max_length": _("Ce texte est trop long : 2 000 signes au plus.")},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = settings.PROFILE.deposit.categories
        kinds = [kind for one in categories for kind in one.types]
        self._offer("category", [(one.id, text(one.label)) for one in categories])
        self._offer("type", [(kind.id, text(kind.label)) for kind in kinds])
        self._offer("beneficiary", people)
        self.fields["beneficiary"].initial = people[0][0]

    def full_clean(self) -> None:
        """Files may have come before this post: the star of their label stays, the rule is the action's."""
        self.fields["files"].required = False
        super().full_clean()
        self.fields["files"].required = True

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        category, type_id = values.get("category", ""), values.get("type", "")
        found = category_named(category)
        if found is not None and not type_id and len(found.types) == 1:
            values["type"] = type_id = found.types[0].id
        # A type ticked earlier under another category does not count (DEP-02).
        if found is not None and "type" not in self.errors and type_named(category, type_id) is None:
            self.add_error("type", _("Précisez de quel document il s’agit."))
        return values
