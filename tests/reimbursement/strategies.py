"""Random people, lines and contracts for the properties."""

from datetime import date

from hypothesis import strategies as st

from entraide.reimbursement import (
    Care,
    CareLine,
    Contract,
    Cover,
    Enrolment,
    Exemption,
    Pathway,
    Scheme,
    Sector,
    Side,
    Situation,
    load_vocabulary,
)
from entraide.reimbursement.care import Equipment, LensClass
from tests.reimbursement.cases import LONG_AGO, contracts

CONTRACTS = contracts()
FIRST, LAST = date(2021, 1, 1), date(2026, 12, 31)
PLAIN_ACTS = sorted(
    code
    for code, each in load_vocabulary().procedures.items()
    if each.family.charge == "none"
    and each.family.code not in {"withheld", "wheelchair", "wig", "glasses_a"}
    and code not in {"PAR", "SUPA"}
)

situations = st.builds(
    Situation,
    person=st.sampled_from(["p1", "p2"]),
    born_on=st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    scheme=st.sampled_from(Scheme),
    department=st.sampled_from(["", "974", "972"]),
    means_tested_cover=st.booleans(),
)
equipments = st.builds(
    Equipment,
    id=st.sampled_from(["g1", "g2"]),
    right=st.sampled_from(LensClass),
    left=st.sampled_from(LensClass),
    sight_changed=st.booleans(),
)


@st.composite
def lines(draw: st.DrawFn, number: int = 0) -> CareLine:
    fee = draw(st.integers(0, 300_000))
    return CareLine(
        id=f"{number:04d}",
        act=draw(st.sampled_from(PLAIN_ACTS)),
        on=draw(st.dates(FIRST, LAST)),
        fee=fee,
        base=draw(st.integers(0, fee)),
        quantity=draw(st.integers(1, 4)),
        sector=draw(st.sampled_from(Sector)),
        pathway=draw(st.sampled_from(Pathway)),
        exemption=draw(st.sampled_from(Exemption)),
        professional=draw(st.sampled_from(["A", "B"])),
        side=draw(st.sampled_from(Side)),
        equipment=draw(equipments),
        price_cap=draw(st.integers(0, 300_000)),
    )


@st.composite
def covers(draw: st.DrawFn) -> Cover:
    chosen = draw(st.lists(st.sampled_from(sorted(CONTRACTS)), max_size=3, unique=True))
    found: list[Contract] = [CONTRACTS[name] for name in chosen]
    enrolments = tuple(Enrolment(versions=(each,), since=min(LONG_AGO, each.valid_from)) for each in found)
    return Cover(enrolments=enrolments, family="family")


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Care], Cover]:
    """Lines of one person in the order of care, and their cover."""
    situation = draw(situations)
    count = draw(st.integers(1, 8))
    found = [Care(line=draw(lines(number)), situation=situation) for number in range(count)]
    return sorted(found, key=lambda each: (each.line.on, each.line.id)), draw(covers())
