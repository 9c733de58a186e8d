"""What is looked for, and where. The fields live in the address, but for a position, which is posted."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.directory.acts import ACTS as PROFESSIONS_OF_ACT
from entraide.portal.domain.directory.distances import Point
from entraide.portal.domain.directory.queries import FILTERS, LETTERS, LETTERS_ALONE, Search, letters_in
from entraide.portal.domain.directory.where import Place, Where, WhereFault, understood
from entraide.portal.foundation.web.wording import text
from entraide.portal.member_site.professionals.labels import (
    ACTS,
    FACTS,
    LANGUAGES,
    PROFESSIONS,
    SLOTS,
)
from entraide.profiles import Network

_UNKNOWN = _("Ce choix n’existe pas ou plus. Choisissez dans la liste.")
_TOO_LONG = _("C’est trop long : %(limit_value)d caractères au plus.")
_DISTANCES = (2, 5, 10, 30, 50)
_USUAL_KM = 10
_WHERE_FAULTS: Mapping[WhereFault, Promise] = {
    "short": _("Écrivez au moins 2 lettres d’une ville, ou un code postal."),
    "unknown": _("Nous ne trouvons pas cet endroit. Essayez le code postal, ou la ville seule."),
    "no_such_postcode": _("Ce code postal n’existe pas en France. Vérifiez ses 5 chiffres."),
    "not_filled": _(
        "La liste des villes n’est pas encore chargée. Écrivez un département, comme 38 ou Isère."
    ),
}
# A position is rounded to about a hundred metres, by the browser first and here again.
_DECIMALS = 3


def _choice(label: Promise, nothing: Promise, choices: Mapping[str, Promise]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,  # type: ignore[arg-type]
        required=False,
        choices=[("", nothing), *choices.items()],
        error_messages={"invalid_choice": _UNKNOWN},
    )


class SearchForm(forms.Form):
    """At least a name, a profession or an act; a place, unless the name is long enough alone."""

    name = forms.CharField(
        label=_("Nom"),
        required=False,
        max_length=80,
        help_text=_("D’une personne ou d’une enseigne. Le début suffit."),
        error_messages={"max_length": _TOO_LONG},
    )
    profession = _choice(_("Profession"), _("Toutes les professions"), PROFESSIONS)
    act = _choice(_("Acte"), _("Tous les actes"), ACTS)
    where = forms.CharField(
        label=_("Où ?"),
        required=False,
        max_length=120,
        help_text=_("Une adresse, un code postal, une ville ou un département."),
        error_messages={"max_length": _TOO_LONG},
    )
    within = forms.TypedChoiceField(
        label=_("Jusqu’à quelle distance ?"),
        required=False,
        coerce=int,
        empty_value=_USUAL_KM,  # type: ignore[arg-type]
        choices=[(str(km), _("%(km)s km") % {"km": km}) for km in _DISTANCES],
        error_messages={"invalid_choice": _UNKNOWN},
    )
    network = forms.ChoiceField(
        label=_("Réseau"), required=False, error_messages={"invalid_choice": _UNKNOWN}
    )
    facts = forms.MultipleChoiceField(
        label=_("Ce qu’il me faut"),
        required=False,
        choices=list(FACTS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _UNKNOWN},
    )
    slots = forms.MultipleChoiceField(
        label=_("Ouvert"),
        required=False,
        choices=list(SLOTS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _UNKNOWN},
    )
    language = _choice(_("Langue parlée"), _("Toutes les langues"), LANGUAGES)
    booking = forms.BooleanField(label=_("Rendez-vous en ligne"), required=False)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, networks: tuple[Network, ...], town: str, around: bool) -> None:
        self.is_asked = around or any(data.get(name) for name in ("name", "profession", "act", "where"))
        data = data.copy()
        data.setdefault("within", str(_USUAL_KM))
        self._typed = data
        super().__init__(data if self.is_asked else None, initial={"where": town, "within": str(_USUAL_KM)})
        self.around, self.networks = around, networks
        self.found: Where | None = None
        network = self.fields["network"]
        assert isinstance(network, forms.ChoiceField)
        network.choices = [
            ("", _("Tous, partenaires ou non")),
            *((one.id, text(one.name)) for one in networks),
        ]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].replace("\x00", "")
        if name and letters_in(name) < LETTERS:
            raise forms.ValidationError(_("Écrivez au moins 2 lettres du nom."))
        return name

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        self._check_what(values)
        self._check_where(values)
        return values

    def _check_what(self, values: dict[str, Any]) -> None:
        if self.errors.keys() & {"name", "profession", "act"}:
            return
        if not any(values.get(name) for name in ("name", "profession", "act")):
            self.add_error("name", _("Donnez au moins un nom, une profession ou un acte."))
        elif values["act"] and values["profession"] and not self._professions(values):
            message = _("Cette profession ne fait pas cet acte. Gardez l’un des deux.")
            self.add_error("act", message)

    def _check_where(self, values: dict[str, Any]) -> None:
        if self.around:
            if values.get("lat") is None or values.get("lon") is None:
                message = _("Nous n’avons pas reçu votre position. Écrivez une ville ou un code postal.")
                self.add_error("where", message)
            return
        typed = (values.get("where") or "").replace("\x00", "")
        if not typed:
            if not self.errors and letters_in(values.get("name") or "") < LETTERS_ALONE:
                self.add_error("where", _("Dites où chercher : une ville, un code postal, un département."))
            return
        self.found = understood(typed)
        if self.found.fault:
            self.add_error("where", str(_WHERE_FAULTS[self.found.fault]))

    @staticmethod
    def _professions(values: dict[str, Any]) -> tuple[str, ...]:
        asked, act = values.get("profession"), values.get("act")
        if not act:
            return (asked,) if asked else ()
        able = PROFESSIONS_OF_ACT[act]
        return tuple(one for one in able if not asked or one == asked)

    @property
    def search(self) -> Search:
        """Of a form without error."""
        values = self.cleaned_data
        return Search(
            name=values["name"],
            professions=self._professions(values),
            networks=tuple(one.id for one in self.networks),
            network=values["network"],
            filters=tuple(one for one in FILTERS if one in values["facts"]),
            slots=tuple(values["slots"]),
            language=values["language"],
            online_booking=values["booking"],
        )

    @property
    def place(self) -> Place | None:
        """Where to look; None anywhere, and where one of several places is to be chosen first."""
        if self.around:
            point = Point(
                round(self.cleaned_data["lat"], _DECIMALS), round(self.cleaned_data["lon"], _DECIMALS)
            )
            return Place(label="", department="", point=point)
        return self.found.place if self.found else None

    @property
    def is_filtered(self) -> bool:
        names = ("network", "facts", "slots", "language", "booking")
        return self.is_bound and any(self._typed.get(name) for name in names)

    def query(self, **changed: str) -> str:
        """The search as it stands in the address, some of it changed; a position is never part of it."""
        kept = [
            (name, value)
            for name in self.fields
            if name not in {"lat", "lon", *changed}
            for value in self._typed.getlist(name)
            if value
        ]
        return urlencode([*kept, *changed.items()])
