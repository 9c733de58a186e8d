"""The batch path gives the same cents as the explained path."""

import random
from datetime import date

import pytest
from bench.reimbursement import KINDS, folders

from entraide.reimbursement import (
    Care,
    CareError,
    Counters,
    Cover,
    Enrolment,
    Exemption,
    Pathway,
    Scheme,
    Sector,
    Situation,
    load_parameters,
    price_in_order,
)
from entraide.reimbursement.batch import Batch, Folder, LineKind, care_line, price_in_processes
from tests.reimbursement.cases import LONG_AGO
from tests.reimbursement.strategies import CONTRACTS

BOOK = load_parameters()
ACTS = (
    *("G", "CS", "APC", "CNPSY", "PH7", "PH4", "PH2", "B", "ADI", "AMK", "CD", "SDE", "HBLD680", "HBLD734"),
    *("VSL", "OST", "DIE", "LEN", "TO", "SF", "IMP", "HBLD491", "PA"),
)
GIVEN = ("PH7", "PH4", "PH2", "B", "ADI", "AMK", "SDE", "VSL", "PA")
MORE_KINDS = (
    *(LineKind(act) for act in ACTS),
    LineKind("G", exemption=Exemption.LONG_TERM_CONDITION),
    LineKind("CS", Sector.OPTAM),
    LineKind("B", exemption=Exemption.MATERNITY),
)
RARE_KINDS = (
    *MORE_KINDS,
    LineKind("CS", Sector.NON_OPTAM),
    LineKind("G", pathway=Pathway.OUTSIDE),
    LineKind("ATM"),
)


def singly(folder: Folder, kinds) -> list[tuple[int, int, int, tuple[int, ...]]]:
    cares = [
        Care(line=care_line(line, kinds[line[1]], number), situation=folder.situation)
        for number, line in enumerate(folder.lines)
    ]
    found, _ = price_in_order(cares, folder.cover, Counters(), BOOK)
    return [
        (each.base, each.gross, each.withheld, (each.left - each.withheld, *(s.amount for s in each.shares)))
        for each in found
    ]


def random_folders(count: int, kinds, covers, *, seed: int):
    drawn = random.Random(seed)
    for number in range(count):
        born = date(drawn.randint(1940, 2022), drawn.randint(1, 12), drawn.randint(1, 28))
        situation = Situation(
            person=str(number),
            born_on=date(2008, 2, 29) if number % 50 == 0 else born,
            scheme=drawn.choice([Scheme.GENERAL] * 4 + [Scheme.ALSACE_MOSELLE]),
            means_tested_cover=drawn.random() < 0.05,
            war_pension=drawn.random() < 0.05,
        )
        lines = sorted(_line(drawn, kinds) for _ in range(drawn.randint(0, 60)))
        yield Folder(situation, drawn.choice(covers), lines)


def _line(drawn: random.Random, kinds):
    kind = drawn.randrange(len(kinds))
    act = kinds[kind].act
    day = drawn.randint(date(2025, 1, 1).toordinal(), date(2026, 12, 31).toordinal())
    fee = drawn.choice([0, drawn.randint(1, 5_000), drawn.randint(1, 100_000)])
    base = drawn.randint(0, fee) if act in GIVEN or act == "ATM" or drawn.random() < 0.3 else -1
    return day, kind, fee, base, drawn.choice((1, 1, 1, 2, 5)), drawn.randrange(3)


def some_covers() -> list[Cover]:
    stacks = [
        names.split()
        for names in (
            "", "C40SOCLE", "C40SOCLE C40ZPREMIUM", "ME-SERENITE", "R100", "R-EMPTY S-OPTION", "F-TM50",
            "A-CALENDAR", "A-ALL", "A-SHARED", "F-SESSION S-OPTION", "F-YEAR", "F-PMSS", "F-COST", "F-PLUS",
            "F-SEMESTER R100", "R300 S-TOP-UP", "N-EMPTY F-BR50X F-COST", "WAIT", "R-WAIT",
        )
    ]  # fmt: skip
    return [
        Cover(
            enrolments=tuple(Enrolment(versions=(CONTRACTS[name],), since=_since(name)) for name in names),
            family="family",
        )
        for names in stacks
    ]


def _since(name: str) -> date:
    """Waiting periods and first years end in the middle of the lines."""
    return date(2024, 12, 1) if name in {"WAIT", "R-WAIT", "C40ZPREMIUM"} else LONG_AGO


def test_a_hundred_thousand_random_lines_give_the_same_cents():
    batch, checked = Batch(MORE_KINDS, BOOK), 0
    for folder in random_folders(3_500, MORE_KINDS, some_covers(), seed=7):
        assert batch._fast(folder) == singly(folder, MORE_KINDS)
        checked += len(folder.lines)

    assert checked >= 100_000


def test_folders_beyond_the_plans_are_priced_by_the_engine():
    batch = Batch(RARE_KINDS, BOOK)
    for folder in random_folders(60, RARE_KINDS, some_covers(), seed=8):
        assert batch.price(folder) == singly(folder, RARE_KINDS)


def test_the_lines_of_the_measurement_are_priced_alike():
    batch = Batch(KINDS, BOOK)
    for folder in folders(2_000, 240):
        assert batch._fast(folder) == singly(folder, KINDS)


def test_a_line_that_cannot_be_priced_is_refused_and_the_others_stand():
    day = date(2026, 3, 1).toordinal()
    lines = [
        (day, 0, 3_000, -1, 1, 1),
        (day, 0, 3_000, 4_000, 1, 1),
        (day, 0, -5, -1, 1, 1),
        (day, 0, 3_000, -1, 0, 1),
    ]
    folder = Folder(Situation(person="p", born_on=date(1980, 1, 1)), some_covers()[1], lines)

    first, *others = Batch((LineKind("G"),), BOOK).price(folder)

    assert first == (3_000, 2_100, 200, (0, 900))
    assert [error.faults[0].place for error in others if isinstance(error, CareError)] == [
        "base",
        "fee",
        "quantity",
    ]


def test_care_outside_the_cover_is_refused_in_a_batch_too():
    folder = Folder(
        Situation(person="p", born_on=date(1980, 1, 1)),
        some_covers()[1],
        [(date(2019, 12, 31).toordinal(), 0, 2_500, -1, 1, 1)],
    )

    (refusal,) = Batch((LineKind("G"),), BOOK).price(folder)

    assert isinstance(refusal, CareError)
    assert refusal.faults[0].place == "on"


@pytest.mark.parametrize("processes", [1, 2])
def test_sharing_out_among_processes_changes_nothing(processes):
    found = list(random_folders(40, MORE_KINDS, some_covers(), seed=9))

    shared = price_in_processes(MORE_KINDS, BOOK, found, processes=processes)

    assert shared == list(Batch(MORE_KINDS, BOOK).price_all(found))
