"""Hospital cover as a mutual arranges it (`hospital.toml`): where its card is enough, what is asked."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from stdnum import luhn

from entraide.profiles.shapes import Identifier, Line, Phone, Positive, Postcode, Shape, Whole
from entraide.profiles.text import Text

_CORSICA = str.maketrans("AB", "12")
Finess = Annotated[
    str,
    Shape(
        r"\d[0-9AB]\d{7}",
        "a FINESS number of nine characters whose check digit is right",
        lambda value: luhn.is_valid(value.translate(_CORSICA)),
    ),
]
DepartmentCode = Annotated[str, Shape(r"\d{2,3}", "the first two or three digits of a postcode")]
Ward = Literal["general", "psychiatry", "day_case"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalDepartment:
    """A service of a hospital; `ward` is how tables of guarantees tell it apart."""

    id: Identifier
    label: Text
    ward: Ward = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityChoice:
    """Facilities named by number, or by where they are and what their name holds; no name: all of them there.

    `postcodes`: how a postcode of these communes begins.
    """

    finess: tuple[Finess, ...] = ()
    communes: tuple[Line, ...] = ()
    postcodes: tuple[DepartmentCode, ...] = ()
    names: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRule:
    """Where showing the card is enough; `except` takes some facilities out of it again."""

    id: Identifier
    label: Text
    where: FacilityChoice
    exceptions: tuple[FacilityChoice, ...] = field(default=(), metadata={"key": "except"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalHelp:
    """Somebody who helps around a stay, such as a nurse on the phone."""

    title: Text
    text: Text
    points: tuple[Text, ...] = ()
    phone: Phone | None = None
    segments: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFacility:
    """A facility of the demo's small directory."""

    finess: Finess
    name: Line
    address: Line
    postcode: Postcode
    city: Line
    kind: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalCover:
    """`never_covered`: said before anything is asked. `past_days`: how long ago a stay may have begun.

    `automatic`: the letter leaves without an agent when the person is covered and the facility is in the
    directory. `valid_days`: from the admission.
    """

    departments: tuple[HospitalDepartment, ...] = field(metadata={"key": "department"})
    never_covered: tuple[Text, ...]
    card_rules: tuple[CardRule, ...] = field(default=(), metadata={"key": "card_rule"})
    help: tuple[HospitalHelp, ...] = ()
    demo_facilities: tuple[DemoFacility, ...] = field(default=(), metadata={"key": "demo_facility"})
    quote_first: Text | None = None
    automatic: bool = False
    past_days: Whole = 30
    valid_days: Positive = 90
