"""`entraide check --security`: where the access rules in force differ from ASVS 5.0 and the CNIL, and why.

For the data protection officer, who signs it off: a paragraph for each deviation, a line for what conforms.
"""

import textwrap
from collections.abc import Iterable, Iterator

from entraide.portal.config.security_report import afterwards, coming_in, passwords
from entraide.portal.config.security_report.finding import Deviation, Rule
from entraide.profiles import Profile, Security

SECTIONS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    (
        "Passwords",
        (
            passwords.composition,
            passwords.length,
            passwords.entropy,
            passwords.expiry,
            passwords.known_passwords,
            passwords.words,
            passwords.agents_length,
            passwords.agents_expiry,
        ),
    ),
    ("Coming in", (coming_in.lockout, coming_in.human_check, coming_in.birth_date, coming_in.link)),
    ("Second factor", (coming_in.sms, coming_in.email_code, coming_in.codes, coming_in.apps)),
    ("Sessions", (afterwards.sessions,)),
    ("Logs", (afterwards.logs,)),
)
_WIDTH = 100
_TEXTS = (
    "OWASP ASVS 5.0 (level 2, and what is said of level 3), and the recommendations of the CNIL on passwords "
    "(2022-100), on multi-factor authentication (2025-019) and on logs (2021-122)"
)


def security_report(profile: Profile) -> str:
    """The whole report of a mutual's rules, as text for a terminal."""
    return "\n".join(_lines(profile)).rstrip() + "\n"


def deviations(security: Security) -> dict[str, Deviation]:
    """Every deviation of these rules, by its name."""
    found = (finding for _title, rules in SECTIONS for rule in rules for finding in rule(security))
    return {one.name: one for one in found if isinstance(one, Deviation)}


def _lines(profile: Profile) -> Iterator[str]:
    security = profile.security
    count = len(deviations(security))
    head = f"{profile.identity.name}: the access rules in force (preset {security.preset}) against {_TEXTS}."
    yield from _paragraph(head)
    yield from _paragraph(
        f"{count} deviations. Keys in quotes stand under [security] in {profile.slug}/profile.toml."
    )
    number = 0
    for title, rules in SECTIONS:
        findings = [finding for rule in rules for finding in rule(security)]
        yield from (title.upper(), "")
        for one in findings:
            if isinstance(one, Deviation):
                number += 1
                yield from _paragraph(f"{number}. {one.does} {one.asks} {one.answer}")
        yield from _conforming(one for one in findings if isinstance(one, str))


def _conforming(lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if not found:
        return
    yield "Conforms:"
    for line in found:
        yield from textwrap.wrap(line, _WIDTH, initial_indent="- ", subsequent_indent="  ")
    yield ""


def _paragraph(text: str) -> list[str]:
    return [*textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False), ""]
