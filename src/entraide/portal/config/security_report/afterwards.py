"""Sessions and logs against ASVS 7 and 16 and CNIL 2021-122."""

from entraide.portal.config.security_report.finding import Deviation, Findings
from entraide.profiles import Security

# NIST SP 800-63B, which ASVS 7.1.1 refers to, for sign-ins with two factors.
IDLE_MINUTES, SESSION_HOURS = 60, 24


def sessions(policy: Security) -> Findings:
    yield from _session("members", "", policy.idle_minutes, policy.session_hours)
    yield from _session("agents", "agent_", policy.agent_idle_minutes, policy.agent_session_hours)
    yield (
        f"At most {policy.max_sessions} sessions of a member at a time, then the oldest ends; one for an "
        "agent; they "
        "are listed and can be ended (7.1.2, 7.5.2)."
    )
    yield (
        "A new password ends the other sessions; sensitive acts ask for a fresh factor (7.4.3, 7.5.1, 7.5.3)."
    )


def _session(who: str, prefix: str, idle: int, hours: int) -> Findings:
    if idle <= IDLE_MINUTES and hours <= SESSION_HOURS:
        yield (
            f"Sessions of {who} end after {idle} minutes without activity, {hours} hours at most (7.3.1, "
            "7.3.2)."
        )
        return
    yield Deviation(
        f"sessions of {who}",
        f"Sessions of {who} end after {idle} minutes without activity and {hours} hours at most.",
        f"NIST SP 800-63B, which 7.1.1 refers to, says {IDLE_MINUTES} minutes and {SESSION_HOURS} hours.",
        f'To change: "{prefix}idle_minutes" = 15, "{prefix}session_hours" = {8 if prefix else 12}.',
    )


def logs(_policy: Security) -> Findings:
    yield Deviation(
        "log retention",
        "The journal of facts is not cleared by the program.",
        "CNIL 2021-122 recommends six months to a year, up to three years where internal control "
        "justifies it.",
        "To come with the management of retention; until then the operator decides, and writes down why. "
        "No key changes this.",
    )
    yield Deviation(
        "reading",
        "Sign-ins, locks, changes and deposits are recorded; reading a file is not.",
        "CNIL 2021-122 asks to record who read, created, changed or deleted what, and when; 16.3.2 asks "
        "it at level 3.",
        "To come with the access journal. No key changes this.",
    )
    yield Deviation(
        "log protection",
        "The journal lies in the database of the portal; the technical logs go to standard error.",
        "ASVS 16.4.2 and 16.4.3 ask for logs that cannot be altered, on another system, and CNIL 2021-122 "
        "likewise.",
        "For the operator: send standard error to a log service on another machine, and copy the journal "
        "there. "
        "No key changes this.",
    )
    yield (
        "Logs hold no name, number, secret or text, one JSON object a line, in UTC (16.2.5, 16.4.1; CNIL "
        "2021-122)."
    )
