"""A person of 40 under contracts whose tables are known to the tests of the engine."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from entraide.portal.domain.simulations.levels import CoverLevel, cover_levels
from entraide.portal.domain.simulations.subjects import Subject, visitor
from entraide.reimbursement import load_contracts

TODAY = date(2026, 11, 22)
TABLES = {
    one.number: (one,)
    for one in load_contracts(Path(__file__).parents[3] / "reimbursement" / "contracts.toml")
}


def level(number: str) -> CoverLevel:
    """One of the contracts of the tests, alone."""
    return next(each for each in cover_levels(TABLES, on=TODAY) if each.id == number)


@pytest.fixture
def under() -> Callable[..., Subject]:
    """Somebody under one contract."""

    def make(number: str, *, age: int = 40) -> Subject:
        return visitor(age=age, level=level(number), today=TODAY)

    return make
