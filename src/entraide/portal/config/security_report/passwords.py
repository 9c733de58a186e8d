"""The password rules against ASVS 6.2 and CNIL 2022-100."""

from math import floor, log2

from django.contrib.auth.password_validation import CommonPasswordValidator

from entraide.portal.config.security_report.finding import Deviation, Findings
from entraide.portal.domain.access.passwords import MAX_LENGTH
from entraide.profiles import Security

RECOMMENDED_LENGTH = 15
KNOWN_PASSWORDS = 3000
# CNIL 2022-100: for a password alone; where access is restricted, as by a lock after so many failures.
BITS_ALONE, BITS_RESTRICTED, FAILURES = 80, 50, 10


def composition(policy: Security) -> Findings:
    length, phrase = policy.password_min_length, policy.passphrase_min_length
    if 0 < phrase <= length:
        yield "Any composition of characters is accepted (6.2.5)."
        return
    who = f"A password of fewer than {phrase} characters" if phrase else "Every password, however long,"
    yield Deviation(
        "composition",
        f"{who} needs a lower-case letter and two of: a digit, a capital, another character.",
        "ASVS 6.2.5 forbids rules on the kinds of characters.",
        f'Kept because the guides of the mutuals say so; to change it: "passphrase_min_length" = {length}, '
        "and length alone decides.",
    )


def length(policy: Security) -> Findings:
    shortest = policy.password_min_length
    if shortest >= RECOMMENDED_LENGTH:
        yield f"Passwords have at least {shortest} characters (6.2.1)."
        return
    yield Deviation(
        "length",
        f"A password may have {shortest} characters.",
        f"ASVS 6.2.1 demands 8 and strongly recommends {RECOMMENDED_LENGTH}.",
        "Kept because a second factor always follows the password; to change it: "
        f'"password_min_length" = {RECOMMENDED_LENGTH}.',
    )


def entropy(policy: Security) -> Findings:
    bits, tries = weakest_bits(policy), policy.lock_attempts
    restricted = tries <= FAILURES
    if bits >= BITS_ALONE or (restricted and bits >= BITS_RESTRICTED):
        lock = "" if bits >= BITS_ALONE else f", which is enough only while {tries} failures lock the access"
        yield f"The weakest password of the rule is worth {bits} bits{lock} (CNIL 2022-100)."
        return
    yield Deviation(
        "entropy",
        f"The weakest password of the rule is worth {bits} bits, and the access locks after {tries} "
        "failures.",
        f"CNIL 2022-100 asks {BITS_ALONE} bits, or {BITS_RESTRICTED} where the access is restricted, as "
        "by a lock "
        f"after {FAILURES} failures at most.",
        'To change: "lock_attempts" = 5, or a longer "password_min_length".',
    )


def weakest_bits(policy: Security) -> int:
    """Bits of the weakest random password of the rule: three kinds of characters, or a long lower-case "
    "phrase."""
    bits = policy.password_min_length * log2(26 + 26 + 10)
    if policy.passphrase_min_length:
        bits = min(bits, policy.passphrase_min_length * log2(26))
    return floor(bits)


def expiry(policy: Security) -> Findings:
    days = policy.password_max_age_days
    if not days:
        yield "Passwords of members do not expire (6.2.10; CNIL 2022-100)."
        return
    spared = ", except those of members with an app or a passkey," if policy.strong_factor_ends_expiry else ""
    yield Deviation(
        "expiry",
        f"Passwords of members{spared} expire after {days} days.",
        "ASVS 6.2.10 forbids a change at fixed times, and CNIL 2022-100 no longer asks for it from ordinary "
        "users.",
        "Kept because the guides of the mutuals say so; members are warned by mail 15, 7 and 1 days "
        "before (6.4.5); "
        'to change it: "password_max_age_days" = 0'
        + ("." if spared else ', or "strong_factor_ends_expiry" = true for those with an app or a passkey.'),
    )


def known_passwords(policy: Security) -> Findings:
    known = CommonPasswordValidator().passwords
    fitting = sum(len(one) >= policy.password_min_length for one in known)
    if fitting >= KNOWN_PASSWORDS:
        yield f"Passwords are compared with {fitting:,} known ones that fit the rule (6.2.4, 6.2.12)."
        return
    yield Deviation(
        "known passwords",
        f"Passwords are compared with {len(known):,} known ones from breaches, of which {fitting:,} are "
        "long enough "
        "to fit the rule.",
        f"ASVS 6.2.4 asks for the {KNOWN_PASSWORDS:,} most usual ones that fit it, 6.2.12 for a set of "
        "breached ones.",
        "Kept because nothing of a password may leave the machine; each one is also compared without the "
        "digits and "
        "signs around it and without repetition, and with the words of the next line. No key changes this.",
    )


def words(_policy: Security) -> Findings:
    yield (
        "Refused in a password: the mutual's name, the names of the family, the birth date, the numbers "
        "of the "
        "person and of the membership, and words of the field such as mutuelle (6.1.2, 6.2.11)."
    )
    yield f"Up to {MAX_LENGTH} characters of any kind, verified as they were typed (6.2.8, 6.2.9)."
    yield "The field can be shown, pasted into and filled by a password manager (6.2.6, 6.2.7)."
    yield "Kept as Argon2id under a pepper that is not in the database (11.4.2; CNIL 2022-100)."


def agents_length(policy: Security) -> Findings:
    shortest = policy.agent_password_min_length
    if shortest >= RECOMMENDED_LENGTH:
        yield f"Passwords of agents have at least {shortest} characters (6.2.1)."
        return
    yield Deviation(
        "agents' length",
        f"An agent's password may have {shortest} characters.",
        f"ASVS 6.2.1 strongly recommends {RECOMMENDED_LENGTH}, and the ANSSI 16 for administrators.",
        'To change: "agent_password_min_length" = 16.',
    )


def agents_expiry(policy: Security) -> Findings:
    days = policy.agent_password_max_age_days
    if days:
        yield Deviation(
            "agents' expiry",
            f"Passwords of agents expire after {days} days.",
            "ASVS 6.2.10 forbids a change at fixed times; CNIL 2022-100 still asks for it where an account "
            "has privileges.",
            "Kept for the sake of the CNIL: the texts contradict each other; "
            '"agent_password_max_age_days" = 0 '
            "follows ASVS instead.",
        )
        return
    yield Deviation(
        "agents' expiry",
        "Passwords of agents do not expire.",
        "CNIL 2022-100 asks for a change at fixed times where an account has privileges; 6.2.10 forbids it.",
        'The texts contradict each other; "agent_password_max_age_days" = 180 follows the CNIL instead.',
    )
