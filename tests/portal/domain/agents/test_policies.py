"""Which role may do what (A75)."""

import pytest

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.policies import Right, may, rights_of


@pytest.mark.parametrize("role", Role)
def test_no_role_both_grants_access_and_reads_care(role: Role) -> None:
    """A75"""
    assert not (may(role, Right.GRANT_ACCESS) and may(role, Right.READ_CARE))


@pytest.mark.parametrize("role", Role)
def test_no_role_both_opens_in_an_emergency_and_reviews_or_grants(role: Role) -> None:
    """A75, A76: who gives accesses never comes to read care, not even for half an hour."""
    opens = may(role, Right.OPEN_IN_EMERGENCY)
    assert not (opens and (may(role, Right.REVIEW_EMERGENCIES) or may(role, Right.GRANT_ACCESS)))


@pytest.mark.parametrize("role", Role)
def test_no_role_both_releases_payments_and_answers_requests(role: Role) -> None:
    """A73: who accepts a claim is not who pays it."""
    assert not (may(role, Right.RELEASE_PAYMENTS) and may(role, Right.ANSWER_REQUESTS))


def test_every_role_opens_exactly_what_stands_here() -> None:
    """A75: a right that is given to one more role is given here too, on purpose."""
    table = {role.value: {right.value for right in rights_of(role)} for role in Role}

    assert table == {
        "reader": {"read_files", "read_members", "open_in_emergency"},
        "handler": {
            "read_files",
            "read_care",
            "read_members",
            "answer_requests",
            "export_lists",
            "write_publications",
        },
        "payer": {
            "read_files",
            "read_members",
            "check_bank_details",
            "release_payments",
            "open_in_emergency",
        },
        "supervisor": {
            "read_files",
            "read_care",
            "read_members",
            "answer_requests",
            "approve_requests",
            "export_lists",
            "approve_exports",
            "lift_freeze",
            "read_figures",
            "read_checks",
            "review_emergencies",
            "write_publications",
            "publish",
        },
        "security_admin": {"grant_access", "read_journal", "review_emergencies"},
        "dpo": {"read_journal"},
        "social_fund": {
            "read_files",
            "read_care",
            "answer_requests",
            "handle_social_fund",
            "open_in_emergency",
        },
    }


def test_every_right_belongs_to_somebody() -> None:
    assert set(Right) == {right for role in Role for right in rights_of(role)}
