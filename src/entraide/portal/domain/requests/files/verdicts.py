"""What a check can find wrong with a file."""

from enum import StrEnum


class Fault(StrEnum):
    EMPTY = "empty"
    TOO_BIG = "too_big"
    UNKNOWN_KIND = "unknown_kind"
    RENAMED = "renamed"
    NOT_AT_START = "not_at_start"
    MIXED = "mixed"
    BROKEN = "broken"
    LOCKED = "locked"
    ACTIVE = "active"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"


class Refused(Exception):
    """The file is not one that we keep."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault
