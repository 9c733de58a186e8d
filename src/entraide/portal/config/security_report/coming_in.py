"""Locks, links and second factors against ASVS 6.1 to 6.6 and CNIL 2025-019."""

from entraide.portal.config.security_report.finding import Deviation, Findings
from entraide.profiles import Security

CODE_MINUTES = 10
DAY_MINUTES = 24 * 60


def lockout(policy: Security) -> Findings:
    tries, hours = policy.lock_attempts, policy.lock_hours
    yield (
        f"{tries} wrong passwords lock an access for {hours} hours; networks are slowed down, an alarm "
        "sounds after "
        f"{policy.storm_failures} failures an hour (6.3.1)."
    )
    yield "Known and unknown people get the same answers, after the same work (6.3.8)."
    yield "A lock and a sign-in from a new browser are told by mail (6.3.5)."
    if policy.reset_during_lock:
        yield (
            "Strangers lock nobody out: known browsers are counted apart, a new password ends a lock (6.1.1)."
        )
        return
    yield Deviation(
        "lockout",
        f"Whoever knows a number can lock its access for {hours} hours everywhere but on the member's own "
        "browsers, "
        "and no link to a new password leaves meanwhile.",
        "ASVS 6.1.1 asks that nobody be locked out on purpose.",
        'Kept because the guides of the mutuals say so; to change it: "reset_during_lock" = true.',
    )


def human_check(policy: Security) -> Findings:
    yield "The human check is drawn here, has an alternative, and no limit counts on it (2.4.1)."
    if policy.check_when == "risk":
        yield "The human check comes where something is unusual (6.1.1, adaptive response)."
        return
    yield Deviation(
        "human check",
        "A human check stands in each sign-in.",
        "ASVS 6.1.1 speaks of an adaptive response, where something is unusual; programs pass such checks, "
        "people stumble.",
        'Kept because the guides of the mutuals show it; to change it: "check_when" = "risk".',
    )


def birth_date(_policy: Security) -> Findings:
    yield Deviation(
        "birth date",
        "The page behind a link to a new password asks for the birth date, and activation for the health "
        "number, "
        "the birth date and the name.",
        "ASVS 6.4.2 forbids questions about what the person knows.",
        "Kept because the guides of the mutuals say so, and worth nothing by themselves: the link goes "
        "to the address "
        "on file only, and the second factor follows. No key changes this.",
    )


def link(policy: Security) -> Findings:
    minutes = policy.link_minutes
    if minutes <= DAY_MINUTES:
        yield (
            f"A link to a new password serves once, within {minutes} minutes, and signs nobody in (6.4.1, "
            "6.4.3)."
        )
        return
    yield Deviation(
        "link",
        f"A link to a new password is valid for {minutes} minutes.",
        "ASVS 6.4.1 asks for a short time; a day is the most that is usual.",
        'To change: "link_minutes" = 120.',
    )


def sms(policy: Security) -> Findings:
    yield Deviation(
        "SMS",
        "The second factor of most members is a code by SMS, sent to the number that the mutual has on file.",
        "ASVS 6.6.1 allows it only to a number that was proved, beside a stronger way, and not at level 3; "
        "CNIL 2025-019 "
        "finds it safer than a password alone but open to interception, stolen numbers and phishing.",
        "Kept because every member can receive one; apps and passkeys are offered at the first sign-in "
        "and every "
        f"{policy.factor_offer_days} days, and whoever has one is no longer sent SMS to come in. No key "
        "changes this.",
    )
    yield "Nobody comes in on a password alone (6.3.3; CNIL 2025-019); agents need an app or a passkey."


def email_code(policy: Security) -> Findings:
    yield Deviation(
        "e-mail code",
        "Who has no mobile on file proves the address on file by a code before giving one.",
        "ASVS 6.3.6 (level 3) and the introduction of 6.6 exclude e-mail, and for CNIL 2025-019 a password "
        "and a code by "
        "e-mail are two steps, not two factors.",
        "Kept because the other way would let the thief of a password give a mobile of their own; the "
        "mobile is then "
        f"proved too, and for {policy.cooling_hours} hours bank details cannot change and a link in the "
        "notice undoes "
        "it all. No key changes this.",
    )


def codes(policy: Security) -> Findings:
    yield (
        f"A code has 6 digits, serves once and for one sign-in, for {policy.code_tries} tries (6.5.1, "
        "6.5.3, 6.5.4, "
        "6.6.2, 6.6.3)."
    )
    if policy.code_minutes <= CODE_MINUTES:
        yield f"A code is valid for {policy.code_minutes} minutes (6.5.5)."
        return
    yield Deviation(
        "code lifetime",
        f"A code is valid for {policy.code_minutes} minutes.",
        f"ASVS 6.5.5 allows {CODE_MINUTES}.",
        f'To change: "code_minutes" = {CODE_MINUTES}.',
    )


def apps(_policy: Security) -> Findings:
    yield Deviation(
        "app codes",
        "A code of an authenticator app is accepted during its 30 seconds and the 30 before and after.",
        "ASVS 6.5.5 allows 30 seconds.",
        "Kept because the clocks of phones are not exact; a code serves once, and five tries end the "
        "sign-in. "
        "No key changes this.",
    )
    yield Deviation(
        "recovery codes",
        "Recovery codes of 59 bits are kept as a hash under a key that is not in the database.",
        "ASVS 6.5.2 asks for a slow hash with salt below 112 bits.",
        "Kept because a copy of the database alone tells nothing, codes of 112 bits are too long to copy "
        "from paper, "
        "and ten wrong ones a day stop the tries. No key changes this.",
    )
