"""Whatever is done at the door, in whatever order, the pages and the model agree (A18, X7)."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.portal.member_site.access.machine import PASSWORDS, Machine

PLAY = settings(
    max_examples=30,
    stateful_step_count=50,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)

Step = tuple[str, dict[str, object]]

# What chance may leave out, once: each road leads straight to one promise of the door.
ROADS: dict[str, tuple[Step, ...]] = {
    "the fifth wrong password locks": (
        ("guess", {"who": "stranger", "times": 5}),
        ("type_a_password", {"who": "stranger", "which": "right"}),
    ),
    "after a lock the password is chosen anew": (
        ("guess", {"who": "stranger", "times": 5}),
        ("come_back_after_a_lock", {"who": "stranger", "in_time": True}),
    ),
    "strangers do not lock a known browser out": (("come_home_to_guesses", {}),),
    "a password expires": (("come_back_after_half_a_year", {"days": 181}),),
    "no password serves twice": (("forget_and_choose_a_former_one", {}),),
    "a link is over after its time": (("ask_for_a_link", {}), ("read_the_mail_later", {"minutes": 121})),
    "a new link ends the one before": (("use_the_older_of_two_mails", {}),),
    "a link asks for the birth date": (
        ("ask_for_a_link", {}),
        ("set_a_password", {"newest": True, "password": PASSWORDS[5], "own_birthday": False}),
    ),
    "a new password ends the lock": (("hold_a_link_through_a_lock", {}),),
    "a lock holds links back where the policy says so": (
        ("guess", {"who": "stranger", "times": 5}),
        ("ask_for_a_link", {}),
    ),
    "a code is over after its time": (("take_too_long", {"who": "own", "minutes": 11}),),
    "a code bears so many guesses": (("know_too_late", {"who": "own"}),),
    "so many codes leave in an hour": (("want_code_after_code", {"who": "own", "times": 7}),),
    "a wrong code does not open": (
        ("come_to_the_code", {"who": "own"}),
        ("type_a_code", {"who": "own", "which": "wrong"}),
    ),
    "a code opens its own sign-in only": (("look_over_the_shoulder", {}),),
    "a new password shuts a half-open door": (("change_the_password_meanwhile", {}),),
}


@pytest.mark.django_db
@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS)
def test_every_road_is_walked_once(road: tuple[Step, ...]) -> None:
    """AUTH-05, AUTH-08, PWD-10, X2, X7, A6, A8, A10, A16, A18."""
    machine = Machine()
    try:
        machine.a_member()
        for rule, arguments in road:
            getattr(machine, rule)(**arguments)
    finally:
        machine.teardown()


@pytest.mark.django_db
def test_the_door_holds_in_every_order_of_events() -> None:
    """AUTH-05, AUTH-08, AUTH-09, PWD-10, X2, X7, A5, A6, A8, A9, A10, A16, A18."""
    run_state_machine_as_test(Machine, settings=PLAY)
