"""Distances on a plane that touches the earth where somebody stands: plus, minus and times, in any database.

Within 50 km they are those of the sphere to 0.2 %, in mainland France and overseas.
"""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088
KM_PER_DEGREE = radians(1) * EARTH_KM


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees of WGS84."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Box:
    """From south to north and from west to east, in degrees."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, point: Point) -> bool:
        return self.south <= point.lat <= self.north and self.west <= point.lon <= self.east


def box_around(point: Point, *, km: float) -> Box:
    """The square that holds every point within so many kilometres."""
    lat = km / KM_PER_DEGREE
    lon = lat / narrowing_at(point)
    return Box(point.lat - lat, point.lat + lat, point.lon - lon, point.lon + lon)


def narrowing_at(point: Point) -> float:
    """How much shorter a degree of longitude is there than at the equator."""
    return max(cos(radians(point.lat)), 0.01)


def plane_km(first: Point, second: Point) -> float:
    """The distance as the database computes it, seen from the first point."""
    lat, lon = second.lat - first.lat, (second.lon - first.lon) * narrowing_at(first)
    return sqrt(lat * lat + lon * lon) * KM_PER_DEGREE


def sphere_km(first: Point, second: Point) -> float:
    """The distance along the earth (haversine)."""
    lat1, lat2 = radians(first.lat), radians(second.lat)
    half = sin((lat2 - lat1) / 2) ** 2
    half += cos(lat1) * cos(lat2) * sin(radians(second.lon - first.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))
