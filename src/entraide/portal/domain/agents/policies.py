"""Which role may do what (A75), and how long a password must be for it (A74).

Rights that no page asks for yet stand here so that no role is ever given two that do not go together.
"""

from typing import TypedDict

from django.conf import settings
from django.db.models import TextChoices

from entraide.portal.domain.agents.enums import Role


class Right(TextChoices):
    READ_FILES = "read_files"
    READ_CARE = "read_care"
    READ_MEMBERS = "read_members"
    ANSWER_REQUESTS = "answer_requests"
    APPROVE_REQUESTS = "approve_requests"
    EXPORT_LISTS = "export_lists"
    APPROVE_EXPORTS = "approve_exports"
    CHECK_BANK_DETAILS = "check_bank_details"
    RELEASE_PAYMENTS = "release_payments"
    LIFT_FREEZE = "lift_freeze"
    GRANT_ACCESS = "grant_access"
    READ_JOURNAL = "read_journal"
    HANDLE_SOCIAL_FUND = "handle_social_fund"
    WRITE_PUBLICATIONS = "write_publications"
    PUBLISH = "publish"
    READ_FIGURES = "read_figures"
    READ_CHECKS = "read_checks"
    OPEN_IN_EMERGENCY = "open_in_emergency"
    REVIEW_EMERGENCIES = "review_emergencies"


_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.READER: frozenset({Right.READ_FILES, Right.READ_MEMBERS, Right.OPEN_IN_EMERGENCY}),
    Role.HANDLER: frozenset(
        {
            Right.READ_FILES,
            Right.READ_CARE,
            Right.READ_MEMBERS,
            Right.ANSWER_REQUESTS,
            Right.EXPORT_LISTS,
            Right.WRITE_PUBLICATIONS,
        }
    ),
    Role.PAYER: frozenset(
        {
            Right.READ_FILES,
            Right.READ_MEMBERS,
            Right.CHECK_BANK_DETAILS,
            Right.RELEASE_PAYMENTS,
            Right.OPEN_IN_EMERGENCY,
        }
    ),
    Role.SUPERVISOR: frozenset(
        {
            Right.READ_FILES,
            Right.READ_CARE,
            Right.READ_MEMBERS,
            Right.ANSWER_REQUESTS,
            Right.APPROVE_REQUESTS,
            Right.EXPORT_LISTS,
            Right.APPROVE_EXPORTS,
            Right.LIFT_FREEZE,
            Right.READ_FIGURES,
            Right.READ_CHECKS,
            Right.REVIEW_EMERGENCIES,
            Right.WRITE_PUBLICATIONS,
            Right.PUBLISH,
        }
    ),
    Role.SECURITY_ADMIN: frozenset({Right.GRANT_ACCESS, Right.READ_JOURNAL, Right.REVIEW_EMERGENCIES}),
    Role.DPO: frozenset({Right.READ_JOURNAL}),
    Role.SOCIAL_FUND: frozenset(
        {
            Right.READ_FILES,
            Right.READ_CARE,
            Right.ANSWER_REQUESTS,
            Right.HANDLE_SOCIAL_FUND,
            Right.OPEN_IN_EMERGENCY,
        }
    ),
}


def rights_of(role: Role) -> frozenset[Right]:
    """Everything that this role opens; what is not named here is closed."""
    return _RIGHTS[role]


def may(role: Role, right: Right) -> bool:
    return right in _RIGHTS[role]


class Lengths(TypedDict):
    min_length: int
    passphrase_min_length: int


def agent_password_lengths() -> Lengths:
    """In characters. A passphrase, where the profile knows any, is no shorter than any other password."""
    policy = settings.PROFILE.security
    shortest, passphrase = policy.agent_password_min_length, policy.passphrase_min_length
    return {
        "min_length": shortest,
        "passphrase_min_length": max(passphrase, shortest) if passphrase else 0,
    }
