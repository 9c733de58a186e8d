"""The form of a message to an adviser (MSG-01)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.requests.actions import MAX_DESCRIPTION
from entraide.portal.foundation.forms import KeyedForm, ManyFilesField

Choices = Sequence[tuple[str, str]]


class TalkForm(KeyedForm):
    """What a message and a call have in common: about what, about whom."""

    reason = forms.ChoiceField(
        label=_("À quel sujet ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez le motif de votre message."),
            "invalid_choice": _("Choisissez le motif de votre message."),
        },
    )
    beneficiary = forms.ChoiceField(
        label=_("Qui est concerné ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez la personne concernée."),
            "invalid_choice": _("Choisissez une personne de votre contrat."),
        },
    )

    def __init__(self, *args: Any, reasons: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(reason=reasons, beneficiary=people)
        self.fields["beneficiary"].initial = people[0][0]

    def offer(self, **choices: Choices) -> None:
        """What may be chosen in each of these fields."""
        for name, offered in choices.items():
            choice = self.fields[name]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = offered


class MessageForm(TalkForm):
    message = forms.CharField(
        label=_("Votre message"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=MAX_DESCRIPTION,
        error_messages={
            "required": _("Écrivez votre message."),
            "max_length": _("Ce texte est trop long : 2 000 signes au plus."),
        },
    )
    # Hides an attribute of Django's forms that nothing reads here: the view holds the files by itself.
    files = ManyFilesField(label=_("Joindre des fichiers"), required=False)  # type: ignore[assignment]


class CallBackForm(TalkForm):
    slot = forms.ChoiceField(
        label=_("À quelle heure ?"),
        error_messages={
            "required": _("Choisissez une heure."),
            "invalid_choice": _("Ce créneau n’est plus libre : choisissez-en un autre."),
        },
    )
    phone = forms.CharField(
        label=_("À quel numéro vous appeler ?"),
        help_text=_("Mobile ou fixe, en France ou outre-mer."),
        max_length=40,
        error_messages={"required": _("Donnez le numéro où nous vous appelons.")},
    )
    message = forms.CharField(
        label=_("Un mot pour préparer l’appel"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=MAX_DESCRIPTION,
        error_messages={"max_length": _("Ce texte est trop long : 2 000 signes au plus.")},
    )

    def __init__(self, *args: Any, slots: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(slot=[("", str(_("Choisissez…"))), *slots])
        self.order_fields(["slot", "phone", "reason", "beneficiary", "message"])
