"""About how long it takes to go somewhere, from the distance as the crow flies."""

from dataclasses import dataclass
from typing import Literal

# Streets are that much longer than the straight line.
_DETOUR = 1.3
_ON_FOOT_KM = 1.5
_FOOT_KM_H, _TOWN_KM_H, _ROAD_KM_H = 4.5, 25, 55
_IN_TOWN_KM = 5
_TO_PARK_MINUTES = 3
_STEP = 5


@dataclass(frozen=True, slots=True)
class Travel:
    """Minutes, rounded to five."""

    by: Literal["foot", "car"]
    minutes: int


def travel_over(km: float) -> Travel:
    """On foot where it is near, else by car: slow in town first, then faster on the road."""
    way = km * _DETOUR
    if km <= _ON_FOOT_KM:
        return Travel("foot", _rounded(way / _FOOT_KM_H * 60))
    town = min(way, _IN_TOWN_KM)
    hours = town / _TOWN_KM_H + (way - town) / _ROAD_KM_H
    return Travel("car", _rounded(hours * 60 + _TO_PARK_MINUTES))


def _rounded(minutes: float) -> int:
    return max(_STEP, round(minutes / _STEP) * _STEP)
