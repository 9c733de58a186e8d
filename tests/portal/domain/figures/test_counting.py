"""How long answers take: counted as promises are, of the last 30 days, and never of too few (B-10)."""

from datetime import UTC, date, datetime, timedelta

from entraide.portal.domain.figures.counting import LEAST, count_delays, days_taken
from entraide.portal.domain.figures.models import Delay
from entraide.portal.domain.figures.queries import FRESH_FOR, delay_of, delays_now
from entraide.portal.domain.figures.subjects import key_of, subjects
from entraide.portal.foundation.tasks.queue import drain, enqueue
from tests.conftest import Household
from tests.portal.domain.figures.answered import CATEGORY, answered, many_answered

MONDAY = datetime(2026, 6, 8, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)


def at(day: int) -> datetime:
    return MONDAY + timedelta(days=day)


def taken(*history: tuple[str, int]) -> list[int]:
    steps = [(state, at(day)) for state, day in history]
    return list(days_taken(steps, since=at(-30), until=at(30)))


def test_days_are_working_days_without_those_on_which_we_waited_for_the_member() -> None:
    assert taken(("received", 0), ("done", 0)) == [0]
    # Over a week-end.
    assert taken(("received", 4), ("done", 7)) == [1]
    asked = [("received", 0), ("waiting_for_member", 0), ("in_progress", 3), ("done", 4)]
    assert taken(*asked) == [1]
    assert taken(*asked[:2], ("refused", 4)) == [0]
    assert taken(("received", 0), ("withdrawn", 1)) == []


def test_a_request_that_is_opened_again_starts_anew() -> None:
    assert taken(("received", 0), ("done", 1), ("in_progress", 8), ("done", 10)) == [1, 2]


def test_a_clock_that_went_backwards_takes_no_time() -> None:
    assert taken(("received", 4), ("waiting_for_member", 2), ("in_progress", 0), ("done", 1)) == [0]
    assert taken(("received", 0), ("done", 45)) == []


def test_half_and_nine_in_ten_of_the_answers_of_30_days(household: Household) -> None:
    # Nine after a day, two after four, seven after five (no week-end counts), two after ten.
    many_answered(household.primary, [1] * 9 + [4] * 2 + [7] * 7 + [14] * 2, at=FRIDAY)
    answered(household.primary, [("received", at(-90)), ("done", at(-31))])
    answered(household.primary, [("received", at(0))])

    count_delays(now=FRIDAY + timedelta(hours=1))

    line = delay_of("deposit", CATEGORY.id, CATEGORY.types[0].id, on=FRIDAY.date())
    assert line is not None
    assert (line.answers, line.half, line.nine) == (LEAST, 4, 5)
    assert line.now == (
        "En ce moment, la moitié des réponses arrivent en 4 jours ouvrés, neuf sur dix en 5 jours ouvrés."
    )


def test_too_few_answers_give_no_figure_but_the_promise(household: Household) -> None:
    many_answered(household.primary, [1] * (LEAST - 1), at=FRIDAY)
    many_answered(household.primary, [1] * LEAST, at=FRIDAY, kind="call_back")

    count_delays(now=FRIDAY)

    assert not delays_now(on=FRIDAY.date()).has_figures
    line = delay_of("deposit", CATEGORY.id, CATEGORY.types[0].id, on=FRIDAY.date())
    assert line is not None
    assert (line.half, line.now) == (None, "")
    assert "jours ouvrés" in line.promised
    assert delay_of("call_back", "message", "message-other", on=FRIDAY.date()) is None


def test_the_worker_counts_and_one_count_replaces_the_other(household: Household) -> None:
    Delay.objects.create(kind="claim", answers=400, half_days=1, nine_days=2, counted_on=date(2020, 1, 1))

    enqueue("figures.delays", {})
    drain()

    found = delays_now(on=Delay.objects.values_list("counted_on", flat=True)[0])
    assert [one.answers for one in found.lines] == [0] * len(subjects())
    assert found.counted_on is not None


def test_figures_of_another_week_and_of_a_day_to_come_are_not_of_the_moment(household: Household) -> None:
    many_answered(household.primary, [1] * LEAST, at=FRIDAY)
    count_delays(now=FRIDAY)
    today = FRIDAY.date()

    assert delays_now(on=today + FRESH_FOR).has_figures
    for other in (today + FRESH_FOR + timedelta(days=1), today - timedelta(days=1)):
        assert delays_now(on=other).counted_on is None
        assert not delays_now(on=other).has_figures


def test_every_type_of_the_catalogue_has_its_line() -> None:
    """What is promised much later than the rest of its category stands alone."""
    known = {one.key for one in subjects()}
    for subject in subjects():
        shortest, longest = subject.promised
        assert 0 < shortest <= longest <= 2 * shortest
    assert key_of("deposit", CATEGORY.id, CATEGORY.types[0].id) in known
    assert key_of("claim", "whatever", "else") in known
    assert key_of("deposit", "gone", "gone") not in known
    assert len({one.label for one in subjects()}) == len(known)
