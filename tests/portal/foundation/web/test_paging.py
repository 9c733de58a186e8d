"""Pages of a list that is not counted to its end."""

import pytest

from entraide.portal.foundation.web.paging import COUNTED, page_of


class Rows:
    """A list of that length, which notes how much of it was asked for."""

    def __init__(self, length: int) -> None:
        self.length, self.asked = length, 0

    def first(self, number: int) -> list[int]:
        self.asked = number
        # As a query that does not stop in the middle of a day.
        return list(range(min(number + 3, self.length)))


@pytest.mark.parametrize("length", [0, 1, 10, COUNTED - 1, COUNTED])
def test_a_short_list_is_counted(length: int) -> None:
    page = page_of(Rows(length).first, per_page=10, page=1)

    assert (page.paginator.count, page.paginator.more) == (length, False)


def test_a_long_list_is_read_no_further_than_is_counted() -> None:
    rows = Rows(100_000)

    page = page_of(rows.first, per_page=10, page=2)

    assert rows.asked == COUNTED + 1
    assert page.paginator.more
    assert list(page) == list(range(10, 20))


def test_every_row_is_on_one_page_and_the_last_page_knows_that_it_is() -> None:
    rows = Rows(127)

    pages = [page_of(rows.first, per_page=10, page=number) for number in range(1, 14)]

    assert [row for page in pages for row in page] == list(range(127))
    assert [page.has_next() for page in pages] == [True] * 12 + [False]
    assert (pages[-1].paginator.count, pages[-1].paginator.more) == (127, False)


@pytest.mark.parametrize(
    ("asked", "number"), [("3", 3), ("99", 13), ("9" * 30, 13), ("0", 1), ("-4", 1), ("x", 1), ("", 1)]
)
def test_what_an_address_asks_for_leads_to_a_page(asked: str, number: int) -> None:
    rows = Rows(127)

    assert page_of(rows.first, per_page=10, page=asked).number == number
    assert rows.asked <= 100_001


@pytest.mark.parametrize("asked", ["20", "21", "10000", "9" * 30])
def test_nobody_gets_beyond_the_last_page_of_a_list_that_has_one(asked: str) -> None:
    rows = Rows(100_000)

    page = page_of(rows.first, per_page=10, page=asked, last=20)

    assert rows.asked == 201
    assert (page.number, page.has_next(), page.paginator.more) == (20, False, True)
    assert list(page) == list(range(190, 200))
