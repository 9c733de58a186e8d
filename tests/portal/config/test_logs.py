"""What a fault leaves in the logs (A66)."""

import pytest

from entraide.portal.config.logs import without_words

NIR = "284013818500187"


def fail() -> None:
    try:
        int(f"{NIR}x")
    except ValueError as error:
        raise LookupError(f"no person {NIR}") from error


@pytest.mark.parametrize("given", ["true", "tuple", "error"])
def test_a_fault_is_logged_with_its_place_and_kind_but_never_its_words(given: str) -> None:
    """A66: a database says which row it refused, a number which digits it was given."""
    try:
        fail()
    except LookupError as error:
        found = {"true": True, "tuple": (type(error), error, error.__traceback__), "error": error}[given]
        event = without_words(None, "error", {"event": "page.failed", "exc_info": found})

    assert NIR not in str(event)
    for part in ("ValueError\n", "LookupError\n", "test_logs.py", "in fail"):
        assert part in event["exception"]


@pytest.mark.parametrize("nothing", [None, False])
def test_a_line_without_a_fault_says_nothing_of_one(nothing: object) -> None:
    assert without_words(None, "info", {"event": "ready", "exc_info": nothing}) == {"event": "ready"}
