"""What each notice would say to an invented person: for the gallery of mails, and to try every template.

A notice that is added to the catalogue gets its line here; a test asks for it.
"""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.utils import timezone, translation

from entraide.portal.foundation.events.models import Entry
from entraide.portal.notifications.catalogue import CATALOGUE
from entraide.portal.notifications.compose import compose
from entraide.portal.notifications.messages import CONTEXTS
from entraide.portal.notifications.models import Channel

PERSON = SimpleNamespace(
    full_name="Anne Vautrin",
    first_name="Anne",
    last_name="Vautrin",
    number="30041827",
    email="",
    mobile="+33639980177",
)
SECRETS = {
    "token": "0123456789abcdef" * 2,
    "safety_token": "fedcba9876543210" * 2,
    "code": "271828",
    "mobile": "",
    "email": "pharmacie@example.org",
    "to": "pharmacie@example.org",
    "sender": "Anne Vautrin",
    "starts_at": "2026-12-03T18:00:00+01:00",
    "titles": "Un nouveau centre optique\nVotre guide de l’hiver",
}
# The fields of the fact that the words need.
SAMPLES: dict[str, dict[str, Any]] = {
    "access_still_frozen": {},
    "account_activated": {},
    "answer_waits": {},
    "question_waits": {},
    "account_change_applied": {"reference": "DEMO-7K2M-94QX", "whole": True},
    "account_change_applied_sms": {},
    "account_change_asked": {"reference": "DEMO-7K2M-94QX", "whole": True, "effective_on": "2026-11-25"},
    "account_change_asked_sms": {"effective_on": "2026-11-25"},
    "account_change_cancelled": {"reference": "DEMO-7K2M-94QX", "by_other": False},
    "account_change_concerns": {"shares": True, "effective_on": "2026-11-25"},
    "account_change_concerns_applied": {"shares": True},
    "account_change_concerns_cancelled": {},
    "account_change_concerns_sms": {"effective_on": "2026-11-25"},
    "account_change_refused": {"reference": "DEMO-7K2M-94QX", "refusal": "holder_mismatch"},
    "account_frozen": {"change": "mobile_enrolled"},
    "account_link": {},
    "account_locked": {"hours": 24, "everywhere": False},
    "account_unfrozen": {},
    "access_move": {"kind": "invitation", "step": "asked"},
    "agent_factor_added": {"kind": "passkey"},
    "agent_factor_guessed": {"way": "app", "for_good": False},
    "agent_factor_removed": {"kind": "totp"},
    "agent_invited": {"reason": "new"},
    "agent_locked": {"hours": 24, "everywhere": False},
    "agent_new_browser": {"label": "Chrome sur Windows"},
    "agent_password_set": {},
    "agent_recovery_codes_made": {},
    "agent_recovery_used": {"left": 9},
    "agent_role_changed": {"role": "payer", "former": "handler"},
    "card_received": {"days": 7},
    "card_sent": {"days": 7},
    "card_sent_copy": {"days": 7},
    "cards_replaced": {},
    "care_shared": {},
    "care_unshared": {},
    "help_accepted": {"ends_on": "2027-02-21"},
    "help_asked": {"ends_on": "2027-02-21"},
    "help_ended": {},
    "help_offered": {},
    "checks_need_somebody": {},
    "code_channel_stopped": {"for_good": False},
    "contacts_changed": {"what": "address"},
    "data_export_ready": {"export": str(UUID(int=0))},
    "deposit_received": {"reference": "DEMO-7K2M-94QX", "files": 2, "call_at": "", "ends_on": ""},
    "enclosure_infected": {"reference": "DEMO-7K2M-94QX"},
    "enclosure_replaced": {"reference": "DEMO-7K2M-94QX"},
    "file_infected": {"reference": "DEMO-7K2M-94QX"},
    "emergency_opened": {},
    "email_changed": {"until": "2026-11-14T09:30:00+00:00", "had_one": True},
    "email_code": {},
    "email_confirmed": {"until": "2026-11-14T09:30:00+00:00", "had_one": True},
    "factor_added": {"kind": "passkey"},
    "factor_guessed": {"way": "app", "for_good": False},
    "factor_removed": {"kind": "totp", "was_last": True},
    "mobile_changed": {"until": "2026-11-14T09:30:00+00:00"},
    "mobile_code": {},
    "meeting_told": {"step": "day"},
    "news_published": {"items": 2},
    "number_link": {},
    "mobile_replaced": {},
    "mobile_enrolled": {"until": "2026-11-14T09:30:00+00:00"},
    "new_email_code": {},
    "new_browser": {"label": "Chrome sur Android"},
    "request_answered": {"reference": "DEMO-7K2M-94QX"},
    "request_question": {"reference": "DEMO-7K2M-94QX"},
    "request_refused": {"reference": "DEMO-7K2M-94QX"},
    "password_expires": {"days": 7, "on": "2026-11-30"},
    "password_link": {},
    "password_set": {},
    "payment_sent_back": {"reason": "AC04", "account": True},
    "recovery_codes_made": {},
    "recovery_used": {"left": 9},
    "sign_in_code": {},
    "statement_ready": {"statement": str(UUID(int=0)), "paid_on": "2026-11-24"},
    "step_up_code": {},
    "terms_accepted": {"version": "2026-11", "digest": "4f" * 32},
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A notice as it would leave; an SMS has no subject and no HTML."""

    notice: str
    channel: str
    fact: str
    subject: str
    body: str
    html: str


def names_of_notices() -> list[str]:
    """Every notice of the catalogue, once."""
    return sorted(_catalogue())


def written(notice: str, *, language: str, **more: Any) -> Sample:
    """This notice in this language, with its sample's values and `more`; KeyError for an unknown one."""
    channel, fact = _catalogue()[notice]
    data = {"language": language, **SAMPLES[notice], **more}
    entry = Entry(id=UUID(int=0), kind=fact, at=timezone.now(), data=data)
    with translation.override(language):
        values = {**data, **CONTEXTS[notice](entry, SECRETS), "person": PERSON}
        words = compose(notice, channel, values)
    return Sample(notice, channel.value, fact, words["subject"], words["body"], words["html"])


def _catalogue() -> dict[str, tuple[Channel, str]]:
    return {
        notice.name: (notice.channel, fact.__name__)
        for fact, notices in CATALOGUE.items()
        for notice in notices
    }
