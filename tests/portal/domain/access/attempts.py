"""Attempts to sign in, as the tests of the door make them."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from entraide.portal.domain.access.actions.sign_in import Outcome, check_credentials
from entraide.portal.domain.access.browsers import remember_browser
from entraide.portal.domain.members.models import Beneficiary

NUMBER = "30041827"
WRONG = "Tilleul-2019-rouge"
NOW = timezone.now()
Sent = Callable[[], list]


def attempt(
    password: str,
    *,
    number: str = NUMBER,
    after: timedelta = timedelta(),
    source: str = "192.0.2.1",
    browser: str = "",
) -> Outcome:
    return check_credentials(number, password, source=source, browser=browser, now=NOW + after)


def fail(times: int, *, number: str = NUMBER, after: timedelta = timedelta(), browser: str = "") -> None:
    for turn in range(times):
        source = f"198.51.100.{turn}"
        assert attempt(WRONG, number=number, after=after, source=source, browser=browser).account is None


def known_browser(person: Beneficiary, *, token: str = "") -> str:
    assert person.account is not None
    return remember_browser(person.account, token, label="Firefox", now=NOW).token
