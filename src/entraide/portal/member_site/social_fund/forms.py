"""The form of a request to the social fund: the situation in words, and each paper in its place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.requests.actions import MAX_DESCRIPTION
from entraide.portal.domain.requests.holding import HeldFile
from entraide.portal.domain.requests.pieces import piece_of
from entraide.portal.foundation.forms import EurosField, KeyedForm, ManyFilesField
from entraide.portal.foundation.web.wording import text
from entraide.profiles import Aid, Paper


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper goes: its field, and the files that are there already."""

    paper: Paper
    bound: forms.BoundField
    files: tuple[HeldFile, ...]


class AidForm(KeyedForm):
    situation = forms.CharField(
        label=_("Que se passe-t-il ?"),
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=MAX_DESCRIPTION,
        error_messages={
            "required": _("Dites-nous en quelques mots ce qui se passe."),
            "max_length": _("Ce texte est trop long : 2 000 signes au plus."),
        },
    )
    amount = EurosField(label=_("Ce qui reste à payer"))
    resources = EurosField(label=_("Ce qui entre chaque mois dans votre foyer"), required=False)
    incomplete = forms.BooleanField(
        label=_("J’envoie sans un de ces papiers : nous le chercherons avec vous"), required=False
    )
    # Hides an attribute of Django's forms that nothing reads here: the view holds the files by itself.
    files = ManyFilesField(label=_("Autres fichiers"), required=False)  # type: ignore[assignment]
    phone = forms.CharField(label=_("Un conseiller m’appelle au"), max_length=40, required=False)

    def __init__(
        self, *args: Any, aid: Aid, papers: Sequence[Paper], asks_resources: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.papers = {one: piece_of(aid.type, one.id) for one in papers}
        self.fields["amount"].required = aid.needs_amount
        if not asks_resources:
            del self.fields["resources"]
        for paper in papers:
            self.fields[_place_of(paper)] = ManyFilesField(label=text(paper.label), required=False)

    def full_clean(self) -> None:
        """The star of a paper's label says that it is wanted; files may have come before this post."""
        super().full_clean()
        for paper in self.papers:
            self.fields[_place_of(paper)].required = True

    def file_fields(self) -> dict[str, str]:
        return {"files": "", **{_place_of(paper): piece for paper, piece in self.papers.items()}}

    def missing(self, kept: Iterable[HeldFile]) -> list[Paper]:
        """The papers that none of these files is."""
        there = {one.piece for one in kept}
        return [paper for paper, piece in self.papers.items() if piece not in there]

    def check_files(self, kept: Iterable[HeldFile]) -> None:
        """Adds an error at each place that is still empty, unless the member said so."""
        if self.cleaned_data.get("incomplete"):
            return
        for paper in self.missing(kept):
            self.add_error(
                _place_of(paper),
                _("Ajoutez ce papier, ou cochez plus bas la case « J’envoie sans un de ces papiers »."),
            )

    def places(self, held: Iterable[HeldFile]) -> list[Place]:
        """Every paper with what is there of it, for the page."""
        there = list(held)
        return [
            Place(paper, self[_place_of(paper)], tuple(one for one in there if one.piece == piece))
            for paper, piece in self.papers.items()
        ]

    def elsewhere(self, held: Iterable[HeldFile]) -> list[HeldFile]:
        """The files that are in no place."""
        return [one for one in held if one.piece not in self.papers.values()]


def _place_of(paper: Paper) -> str:
    return f"piece-{paper.id}"
