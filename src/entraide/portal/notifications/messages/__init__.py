"""What each notice needs besides the fact itself: a function per folder, `(entry, secrets) → values`."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from entraide.formats.sepa import reason_in_words
from entraide.portal.domain.agents.actions.people import INVITATION_HOURS
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.words import role_words
from entraide.portal.domain.bank.enums import RefusalReason
from entraide.portal.domain.bank.words import refusal_in_words
from entraide.portal.foundation.events.facts import Secrets
from entraide.portal.foundation.events.models import Entry
from entraide.profiles import Text

Context = Callable[[Entry, Secrets], dict[str, Any]]


def _nothing(_entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {}


def _link(_entry: Entry, secrets: Secrets) -> dict[str, Any]:
    # From the configured public address, never from a request (X3, A54).
    address = settings.ENTRAIDE.public_url + reverse("set-password", args=[secrets["token"]])
    return {"link": address, "minutes": settings.PROFILE.security.link_minutes}


def _expiry(entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {"expires_on": date.fromisoformat(entry.data["on"])}


def _code(_entry: Entry, secrets: Secrets) -> dict[str, Any]:
    return {"code": secrets["code"], "minutes": settings.PROFILE.security.code_minutes}


def _request(entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    address = settings.ENTRAIDE.public_url + reverse("requests:detail", args=[entry.data["reference"]])
    return {"link": address}


def _about_request(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    """With what goes along, and with a complaint alone: its clock, and after the answer the mediator."""
    of_law = entry.data.get("legal_clock")
    return {
        **_request(entry, secrets),
        "mediator": settings.PROFILE.mediator if of_law else None,
        # Facts of a former version do not tell.
        "enclosed": entry.data.get("enclosed", 0),
    }


def _at_the_desk(entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    address = reverse("agents:request", args=[entry.data["reference"]])
    return {"link": settings.ENTRAIDE.public_url + address}


def _infected(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    # Without a request it is the RIB of a change of account.
    return _request(entry, secrets) if entry.data["reference"] else _bank(entry, secrets)


def _deposit(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    told, ends_on = entry.data.get("call_at"), entry.data.get("ends_on")
    known = {**_request(entry, secrets), "ends_on": date.fromisoformat(ends_on) if ends_on else None}
    if not told:
        return {**known, "call_at": None}
    address = reverse("call-back-calendar", args=[entry.data["reference"]])
    return {
        **known,
        "call_at": datetime.fromisoformat(told),
        "calendar": settings.ENTRAIDE.public_url + address,
    }


def _statement(entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {
        "paid_on": date.fromisoformat(entry.data["paid_on"]),
        "link": settings.ENTRAIDE.public_url + reverse("statements"),
    }


def _news(_entry: Entry, secrets: Secrets) -> dict[str, Any]:
    return {
        "titles": secrets["titles"].split("\n"),
        # Facts of a former version do not tell which page.
        "link": settings.ENTRAIDE.public_url + reverse(secrets.get("page") or "news"),
    }


def _meeting(_entry: Entry, secrets: Secrets) -> dict[str, Any]:
    return {
        "starts_at": datetime.fromisoformat(secrets["starts_at"]),
        "link": settings.ENTRAIDE.public_url + reverse("prevention"),
    }


def _sent_back(entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    why = reason_in_words(entry.data["reason"])
    return {"why": Text(why.fr, why.en), "link": settings.ENTRAIDE.public_url + reverse("bank")}


def _bank(_entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {"link": settings.ENTRAIDE.public_url + reverse("bank")}


def _bank_change(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    return {
        **_bank(entry, secrets),
        **_safety(entry, secrets),
        "starts_on": date.fromisoformat(entry.data["effective_on"]),
    }


def _bank_refused(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    return {**_bank(entry, secrets), "why": refusal_in_words(RefusalReason(entry.data["refusal"]))}


def _export(_entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {"link": settings.ENTRAIDE.public_url + reverse("my-data")}


def _checks(_entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {"link": settings.ENTRAIDE.public_url + reverse("agents:checks")}


def _emergency(entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    address = settings.ENTRAIDE.public_url + reverse("agents:emergency-reviews")
    return {"opened_at": entry.at, "link": address}


def _moment(entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {"accepted_at": entry.at}


def _safety(_entry: Entry, secrets: Secrets) -> dict[str, Any]:
    token = secrets.get("safety_token", "")
    path = reverse("not-me", args=[token]) if token else ""
    return {"safety_link": settings.ENTRAIDE.public_url + path if token else ""}


def _enrolled(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    return {**_safety(entry, secrets), "bank_waits_until": datetime.fromisoformat(entry.data["until"])}


def _changed(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    return {
        **_enrolled(entry, secrets),
        "changed_at": entry.at,
        "link": settings.ENTRAIDE.public_url + reverse("contacts"),
    }


def _contacts(entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {"changed_at": entry.at, "link": settings.ENTRAIDE.public_url + reverse("contacts")}


def _browser(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    return {**_safety(entry, secrets), "signed_in_at": entry.at}


def _invitation(_entry: Entry, secrets: Secrets) -> dict[str, Any]:
    address = settings.ENTRAIDE.public_url + reverse("agents:invitation", args=[secrets["token"]])
    return {"link": address, "hours": INVITATION_HOURS}


def _team(_entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {"link": settings.ENTRAIDE.public_url + reverse("agents:staff")}


def _card(_entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {"link": settings.ENTRAIDE.public_url + reverse("card")}


def _card_link(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    address = settings.ENTRAIDE.public_url + reverse("card-linked", args=[secrets["token"]])
    return {
        "link": address,
        "sender": secrets["sender"],
        "expires_at": entry.at + timedelta(days=entry.data["days"]),
    }


def _card_copy(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    """Where it went, and not the link itself: whoever reads the copy has the card anyway."""
    return {**_card_link(entry, secrets), **_card(entry, secrets), "to": secrets["to"]}


def _role(entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {
        "role_words": role_words(Role(entry.data["role"])),
        "former_words": role_words(Role(entry.data["former"])),
    }


def _arrival(entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {"signed_in_at": entry.at}


def _sharing(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    return {**_safety(entry, secrets), "link": settings.ENTRAIDE.public_url + reverse("sharing")}


def _help(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    return {**_sharing(entry, secrets), "until": date.fromisoformat(entry.data["ends_on"])}


# Messages that only carry a code: worth nothing once it is over, and confusing beside the next one.
FLEETING = frozenset({"sign_in_code", "mobile_code", "step_up_code", "email_code", "new_email_code"})

CONTEXTS: dict[str, Context] = {
    "access_still_frozen": _nothing,
    "answer_waits": _nothing,
    "question_waits": _nothing,
    "account_change_applied": _bank,
    "account_change_applied_sms": _nothing,
    "account_change_asked": _bank_change,
    "account_change_asked_sms": _bank_change,
    "account_change_cancelled": _bank,
    "account_change_concerns": _bank_change,
    "account_change_concerns_applied": _bank,
    "account_change_concerns_cancelled": _bank,
    "account_change_concerns_sms": _bank_change,
    "account_change_refused": _bank_refused,
    "account_activated": _safety,
    "account_frozen": _nothing,
    "account_unfrozen": _nothing,
    "account_link": _link,
    "access_move": _team,
    "agent_factor_added": _nothing,
    "agent_factor_guessed": _nothing,
    "agent_factor_removed": _nothing,
    "agent_invited": _invitation,
    "agent_locked": _nothing,
    "agent_new_browser": _arrival,
    "agent_password_set": _nothing,
    "agent_recovery_codes_made": _nothing,
    "agent_recovery_used": _nothing,
    "agent_role_changed": _role,
    "number_link": _link,
    "password_link": _link,
    "password_set": _safety,
    "account_locked": _nothing,
    "password_expires": _expiry,
    "sign_in_code": _code,
    "mobile_code": _code,
    "step_up_code": _code,
    "email_code": _code,
    "new_email_code": _code,
    "mobile_enrolled": _enrolled,
    "mobile_changed": _changed,
    "mobile_replaced": _nothing,
    "emergency_opened": _emergency,
    "email_changed": _changed,
    "email_confirmed": _changed,
    "contacts_changed": _contacts,
    "factor_added": _safety,
    "factor_removed": _safety,
    "factor_guessed": _nothing,
    "recovery_codes_made": _safety,
    "recovery_used": _safety,
    "new_browser": _browser,
    "care_shared": _sharing,
    "care_unshared": _sharing,
    "card_received": _card_link,
    "card_sent": _card_link,
    "card_sent_copy": _card_copy,
    "cards_replaced": _card,
    "help_accepted": _help,
    "help_asked": _help,
    "help_ended": _sharing,
    "help_offered": _sharing,
    "checks_need_somebody": _checks,
    "code_channel_stopped": _nothing,
    "data_export_ready": _export,
    "deposit_received": _deposit,
    "enclosure_infected": _at_the_desk,
    "enclosure_replaced": _request,
    "file_infected": _infected,
    "request_answered": _about_request,
    "request_question": _about_request,
    "request_refused": _about_request,
    "meeting_told": _meeting,
    "news_published": _news,
    "payment_sent_back": _sent_back,
    "statement_ready": _statement,
    "terms_accepted": _moment,
}
