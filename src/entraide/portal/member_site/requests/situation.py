"""The two questions that lead to the exact papers: which care, how it was paid (B-04)."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.requests.pieces import Needed, Situation, cares_offered, situation_of
from entraide.portal.foundation.web.wording import text

ON, OFF = "on", "off"
_CHOOSE = _("Choisissez une réponse.")


class SituationForm(forms.Form):
    """Its answers live in the address and tell nothing of the person."""

    care = forms.ChoiceField(
        label=_("Quel soin ?"),
        error_messages={
            "required": _("Choisissez le soin dans la liste."),
            "invalid_choice": _("Choisissez le soin dans la liste."),
        },
    )
    paid = forms.ChoiceField(
        label=_("Qu’avez-vous payé ?"),
        widget=forms.RadioSelect,
        choices=[
            ("all", _("Tout : j’ai avancé tous les frais")),
            (
                "third_party",
                _("La part de la mutuelle : la Sécurité sociale a réglé la sienne au professionnel"),
            ),
            ("part", _("Une partie seulement de ce qui restait")),
            ("nothing", _("Rien : j’ai montré ma carte Vitale et ma carte de tiers payant")),
        ],
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    feed = forms.ChoiceField(
        label=_("La télétransmission fonctionne-t-elle pour la personne soignée ?"),
        widget=forms.RadioSelect,
        choices=[
            (ON, _("Oui : la Sécurité sociale nous envoie ses soins")),
            (OFF, _("Non, ou la carte Vitale n’a pas été présentée")),
        ],
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )

    def __init__(self, asked: QueryDict, *, own_feed: bool) -> None:
        """From the address; a question about the feed that is not answered takes the reader's own."""
        self.is_asked = bool(asked.get("care") or asked.get("paid"))
        known = {"feed": ON if own_feed else OFF}
        given = {name: asked[name] for name in self.base_fields if name in asked}
        super().__init__(known | given if self.is_asked else None, initial=known)
        groups = [
            (text(group.category.label), [(kind.id, text(kind.label)) for kind in group.types])
            for group in cares_offered()
        ]
        care = self.fields["care"]
        assert isinstance(care, forms.ChoiceField)
        care.choices = [("", _("Choisissez…")), *groups]

    @property
    def situation(self) -> Situation:
        """Of a valid form."""
        values: dict[str, Any] = self.cleaned_data
        found = situation_of(care=values["care"], paid=values["paid"], has_feed=values["feed"] == ON)
        assert found is not None
        return found


def query_of(situation: Situation, *, has_feed: bool | None = None) -> str:
    """The answers as they stand in the address; `has_feed`: the other answer to that question."""
    feed = situation.has_feed if has_feed is None else has_feed
    return urlencode({"care": situation.care, "paid": situation.paid, "feed": ON if feed else OFF})


def deposit_query(needed: Needed) -> str:
    """What the deposit page must know to ask for these papers."""
    found = needed.situation
    told = {"category": needed.category.id, "type": needed.type.id, "paid": found.paid}
    return urlencode({**told, "feed": ON if found.has_feed else OFF})
