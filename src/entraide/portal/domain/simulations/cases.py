"""The everyday cases that can be simulated, as data: what each asks, and which care it stands for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from entraide.portal.domain.simulations import hospital, lines
from entraide.portal.domain.simulations.answers import Answers, Setting
from entraide.reimbursement import CareLine, Kind

Care = Callable[[Answers, Setting], tuple[CareLine, ...]]


class Way(StrEnum):
    """What stands beside the result: no-cost care, or a doctor without excess fees."""

    NO_COST = "no_cost"
    REGULATED = "regulated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`id` stands in the address. `asks` are names of `Answers`; `acts` are the choices of its `act`.

    `other_way` gives the same care in a cheaper way, or no line where there is none.
    """

    id: str
    kind: Kind
    asks: tuple[str, ...]
    lines: Care
    acts: tuple[str, ...] = ()
    way: Way | None = None
    other_way: Care | None = None


_ALL = (
    Case(
        id="generaliste", kind=Kind.CONSULTATION, asks=("fees", "price", "outside"), lines=lines.gp_visit,
        way=Way.REGULATED, other_way=lines.regulated_gp_visit,
    ),
    Case(
        id="specialiste", kind=Kind.SPECIALIST, asks=("act", "fees", "price", "outside"),
        acts=("CS", "CPED", "CGM", "CNPSY", "CNEU", "CGER"), lines=lines.specialist_visit,
        way=Way.REGULATED, other_way=lines.regulated_visit,
    ),
    Case(
        id="medicaments", kind=Kind.PHARMACY, asks=("act", "price", "quantity"),
        acts=("PH7", "PH4", "PH2", "PH1"), lines=lines.medicines,
    ),
    Case(id="analyses", kind=Kind.LABORATORY, asks=("price", "base"), lines=lines.laboratory),
    Case(
        id="imagerie", kind=Kind.IMAGING, asks=("act", "fees", "price", "base", "outside"),
        acts=("ADI", "ADE"), lines=lines.imaging,
    ),
    Case(
        id="kinesitherapie", kind=Kind.PARAMEDICAL, asks=("price", "quantity", "base"),
        lines=lines.physiotherapy,
    ),
    Case(
        id="hospitalisation", kind=Kind.HOSPITAL,
        asks=("nights", "stay_price", "room_price", "surgeon_price", "surgeon_base", "fees"),
        lines=hospital.hospital_stay, way=Way.REGULATED, other_way=hospital.stay_without_excess,
    ),
    Case(
        id="couronne", kind=Kind.DENTAL, asks=("tooth", "material", "price"), lines=lines.crown,
        way=Way.NO_COST, other_way=lines.no_cost_crown,
    ),
    Case(
        id="lunettes", kind=Kind.OPTICAL,
        asks=("right", "left", "frame_price", "right_price", "left_price"), lines=lines.glasses,
        way=Way.NO_COST, other_way=lines.no_cost_glasses,
    ),
    Case(
        id="aides-auditives", kind=Kind.HEARING, asks=("act", "ears", "price"), acts=("AU2", "AU1"),
        lines=lines.hearing_aids, way=Way.NO_COST, other_way=lines.no_cost_hearing_aids,
    ),
    Case(
        id="medecines-douces", kind=Kind.ALTERNATIVE, asks=("act", "price", "quantity"),
        acts=("OST", "ACU", "DIE", "PSY"), lines=lines.sessions,
    ),
)  # fmt: skip

CASES: Mapping[str, Case] = MappingProxyType({case.id: case for case in _ALL})
