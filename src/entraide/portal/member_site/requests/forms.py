"""The forms of requests: what is sent (DEP-01), what is replied, what one thinks of the answer."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.requests.actions import MAX_DESCRIPTION
from entraide.portal.domain.requests.catalogue import category_named, type_named
from entraide.portal.domain.requests.holding import HeldFile
from entraide.portal.domain.requests.pieces import AskedPaper
from entraide.portal.domain.requests.replying import MAX_OPINION
from entraide.portal.foundation.forms import KeyedForm, ManyFilesField
from entraide.portal.foundation.web.wording import text
from entraide.portal.member_site.requests.papers_form import PapersForm, Place, place_of


class DepositForm(PapersForm):
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
        categories = settings.PROFILE.deposit.to_send
        kinds = [kind for one in categories for kind in one.types if not kind.own_page]
        self._offer("category", [(one.id, text(one.label)) for one in categories])
        self._offer("type", [(kind.id, text(kind.label)) for kind in kinds])
        self._offer("beneficiary", people)
        self.fields["beneficiary"].initial = people[0][0]
        last = ("files", "incomplete", "description")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def full_clean(self) -> None:
        """Files may have come before this post: the star of their label stays, the rule is the action's."""
        self.fields["files"].required = False
        super().full_clean()
        # Papers that have a place of their own leave this one for whatever else there is.
        self.fields["files"].required = self.needed is None

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        category, type_id = values.get("category", ""), values.get("type", "")
        found = category_named(category)
        sent = [kind.id for kind in found.types if not kind.own_page] if found else []
        if not type_id and len(sent) == 1:
            values["type"] = type_id = sent[0]
        if found is not None and not sent:
            self.add_error("type", _("Cela se demande sur sa propre page : suivez le lien ci-dessous."))
            return values
        # A type ticked earlier under another category does not count (DEP-02).
        if found is not None and "type" not in self.errors and type_named(category, type_id) is None:
            self.add_error("type", _("Précisez de quel document il s’agit."))
        return values


class ReplyForm(KeyedForm):
    """Words, files, or both: the action says when there is neither. Each paper asked for has its place."""

    words = forms.CharField(
        label=_("Votre réponse"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=MAX_DESCRIPTION,
        error_messages={"max_length": _("Ce texte est trop long : 2 000 signes au plus.")},
    )
    # Hides an attribute of Django's forms that nothing reads here: the view holds the files by itself.
    files = ManyFilesField(label=_("Vos fichiers"), required=False)  # type: ignore[assignment]

    def __init__(self, *args: Any, wanted: Sequence[AskedPaper] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        for one in wanted:
            self.fields[place_of(one.paper)] = ManyFilesField(label=text(one.paper.label), required=False)
        if wanted:
            self.fields["files"].label = _("Autres fichiers")
        self.order_fields([*(place_of(one.paper) for one in wanted), "words", "files"])

    def file_fields(self) -> dict[str, str]:
        """Each field that takes files, with the piece that its files are."""
        return {"files": "", **{place_of(one.paper): one.piece for one in self.wanted}}

    def check_files(self, kept: Iterable[HeldFile]) -> None:
        """A paper that stays away needs a word: the same question would come again."""
        there = {one.piece for one in kept}
        missing = [one for one in self.wanted if one.piece not in there]
        if missing and not (self.cleaned_data.get("words") or "").strip():
            message = _("Ajoutez ce papier, ou écrivez-nous plus bas pourquoi vous ne l’avez pas.")
            for one in missing:
                self.add_error(place_of(one.paper), message)

    def places(self, held: Iterable[HeldFile]) -> list[Place]:
        """Every paper that is asked for, with what is there of it."""
        there = list(held)
        return [
            Place(
                one.paper, self[place_of(one.paper)], tuple(file for file in there if file.piece == one.piece)
            )
            for one in self.wanted
        ]


class OpinionForm(forms.Form):
    """How it went, on five steps that read without their faces."""

    score = forms.TypedChoiceField(
        label=_("Comment cela s’est-il passé ?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=(
            (5, _("Très bien")),
            (4, _("Bien")),
            (3, _("Moyen")),
            (2, _("Mal")),
            (1, _("Très mal")),
        ),
        error_messages={
            "required": _("Choisissez une réponse."),
            "invalid_choice": _("Choisissez une réponse."),
        },
    )
    words = forms.CharField(
        label=_("Un mot de plus"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=MAX_OPINION,
        error_messages={"max_length": _("Ce texte est trop long : 1 000 signes au plus.")},
    )
