"""Demo people who could exist: one insured person per household, one agent per role, good passwords."""

from collections.abc import Iterator

from entraide.profiles.checks.references import duplicates
from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import DEMO
from entraide.profiles.households import Demo, DemoAgent, DemoHousehold, DemoPerson
from entraide.profiles.model import Security, Segment

_RELATIONSHIP_OF_ROLE = {
    "member": "primary_insured",
    "spouse": "spouse",
    "adult_child": "child",
    "not_activated": "primary_insured",
    "no_mobile": "primary_insured",
    "expired_password": "primary_insured",
}
_AGENT_ROLES = ("handler", "supervisor", "payer")
_SEX_OF_CIVILITY = {"mme": "F", "m": "M"}
_COMMUNE_DIGITS_OVERSEAS = 2
_COMMUNE_DIGITS = 3


def check_demo(demo: Demo, *, segments: tuple[Segment, ...], security: Security) -> Iterator[Fault]:
    yield from duplicates((household.id for household in demo.households), file=DEMO, key="household")
    for name in ("password", "email"):
        values = [getattr(agent, name) for agent in demo.agents]
        yield from duplicates(values, file=DEMO, key=f"agent.{name}")
    for name in ("password", "email", "mobile"):
        values = [getattr(person, name) for household in demo.households for person in household.persons]
        yield from duplicates(filter(None, values), file=DEMO, key=f"household.person.{name}")
    for household in demo.households:
        yield from _check_household(household, segments=segments)
        for number, person in enumerate(household.persons, 1):
            key = f"household[{household.id}].person[#{number}]"
            yield from _check_person(person, key=key)
            yield from _check_access(person, key=key, security=security)
    yield from _check_agents(demo, security=security)


def _check_agents(demo: Demo, *, security: Security) -> Iterator[Fault]:
    """One agent for each role that the demo shows; nobody works there under a member's address."""
    roles: list[str] = [agent.role for agent in demo.agents]
    for role in _AGENT_ROLES:
        if roles.count(role) != 1:
            yield Fault(DEMO, "agent", f"{roles.count(role)} with the role {role}", "exactly one")
    members = {person.email for household in demo.households for person in household.persons}
    for number, agent in enumerate(demo.agents, 1):
        yield from _check_agent(agent, key=f"agent[#{number}]", members=members, security=security)


def _check_agent(
    agent: DemoAgent, *, key: str, members: set[str | None], security: Security
) -> Iterator[Fault]:
    if agent.email in members:
        yield Fault(DEMO, f"{key}.email", shown(agent.email), "an address that no member has")
    length = security.agent_password_min_length
    if not acceptable(agent.password, length=length):
        yield Fault(DEMO, f"{key}.password", shown(agent.password), _rule(length))


def _check_household(household: DemoHousehold, *, segments: tuple[Segment, ...]) -> Iterator[Fault]:
    key = f"household[{household.id}]"
    known = [segment.id for segment in segments]
    if household.segment not in known:
        yield Fault(DEMO, f"{key}.segment", shown(household.segment), "one of " + ", ".join(known))
    insured = sum(person.relationship == "primary_insured" for person in household.persons)
    if insured != 1:
        yield Fault(DEMO, f"{key}.person", f"{insured} persons who are primary_insured", "exactly one")
    if not any(contract.tier == "base" for contract in household.contracts):
        yield Fault(DEMO, f"{key}.contracts", "no contract of tier base", "at least one")


def _check_person(person: DemoPerson, *, key: str) -> Iterator[Fault]:
    sex = _SEX_OF_CIVILITY[person.civility]
    if person.sex != sex:
        yield Fault(DEMO, f"{key}.sex", shown(person.sex), f'"{sex}", as the civility says')
    overseas = len(person.birth_department) == len("974")
    digits = _COMMUNE_DIGITS_OVERSEAS if overseas else _COMMUNE_DIGITS
    if len(person.birth_commune) != digits:
        expected = f"{digits} digits after the department {person.birth_department}"
        yield Fault(DEMO, f"{key}.birth_commune", shown(person.birth_commune), expected)


def _check_access(person: DemoPerson, *, key: str, security: Security) -> Iterator[Fault]:
    if person.role is not None and person.relationship != _RELATIONSHIP_OF_ROLE[person.role]:
        expected = f"a role for {person.relationship}"
        yield Fault(DEMO, f"{key}.role", shown(person.role), expected)
    activated = person.role not in (None, "not_activated")
    if activated != (person.password is not None):
        found = "nothing" if person.password is None else "a password"
        expected = "a password, for an activated access" if activated else "no password, without an access"
        yield Fault(DEMO, f"{key}.password", found, expected)
    length, phrase = security.password_min_length, security.passphrase_min_length
    if person.password is not None and not acceptable(person.password, length=length, phrase=phrase):
        expected = _rule(length)
        yield Fault(DEMO, f"{key}.password", shown(person.password), expected)
    if activated and person.email is None:
        yield Fault(DEMO, f"{key}.email", "nothing", "an address, for an activated access")
    if activated and (person.mobile is None) != (person.role == "no_mobile"):
        expected = "no mobile" if person.role == "no_mobile" else "a mobile, for the code of the sign-in"
        found = "nothing" if person.mobile is None else shown(person.mobile)
        yield Fault(DEMO, f"{key}.mobile", found, expected)


def _rule(length: int) -> str:
    return f"{length} characters, with a lower-case letter and two of: a digit, a capital, another character"


def acceptable(password: str, *, length: int, phrase: int = 0) -> bool:
    """Long enough, with a lower-case letter and two of: a digit, a capital, another character.

    From `phrase` characters on (0: never) the length alone is enough.
    """
    if 0 < phrase <= len(password):
        return True
    others = (
        any(character.isdigit() for character in password),
        any(character.isupper() for character in password),
        any(not character.isalnum() for character in password),
    )
    return len(password) >= length and any(character.islower() for character in password) and sum(others) > 1
