"""A form that gives each paper of a care a place of its own (B-04, PIECE-06)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.requests.holding import HeldFile
from entraide.portal.domain.requests.pieces import (
    Needed,
    is_outdated,
    missing_papers,
    needed_for,
    piece_of,
    situation_of,
)
from entraide.portal.foundation.forms import KeyedForm, ManyFilesField
from entraide.portal.foundation.forms.dates import PastDayField
from entraide.portal.foundation.web.wording import text
from entraide.portal.member_site.requests.situation import ON
from entraide.profiles import Paper

_DAY = _("Jour, mois, année (JJ/MM/AAAA), par exemple 12/03/2026.")
_DAY_ERRORS = {
    "required": _("Tapez la date, comme 12/03/2026."),
    "invalid": _("Écrivez la date en chiffres : jour, mois, année, comme 12/03/2026."),
}


class CareDayField(PastDayField):
    """The day of something that was done for one's health: over, written in figures."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _DAY)
        super().__init__(error_messages=_DAY_ERRORS, **kwargs)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper goes: its field, and the files that are there already."""

    paper: Paper
    bound: forms.BoundField
    files: tuple[HeldFile, ...]


class PapersForm(KeyedForm):
    """Without `needed` it asks for no paper by name."""

    paid = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    feed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, needed: Needed | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed = needed
        if needed is None:
            return
        for paper in needed.papers:
            self.fields[place_of(paper)] = ManyFilesField(label=text(paper.label), required=False)
        self.fields["files"].label = _("Autres fichiers")
        if needed.prescription_months:
            self.fields["prescription_date"] = CareDayField(label=_("Date de la prescription"))
            self.fields.setdefault("care_date", CareDayField(label=_("Date du soin ou de l’achat")))
            self.fields["old_prescription"] = forms.BooleanField(
                label=_("J’envoie quand même cette prescription"), required=False
            )
        self.fields["incomplete"] = forms.BooleanField(
            label=_("J’envoie sans un de ces papiers : je ne l’ai pas, ou il est dans un autre fichier"),
            required=False,
        )

    def full_clean(self) -> None:
        """The star of a paper's label says that it is wanted; files may have come before this post."""
        super().full_clean()
        for paper in self.needed.papers if self.needed else ():
            self.fields[place_of(paper)].required = not paper.if_any

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        prescribed, cared = values.get("prescription_date"), values.get("care_date")
        if self.needed and prescribed and cared:
            self._check_prescription(self.needed, prescribed, cared)
        return values

    def _check_prescription(self, needed: Needed, prescribed: date, cared: date) -> None:
        if cared < prescribed:
            self.add_error("care_date", _("Le soin est avant la prescription : vérifiez les deux dates."))
            return
        self.is_outdated = is_outdated(
            prescribed_on=prescribed, care_on=cared, months=needed.prescription_months
        )
        if self.is_outdated and not self.cleaned_data.get("old_prescription"):
            message = _(
                "Le jour du soin, cette prescription avait plus de %(months)s mois : le remboursement risque "
                "d’être refusé. Demandez-en une plus récente, ou cochez la case pour l’envoyer quand même."
            )
            self.add_error("prescription_date", message % {"months": needed.prescription_months})

    is_outdated = False

    def check_files(self, kept: Iterable[HeldFile]) -> None:
        """Adds an error at each place that is still empty, unless the member said so."""
        if self.needed is None or self.cleaned_data.get("incomplete"):
            return
        for paper in missing_papers(self.needed, [one.piece for one in kept]):
            self.add_error(
                place_of(paper),
                _("Ajoutez ce papier, ou cochez plus bas la case « J’envoie sans un de ces papiers »."),
            )

    def places(self, held: Iterable[HeldFile]) -> list[Place]:
        """Every paper with what is there of it, for the page."""
        there = list(held)
        return [
            Place(paper, self[place_of(paper)], tuple(one for one in there if one.piece == piece))
            for paper, piece in self._pieces()
        ]

    def file_fields(self) -> dict[str, str]:
        """Each field that takes files, with the piece that its files are."""
        return {"files": "", **{place_of(paper): piece for paper, piece in self._pieces()}}

    def answers(self, held: Iterable[HeldFile]) -> tuple[tuple[str, str], ...]:
        """What was told besides the files, for who handles the request. Of a valid form."""
        return tuple(self._answers(held))

    def _answers(self, held: Iterable[HeldFile]) -> Iterator[tuple[str, str]]:
        if self.needed is None:
            return
        values = self.cleaned_data
        yield "paid", self.needed.situation.paid
        for name in ("care_date", "prescription_date"):
            if values.get(name):
                yield name, values[name].isoformat()
        if self.is_outdated:
            yield "old_prescription", "yes"
        missing = missing_papers(self.needed, [one.piece for one in held])
        if missing:
            yield "without", ",".join(one.id for one in missing)

    def _pieces(self) -> list[tuple[Paper, str]]:
        if self.needed is None:
            return []
        return [(one, piece_of(self.needed.type.id, one.id)) for one in self.needed.papers]


def place_of(paper: Paper) -> str:
    """The name of the field that takes this paper."""
    return f"piece-{paper.id}"


def needed_in(told: Mapping[str, str], *, care: str = "type") -> Needed | None:
    """The papers that these answers call for; None when they do not say enough, or call for none."""
    situation = situation_of(
        care=told.get(care, ""), paid=told.get("paid", ""), has_feed=told.get("feed") == ON
    )
    needed = needed_for(situation) if situation else None
    return needed if needed and needed.papers else None
