"""Forms that exist only to be looked at."""

from django import forms
from django.utils.translation import gettext_lazy as _

SUBJECTS = [
    ("reimbursement", _("Un remboursement")),
    ("bank", _("Mon compte bancaire")),
    ("hospital", _("Une hospitalisation")),
    ("other", _("Autre chose")),
]
PERSONS = [("", _("Choisir une personne")), ("1", "Alice Marchetti"), ("2", "Théo Marchetti-Desrosiers")]


class SampleForm(forms.Form):
    """One field of each sort."""

    member_number = forms.CharField(
        label=_("Numéro d’adhérent"), help_text=_("8 chiffres, en haut de votre carte de mutuelle")
    )
    birth_date = forms.CharField(label=_("Date de naissance"))
    mobile = forms.CharField(
        label=_("Téléphone mobile"), required=False, help_text=_("Pour recevoir vos codes de sécurité")
    )
    person = forms.ChoiceField(label=_("Personne concernée"), choices=PERSONS)
    subject = forms.ChoiceField(label=_("De quoi s’agit-il ?"), choices=SUBJECTS, widget=forms.RadioSelect)
    delivery = forms.ChoiceField(
        label=_("Recevoir mes relevés"),
        choices=[
            ("email", _("par e-mail, à chaque paiement")),
            ("post", _("par courrier, chaque trimestre")),
        ],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("Sujets suivis"),
        choices=[("sleep", _("Sommeil")), ("food", _("Alimentation")), ("stress", _("Stress"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    message = forms.CharField(
        label=_("Votre message"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    code = forms.CharField(label=_("Code reçu par SMS"), help_text=_("6 chiffres, valables 10 minutes"))
    new_password = forms.CharField(label=_("Nouveau mot de passe"), widget=forms.PasswordInput)
    documents = forms.CharField(label=_("Vos documents"))
    choice = forms.CharField(label=_("Cliquez sur les images de fruits"))
    accept = forms.BooleanField(label=_("J’ai lu et j’accepte les conditions d’utilisation"))


class SignInSample(forms.Form):
    """The two fields of a sign-in page."""

    member_number = forms.CharField(
        label=_("Numéro d’adhérent"), help_text=_("8 chiffres, en haut de votre carte de mutuelle")
    )
    password = forms.CharField(label=_("Mot de passe"), widget=forms.PasswordInput)
