"""What one member is shown of the profile: the parts meant for everybody, and those of their segment."""

from dataclasses import replace
from datetime import date

from entraide.profiles.model import MenuCategory, NewsItem, Profile, Tile


def menu_for(profile: Profile, *, segment: str) -> tuple[MenuCategory, ...]:
    """The menu of this segment, without the entries and categories of the others."""
    categories = (
        replace(category, entries=tuple(entry for entry in category.entries if _for(entry.segments, segment)))
        for category in profile.menu
        if _for(category.segments, segment)
    )
    return tuple(category for category in categories if category.entries)


def tiles_for(profile: Profile, *, segment: str) -> tuple[Tile, ...]:
    """The tiles of this segment, in the order of the mutual."""
    return tuple(tile for tile in profile.tiles if _for(tile.segments, segment))


def news_for(profile: Profile, *, segment: str, on: date) -> tuple[NewsItem, ...]:
    """The news of this segment on this day, newest first."""
    shown = (item for item in profile.news if _for(item.segments, segment) and _runs(item, on))
    return tuple(sorted(shown, key=lambda item: item.starts, reverse=True))


def _for(segments: tuple[str, ...], segment: str) -> bool:
    return not segments or segment in segments


def _runs(item: NewsItem, on: date) -> bool:
    return item.starts <= on and (item.ends is None or on <= item.ends)
