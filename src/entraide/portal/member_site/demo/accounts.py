"""Who can sign in to the demo, as the page and scripts read it."""

from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import timezone

from entraide.demo import DemoAgentAccount, demo_accounts, demo_agents


def accounts() -> list[dict[str, Any]]:
    """One entry per fictitious person with a role, with the keys of the contract."""
    return [*_accounts(timezone.localdate()), *(_agent(one) for one in demo_agents(settings.PROFILE))]


def members() -> list[dict[str, Any]]:
    """Only those with a member's space."""
    return _accounts(timezone.localdate())


def agents() -> list[dict[str, Any]]:
    """The people of the mutual, each with the code that an app shows right now."""
    now = timezone.now()
    return [{**_agent(one), "code": one.code_at(now)} for one in demo_agents(settings.PROFILE)]


def _agent(one: DemoAgentAccount) -> dict[str, Any]:
    """The same keys as a member's, empty where they mean nothing for an agent."""
    return {
        "role": one.demo_role,
        "segment": None,
        "member_number": one.identifier,
        "password": one.password,
        "nir": None,
        "birth_date": None,
        "birth_department": None,
        "last_name": one.last_name,
        "first_name": one.first_name,
        "activated": True,
        "mobile": None,
        "email": one.identifier,
        "household": None,
        "totp_secret": one.totp_secret,
    }


@lru_cache(maxsize=4)
def _accounts(on: date) -> list[dict[str, Any]]:
    rows = []
    for one in demo_accounts(settings.PROFILE, on=on):
        row = asdict(one)
        row["birth_date"] = one.birth_date.strftime("%d/%m/%Y")
        rows.append(row)
    return rows
