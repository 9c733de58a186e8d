"""Pages of a list that is too long to be counted for whoever only wants its newest rows."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.paginator import Page, Paginator

Row = TypeVar("Row")

if TYPE_CHECKING:
    _Paginator = Paginator[Any]
else:
    _Paginator = Paginator

# Up to here a list says how many rows it has; beyond, that there are more.
COUNTED = 50
# Bounds what an address can ask for.
_LAST_PAGE = 10_000


class OpenPaginator(_Paginator):
    """As Django's, of the first rows of a list. `more`: there are others, not counted.

    `count` is exact unless `more`; every page can be reached from the one before.
    """

    def __init__(self, rows: list[Any], per_page: int, *, more: bool) -> None:
        super().__init__(rows, per_page)
        self.more = more


def page_of(
    first: Callable[[int], list[Row]], *, per_page: int, page: int | str, last: int = _LAST_PAGE
) -> Page[Row]:
    """One page of a list whose `first(n)` gives n rows, or all there are; the last one when there are fewer.

    Asked once: for the rows up to the end of the page, or for as many as are counted, and one more. Nobody
    gets beyond page `last`: for lists whose far end costs much and serves nobody.
    """
    number = _number(page, last=last)
    reach = max(COUNTED, number * per_page)
    rows = first(reach + 1)[: reach + 1]
    shown = rows[: last * per_page]
    return OpenPaginator(shown, per_page, more=len(rows) > reach).get_page(number)


def _number(page: int | str, *, last: int) -> int:
    try:
        return min(max(int(page), 1), last)
    except ValueError:
        return 1
