"""What somebody answered about care to come, and what stands around the answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from entraide.reimbursement import LensClass, ParameterBook, Sector, Situation


class Fees(StrEnum):
    """What a doctor charges, in plain words; `unknown` is answered for both kinds of excess fee."""

    NONE = "none"
    MODERATE = "moderate"
    FREE = "free"
    UNKNOWN = "unknown"


SECTORS = {
    Fees.NONE: Sector.REGULATED,
    Fees.MODERATE: Sector.OPTAM,
    Fees.FREE: Sector.NON_OPTAM,
    # Where one answer is wanted, the one that leaves more to pay.
    Fees.UNKNOWN: Sector.NON_OPTAM,
}


class Material(StrEnum):
    """What a crown is made of."""

    METAL_CERAMIC = "metal_ceramic"
    ZIRCONIA = "zirconia"
    CERAMIC = "ceramic"
    METAL = "metal"


class Ears(StrEnum):
    ONE = "one"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Amounts in cents. None: not said, the usual price stands in where one is public."""

    on: date
    fees: Fees = Fees.NONE
    outside: bool = False
    act: str = ""
    price: int | None = None
    base: int | None = None
    quantity: int = 1
    nights: int = 1
    stay_price: int | None = None
    room_price: int | None = None
    surgeon_price: int | None = None
    surgeon_base: int | None = None
    tooth: int = 11
    material: Material = Material.METAL_CERAMIC
    right: LensClass = LensClass.SIMPLE
    left: LensClass = LensClass.SIMPLE
    frame_price: int | None = None
    right_price: int | None = None
    left_price: int | None = None
    ears: Ears = Ears.ONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Around the answers: the person and the public figures."""

    situation: Situation
    book: ParameterBook
