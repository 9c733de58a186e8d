"""Deliberate faults of the door: the machine must find every one of them."""

from dataclasses import dataclass
from pathlib import Path

ACCESS = Path("entraide/portal/domain/access")


@dataclass(frozen=True, slots=True)
class Fault:
    """One change of the source: in `file`, `right` becomes `wrong`."""

    name: str
    file: Path
    right: str
    wrong: str


FAULTS = (
    Fault(
        "the sixth wrong password locks, not the fifth",
        ACCESS / "locks.py",
        "self.rank <= settings.PROFILE.security.lock_attempts",
        "self.rank <= settings.PROFILE.security.lock_attempts + 1",
    ),
    Fault(
        "a lock asks for no new password",
        ACCESS / "actions/sign_in.py",
        "must_reset = account.must_reset or (account.must_reset_elsewhere and not known)",
        "must_reset = account.must_reset",
    ),
    Fault(
        "strangers lock the member's own browser",
        ACCESS / "locks.py",
        "scope = _WAITING if closed else _KNOWN if known else _STRANGERS",
        "scope = _WAITING if closed else _STRANGERS",
    ),
    Fault(
        "a password never expires",
        ACCESS / "expiry.py",
        "return ends is not None and ends <= now",
        "return False",
    ),
    Fault(
        "a former password may come back",
        ACCESS / "passwords.py",
        "return any(check_password(password, one) for one in hashes)",
        "return False",
    ),
    Fault(
        "a link opens for ever",
        ACCESS / "actions/links.py",
        "if link.expires_at <= now:",
        "if link.expires_at <= now and link.ended_at:",
    ),
    Fault(
        "a newer link leaves the older one alive",
        ACCESS / "actions/links.py",
        "PasswordLink.objects.filter(beneficiary_id=owner, ended_at=None).update(ended_at=now)",
        "PasswordLink.objects.filter(beneficiary_id=uuid4(), ended_at=None).update(ended_at=now)",
    ),
    Fault(
        "any birth date will do",
        ACCESS / "actions/passwords.py",
        "right = link.beneficiary.birth_date == birth_date",
        "right = True",
    ),
    Fault(
        "a new password leaves the lock",
        ACCESS / "locks.py",
        "for scope in (_STRANGERS, _EVERYONE, _WAITING):",
        "for scope in (_WAITING,):",
    ),
    Fault(
        "a link leaves while the access is locked",
        ACCESS / "actions/links.py",
        "return not settings.PROFILE.security.reset_during_lock and is_locked(number, now=now)",
        "return False",
    ),
    Fault(
        "a code opens for ever",
        ACCESS / "actions/codes.py",
        "if row is None or row.expires_at <= now:",
        "if row is None:",
    ),
    Fault(
        "a code may be guessed without end",
        ACCESS / "actions/codes.py",
        "row.ended_at = now if right or left <= 0 else None",
        "row.ended_at = now if right else None",
    ),
    Fault(
        "codes leave as often as one likes",
        ACCESS / "actions/codes.py",
        "        if code_channel.too_many_for_account(account, now=now):",
        "        if False:",
    ),
    Fault(
        "any code opens",
        ACCESS / "actions/codes.py",
        "right = secrets.compare_digest(row.code_hash, _hash(row.id, code))",
        "right = True",
    ),
    Fault(
        "a code of another sign-in opens",
        ACCESS / "actions/codes.py",
        "return OneTimeCode.objects.filter(account=account, attempt=attempt, purpose=purpose)",
        "return OneTimeCode.objects.filter(account=account, purpose=purpose)",
    ),
    Fault(
        "a half-open door outlives its password",
        Path("entraide/portal/member_site/access/flow.py"),
        "return found if same else None",
        "return found",
    ),
)
