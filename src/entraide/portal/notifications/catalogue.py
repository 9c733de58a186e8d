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
    access.PasswordSet: (
        Notice("account_activated", Channel.EMAIL, when=("purpose", "activation")),
        Notice("password_set", Channel.EMAIL, when=("purpose", "reset")),
        Notice("password_set", Channel.EMAIL, when=("purpose", "change")),
    ),
    access.AccountLocked: (Notice("account_locked", Channel.EMAIL),),
    access.PasswordExpires: (Notice("password_expires", Channel.EMAIL),),
    access.CodeSent: (
        Notice("sign_in_code", Channel.SMS, when=("purpose", "sign_in")),
        Notice("mobile_code", Channel.SMS, when=("purpose", "mobile_proof")),
        Notice("step_up_code", Channel.SMS, when=("purpose", "step_up")),
        Notice("email_code", Channel.EMAIL, when=("purpose", "email_proof")),
    ),
    access.FactorAdded: (Notice("factor_added", Channel.EMAIL),),
    access.FactorRemoved: (Notice("factor_removed", Channel.EMAIL),),
    access.RecoveryCodeUsed: (Notice("recovery_used", Channel.EMAIL),),
    access.MobileEnrolled: (Notice("mobile_enrolled", Channel.EMAIL),),
    access.CodeChannelStopped: (Notice("code_channel_stopped", Channel.EMAIL),),
    access.NewBrowser: (Notice("new_browser", Channel.EMAIL),),
    access.AccountFrozen: (Notice("account_frozen", Channel.EMAIL),),
    access.AccountUnfrozen: (Notice("account_unfrozen", Channel.EMAIL),),
    access.TermsAccepted: (Notice("terms_accepted", Channel.EMAIL),),
    requests.DepositReceived: (Notice("deposit_received", Channel.EMAIL),),
}


def connect() -> None:
    """Subscribes every notice to its fact; called once at start."""
    for fact, notices in CATALOGUE.items():
        for notice in notices:
            subscribe(fact, partial(write_delivery, notice.name, notice.channel, notice.when))
