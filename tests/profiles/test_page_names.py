"""Pages that are named to members who could not open them (PLAT-03, RET-01, SOC-01, X15)."""

import pytest

from entraide.profiles import Fault, load_profile
from tests.profiles.conftest import Copy

# Where a page is named to everybody: the file, the words there, the key of the fault.
PLACES = {
    "menu": ("menu.toml", 'entry = [\n  { page = "contract"', "category[personal].entry[{page}].page"),
    "tile": ("menu.toml", '[[tile]]\npage = "deposit"', "tile[{page}].page"),
    "news": ("news.toml", 'page = "requests"', "item[new-space-2026].page"),
    "help": ("help.toml", 'link = { page = "delays"', "question[{question}].link.page"),
    "prevention": ("texts/prevention.toml", 'page = "information_documents"', "help[1].page"),
}
# Pages that not everybody can open at this mutual: what is found there, what is expected.
PAGES = {
    "legal_protection": (
        '"legal_protection", which has no partner',
        "a [[partner]] in partners.toml for collectif, individuel",
    ),
    "hardship_fund": ('"hardship_fund", and no fund', "the file social_fund.toml beside it"),
    "retirement": ("shown to individuel", "segments of retirement.toml"),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("place", PLACES)
def test_a_page_that_not_all_of_its_readers_can_open_is_refused(green: Copy, place: str, page: str) -> None:
    file, words, key = PLACES[place]
    name = words.rsplit('page = "', 1)[1].rstrip('"')
    green.change(file, words, words.replace(f'"{name}"', f'"{page}"'))

    found, expected = PAGES[page]
    told = key.format(page=page, question="when-paid")
    assert green.faults() == (Fault(file, told, found, expected),)


def test_a_page_for_some_may_be_named_to_them(green: Copy) -> None:
    """The same words, with the segment that can open the page."""
    green.change("news.toml", 'page = "requests"', 'page = "retirement"\nsegments = ["collectif"]')

    assert load_profile(green.folder).news[0].page == "retirement"


def test_a_mutual_that_gives_its_fund_up_is_told_where_it_is_still_named(copy_of) -> None:
    warm = copy_of("mieux-etre")
    (warm.folder / "social_fund.toml").unlink()

    places = {(one.file, one.key) for one in warm.faults() if one.expected.startswith("the file social_fund")}
    assert ("menu.toml", "tile[hardship_fund].page") in places
    assert any(".entry[hardship_fund].page" in key for _file, key in places)


def test_where_a_file_cannot_be_read_its_page_is_left_for_the_next_try(copy_of) -> None:
    green, warm = copy_of("mese"), copy_of("mieux-etre")
    green.add("retirement.toml", "segments = [")
    warm.add("social_fund.toml", "aid = [")

    assert {one.file for one in green.faults()} == {"retirement.toml"}
    assert {one.file for one in warm.faults()} == {"social_fund.toml"}


def test_a_page_is_looked_at_although_another_file_is_missing(green: Copy) -> None:
    (green.folder / "news.toml").unlink()
    green.change("menu.toml", '[[tile]]\npage = "deposit"', '[[tile]]\npage = "hardship_fund"')

    assert [one.key for one in green.faults()] == ["", "tile[hardship_fund].page"]
