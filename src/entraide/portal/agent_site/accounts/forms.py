"""What is done with a change of account: the reason of a refusal, the answer of our bank."""

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.bank.enums import PayeeCheck, RefusalReason

# The last two are the program's own.
_REASONS = (
    (RefusalReason.HOLDER_MISMATCH.value, _("Le titulaire du RIB n’est pas celui qui est écrit")),
    (RefusalReason.PAPER_MISMATCH.value, _("Le RIB n’est pas celui de ce compte")),
    (RefusalReason.PAPER_UNREADABLE.value, _("Le RIB n’est pas lisible")),
    (RefusalReason.NOT_CONFIRMED.value, _("La demande n’est pas confirmée par l’adhérent")),
)
_PAYEES = (
    (PayeeCheck.MATCH.value, _("Le titulaire correspond")),
    (PayeeCheck.CLOSE.value, _("Le titulaire correspond presque")),
    (PayeeCheck.NO_MATCH.value, _("Le titulaire ne correspond pas")),
    (PayeeCheck.NOT_POSSIBLE.value, _("Notre banque ne peut pas le dire")),
)


class RefuseChangeForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Motif du refus"),
        choices=(("", _("Choisissez dans la liste")), *_REASONS),
        error_messages={
            "required": _("Choisissez le motif du refus dans la liste."),
            "invalid_choice": _("Choisissez le motif du refus dans la liste."),
        },
    )


class PayeeForm(forms.Form):
    payee_check = forms.ChoiceField(
        label=_("Réponse de notre banque sur le titulaire"),
        choices=(("", _("Choisissez dans la liste")), *_PAYEES),
        error_messages={
            "required": _("Choisissez la réponse de la banque dans la liste."),
            "invalid_choice": _("Choisissez la réponse de la banque dans la liste."),
        },
    )
