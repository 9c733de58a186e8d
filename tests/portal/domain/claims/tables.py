"""The fixture `tables`: the family's contract has a table of guarantees, for any mutual."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings

from entraide.reimbursement import Contract, load_contracts

_FILE = Path(__file__).resolve().parents[4] / "mutuals/mese/guarantees/2026.toml"


def tables_of(*numbers: str) -> dict[str, tuple[Contract, ...]]:
    return {each.number: (each,) for each in load_contracts(_FILE) if each.number in numbers}


@pytest.fixture
def tables(settings: LazySettings) -> None:
    """C40SOCLE: the co-payment, 130 % for specialists, three sessions of soft medicine at 25 euros a year."""
    settings.PROFILE = replace(settings.PROFILE, guarantees=tables_of("C40SOCLE", "C40ZPREMIUM"))
