"""The shapes that a value of a profile may have: each says its form and how to tell a person about it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from stdnum import luhn


@dataclass(frozen=True, slots=True)
class Shape:
    """A form of text: the whole value matches the pattern, and the test when there is one."""

    pattern: str
    expected: str
    test: Callable[[str], bool] | None = None

    def fits(self, value: str) -> bool:
        return re.fullmatch(self.pattern, value) is not None and (self.test is None or self.test(value))


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers between two bounds, both included."""

    lowest: int
    highest: int

    @property
    def expected(self) -> str:
        return f"a whole number from {self.lowest} to {self.highest}"

    def fits(self, value: int) -> bool:
        return self.lowest <= value <= self.highest


@dataclass(frozen=True, slots=True)
class Listed:
    """One name of a closed list too long to print whole."""

    names: frozenset[str]
    expected: str

    def fits(self, value: str) -> bool:
        return value in self.names


Line = Annotated[str, Shape(r"\S(?:[^\r\n]*\S)?", "one line of text, not empty")]
Identifier = Annotated[str, Shape(r"[a-z][a-z0-9_-]*", "lower-case letters, digits, - and _")]
Colour = Annotated[str, Shape(r"#[0-9a-f]{6}", "a colour as #rrggbb, in lower case")]
Clock = Annotated[str, Shape(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", "a time as HH:MM, from 00:00 to 24:00")]
Phone = Annotated[str, Shape(r"0[1-9](?: \d\d){4}", "a French number by pairs, as 01 23 45 67 89")]
Email = Annotated[
    str,
    Shape(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", "an e-mail address, as name@example.org"),
]
Website = Annotated[str, Shape(r"https://[a-z0-9.-]+(?:/\S*)?", "an address that begins with https://")]
Siren = Annotated[
    str,
    Shape(r"\d{9}", "a SIREN of nine digits whose check digit is right", lambda value: luhn.is_valid(value)),
]
Prefix = Annotated[str, Shape(r"[A-Z]{2,5}", "two to five capital letters")]
DrawingFile = Annotated[str, Shape(r"[a-z0-9_-]+\.svg", "the name of an .svg file of the same folder")]
Version = Annotated[str, Shape(r"\d{4}-\d{2}", "a year and a month, as 2026-11")]
MonthDay = Annotated[
    str,
    Shape(
        r"(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])",
        "a day of any year as MM-DD",
    ),
]
ContractNumber = Annotated[str, Shape(r"[A-Z0-9-]{3,40}", "3 to 40 capital letters, digits and -")]
Postcode = Annotated[str, Shape(r"\d{5}", "a postcode of five digits")]
BirthDepartment = Annotated[
    str,
    Shape(r"0[1-9]|[1-8]\d|9[0-69]|2[AB]|9[78]\d", "a department of birth: 01 to 95, 2A, 2B, 971, 99 ..."),
]
BirthCommune = Annotated[str, Shape(r"\d{2,3}", "the two or three digits of a commune, or of a country")]
DemoEmail = Annotated[
    str,
    Shape(r"[a-z0-9.-]+@example\.(?:org|com|net)", "an address of example.org, example.com or example.net"),
]
DemoMobile = Annotated[str, Shape(r"06 39 98(?: \d\d){2}", "a mobile kept for fiction, as 06 39 98 01 02")]
DemoPhone = Annotated[
    str,
    Shape(
        r"(?:01 99 00|02 61 91|03 53 01|04 65 71|05 36 49)(?: \d\d){2}",
        "a line kept for fiction, as 01 99 00 01 02",
    ),
]

Day = Annotated[int, Range(0, 6)]
Whole = Annotated[int, Range(0, 100_000)]
Positive = Annotated[int, Range(1, 100_000)]
Cents = Annotated[int, Range(1, 100_000_000)]

CareKind = Literal[
    "consultation",
    "specialist",
    "pharmacy",
    "laboratory",
    "imaging",
    "paramedical",
    "dental",
    "optical",
    "hearing",
    "hospital",
    "transport",
    "alternative",
    "prevention",
    "other",
]
Relationship = Literal["primary_insured", "spouse", "child"]
DemoRole = Literal["member", "spouse", "adult_child", "not_activated", "no_mobile", "expired_password"]
DemoAgentRole = Literal["handler", "supervisor", "payer", "social_fund", "security_admin", "dpo"]
Civility = Literal["mme", "m"]
Sex = Literal["F", "M"]
ClaimFeed = Literal["on", "off", "never"]
CoverTier = Literal["base", "option"]
ContractTier = Literal["base", "option", "top_up"]
SecurityPreset = Literal["guide", "renforce"]
HumanCheck = Literal["images", "question", "proof_of_work"]
CheckWhen = Literal["always", "risk"]
