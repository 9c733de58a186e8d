"""A mutual without what its own pages send is refused when it is loaded, and told which page needs it."""

import pytest

from entraide.profiles import Fault


@pytest.mark.parametrize(
    ("category", "address"), [("card", "/carte/renvoi/"), ("complaint", "/droits/reclamation/")]
)
def test_a_page_of_every_mutual_needs_its_category(green, category: str, address: str) -> None:
    green.change("papers.toml", f'id = "{category}"\n', f'id = "{category}-gone"\n')

    expected = f"one with own_form, a team and its days, for {address}"
    missing = Fault("papers.toml", "deposit.category", f'no category "{category}"', expected)
    assert missing in green.faults()


def test_the_category_is_kept_apart_and_has_the_type_that_is_sent(green) -> None:
    green.change("papers.toml", 'id = "card"\nown_form = true', 'id = "card"')
    green.change("papers.toml", 'id = "card-again"', 'id = "card-once-more"')

    told = {one.key: one.expected for one in green.faults()}
    assert told["deposit.category[card].own_form"] == "true: it is asked for at /carte/renvoi/"
    assert told["deposit.category[card].type"] == "the type card-again, for /carte/renvoi/"
