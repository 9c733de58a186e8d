"""Whatever is done at the door, in whatever order, the pages and the model agree (A18, X7)."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.portal.member_site.access.machine import Machine

PLAY = settings(
    max_examples=30,
    stateful_step_count=50,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_the_door_holds_in_every_order_of_events() -> None:
    """AUTH-05, AUTH-08, AUTH-09, PWD-10, X2, X7, A5, A6, A8, A9, A10, A16, A18."""
    run_state_machine_as_test(Machine, settings=PLAY)
