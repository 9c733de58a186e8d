"""Which fact tells whom by which channel. A notice is a folder of `messages/` and one line here."""

from dataclasses import dataclass
from functools import partial

from entraide.portal.domain.access import events as access
from entraide.portal.domain.requests import events as requests
from entraide.portal.foundation.events.facts import Fact, subscribe
from entraide.portal.notifications.compose import write_delivery
from entraide.portal.notifications.models import Channel


@dataclass(frozen=True, slots=True)
class Notice:
    """One message about a fact: `name` is its folder; `when` narrows it to one value of a field."""

    name: str
    channel: Channel
    when: tuple[str, str] | None = None


CATALOGUE: dict[type[Fact], tuple[Notice, ...]] = {
    access.PasswordLinkAsked: (
        Notice("account_link", Channel.EMAIL, when=("purpose", "activation")),
        Notice("password_link", Channel.EMAIL, when=("purpose", "reset")),
    ),
    access.PasswordSet: (Notice("password_set", Channel.EMAIL),),
    access.AccountLocked: (Notice("account_locked", Channel.EMAIL),),
    access.CodeSent: (
        Notice("sign_in_code", Channel.SMS, when=("purpose", "sign_in")),
        Notice("mobile_code", Channel.SMS, when=("purpose", "mobile_proof")),
        Notice("email_code", Channel.EMAIL, when=("purpose", "email_proof")),
    ),
    access.MobileEnrolled: (Notice("mobile_enrolled", Channel.EMAIL),),
    requests.DepositReceived: (Notice("deposit_received", Channel.EMAIL),),
}


def connect() -> None:
    """Subscribes every notice to its fact; called once at start."""
    for fact, notices in CATALOGUE.items():
        for notice in notices:
            subscribe(fact, partial(write_delivery, notice.name, notice.channel, notice.when))
