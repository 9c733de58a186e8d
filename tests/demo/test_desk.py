"""What waits at the desk of a demo is offered, and refused for reasons that there are, at both mutuals."""

from pathlib import Path

import pytest

from entraide.demo.desk import _told, demo_desk
from entraide.profiles import load_profile

MUTUALS = Path(__file__).resolve().parents[2] / "mutuals"


@pytest.mark.parametrize("slug", ["mese", "mieux-etre"])
def test_each_reason_of_a_refusal_fits_the_type_of_its_request(slug: str) -> None:
    profile = load_profile(MUTUALS / slug)

    for one in demo_desk(profile).requests:
        fitting = {each.id for each in profile.desk.refusals_for(one.type, kind="deposit")}
        assert {act.reason for act in one.acts if act.verb == "refuse"} <= fitting, one


def test_every_request_of_the_file_is_offered_by_one_of_the_mutuals() -> None:
    offered = {
        one.type
        for slug in ("mese", "mieux-etre")
        for one in demo_desk(load_profile(MUTUALS / slug)).requests
    }

    assert {one.type for one in _told().requests} == offered
