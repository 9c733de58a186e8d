"""The three sectors of 100 % Santé: their words, their public figures, the care that can be simulated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

# A sentence whose language is chosen when it is shown: Django gives it no type of its own.
Phrase = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A care to try in the simulator: `answers` fill its fields in."""

    label: Phrase
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """`id` stands in the address and names the drawing; `case` is that of the simulator.

    `figures` are keys of public figures, in the order in which the page shows them.
    """

    id: str
    template: str
    case: str
    title: Phrase
    purpose: Phrase
    since: date
    figures: tuple[str, ...]
    trials: tuple[Trial, ...]


_ALL = (
    Sector(
        id="optique",
        template="member_site/learning/optique.html",
        case="lunettes",
        title=_("Lunettes"),
        purpose=_("Monture et verres, depuis 2020"),
        since=date(2020, 1, 1),
        figures=(
            "cap.frame_a", "cap.lens_a_simple", "cap.lens_a_medium", "base.frame_a", "base.lens_a_simple",
            "choice.frames_a", "choice.frames_a.child", "responsible.frame.max", "rate.device",
            "renewal.glasses", "renewal.glasses.sight_changed", "renewal.glasses.child",
            "renewal.glasses.infant",
        ),
        trials=(
            Trial(
                label=_("Deux verres simples à prix libre, et le 100 % Santé à côté"),
                answers={"right": "simple", "left": "simple"},
            ),
            Trial(
                label=_("Deux verres progressifs à prix libre"),
                answers={"right": "complex", "left": "complex"},
            ),
        ),
    ),
    Sector(
        id="dentaire",
        template="member_site/learning/dentaire.html",
        case="couronne",
        title=_("Prothèses dentaires"),
        purpose=_("Couronnes, bridges et dentiers, depuis 2020 et 2021"),
        since=date(2020, 1, 1),
        figures=(
            "cap.HBLD634", "cap.HBLD680", "cap.HBLD350", "cap.HBLD073", "cap.HBLD038", "cap.HBLD491",
            "cap.HBLD090", "cap.HBLD745", "base.crown", "base.inlay_core", "rate.dental",
        ),
        trials=(
            Trial(
                label=_("Une couronne céramo-métallique sur une dent de devant"),
                answers={"tooth": "11", "material": "metal_ceramic"},
            ),
            Trial(
                label=_("La même sur une seconde prémolaire (panier maîtrisé)"),
                answers={"tooth": "15", "material": "metal_ceramic"},
            ),
            Trial(
                label=_("La même sur une molaire (panier libre)"),
                answers={"tooth": "16", "material": "metal_ceramic"},
            ),
        ),
    ),
    Sector(
        id="audition",
        template="member_site/learning/audition.html",
        case="aides-auditives",
        title=_("Aides auditives"),
        purpose=_("Un appareil par oreille, depuis 2021"),
        since=date(2021, 1, 1),
        figures=(
            "cap.hearing_1", "cap.hearing_1.child", "base.hearing", "base.hearing.child",
            "responsible.hearing.max", "rate.device", "renewal.hearing", "warranty.hearing_1",
            "channels.hearing_1", "gain.hearing_1", "options.hearing_1", "bandwidth.hearing_1",
        ),
        trials=(
            Trial(
                label=_("Un appareil 100 % Santé à chaque oreille"),
                answers={"act": "AU1", "ears": "both"},
            ),
            Trial(
                label=_("Un appareil à prix libre, et le 100 % Santé à côté"),
                answers={"act": "AU2", "ears": "one"},
            ),
        ),
    ),
)  # fmt: skip

SECTORS: Mapping[str, Sector] = MappingProxyType({sector.id: sector for sector in _ALL})
