"""Who can sign in to the demo, as the page and scripts read it."""

from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import timezone

from entraide.demo import demo_accounts


def accounts() -> list[dict[str, Any]]:
    """One entry per fictitious person with a role, with the keys of the contract."""
    return _accounts(timezone.localdate())


@lru_cache(maxsize=4)
def _accounts(on: date) -> list[dict[str, Any]]:
    rows = []
    for one in demo_accounts(settings.PROFILE, on=on):
        row = asdict(one)
        row["birth_date"] = one.birth_date.strftime("%d/%m/%Y")
        rows.append(row)
    return rows
