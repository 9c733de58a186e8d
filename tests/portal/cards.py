"""The fixture `carded`: the family's contract has a table of guarantees and a card, for any mutual."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from django.conf import LazySettings

from entraide.profiles import Card, load_profile
from tests.portal.domain.claims.tables import tables_of

_MUTUAL = Path(__file__).resolve().parents[2] / "mutuals/mese"


@lru_cache(maxsize=1)
def _card() -> Card:
    return load_profile(_MUTUAL).card


@pytest.fixture
def carded(settings: LazySettings) -> None:
    """C40SOCLE opens 100 at the pharmacy and for doctors, PEC at the hospital; C40ZPREMIUM 200 for these."""
    tables = tables_of("C40SOCLE", "C40ZPREMIUM")
    settings.PROFILE = replace(settings.PROFILE, card=_card(), guarantees=tables)
