"""What waits at the mutual's desk on the first day of a demo, as `desk.toml` tells it."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from entraide.profiles import Profile
from entraide.profiles.decode import Decoder

Verb = Literal["check", "take", "ask", "reply", "answer", "refuse", "withdraw"]
_FILE = Path(__file__).with_name("desk.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAct:
    """Something done with a request. `day`: working days after the sending; `reason`: of a refusal."""

    verb: Verb
    day: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRequest:
    """A request of the last weeks. `who`: a number, taken around among those with an access."""

    who: int
    type: str
    days_ago: int
    life: str
    score: int | None = None

    @property
    def acts(self) -> tuple[DemoAct, ...]:
        """In their order; `life` tells them as `take 1, refuse 3 unreadable`."""
        return tuple(_act(one) for one in self.life.split(", ") if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeWords:
    type: str
    sent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoWords:
    """What is said, by the member and by the mutual."""

    sent: str
    asked: str
    replied: str
    answered: str
    noted: str
    rated: str
    by_type: tuple[TypeWords, ...]

    def sent_with(self, type_id: str) -> str:
        return next((one.sent for one in self.by_type if one.type == type_id), self.sent)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccountChange:
    who: int
    iban: str
    hours_ago: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoListExport:
    reason: str
    hours_ago: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPublication:
    """News that an agent wrote; members see it when it `is_public`."""

    is_public: bool
    days_ago: int
    title_fr: str
    title_en: str
    body_fr: str
    body_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMeeting:
    """A webinar or an event of an agency, so many days ahead; with negative days it is over."""

    kind: Literal["webinar", "event"]
    theme: str
    days_ahead: int
    hour: int
    minutes: int
    title_fr: str
    title_en: str
    body_fr: str
    body_en: str
    place: str = ""
    live_url: str = ""
    replay_url: str = ""
    capacity: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDesk:
    requests: tuple[DemoRequest, ...]
    words: DemoWords
    account_change: DemoAccountChange
    list_export: DemoListExport
    publications: tuple[DemoPublication, ...] = field(metadata={"key": "publication"})
    meetings: tuple[DemoMeeting, ...] = field(metadata={"key": "meeting"})


def demo_desk(profile: Profile) -> DemoDesk:
    """What a mutual's demo begins with: requests of the types that it offers, oldest first."""
    told = _told()
    offered = {one.id for category in profile.deposit.categories for one in category.types}
    fitting = sorted((one for one in told.requests if one.type in offered), key=lambda one: -one.days_ago)
    return DemoDesk(
        requests=tuple(fitting),
        words=told.words,
        account_change=told.account_change,
        list_export=told.list_export,
        publications=told.publications,
        meetings=told.meetings,
    )


@cache
def _told() -> DemoDesk:
    decoder = Decoder(_FILE.name)
    found = decoder.read(DemoDesk, tomllib.loads(_FILE.read_text(encoding="utf-8")))
    if found is None:
        raise ValueError("; ".join(str(one) for one in decoder.faults))
    return found


def _act(told: str) -> DemoAct:
    verb, day, *reason = told.split()
    known: dict[str, Verb] = {
        "check": "check", "take": "take", "ask": "ask", "reply": "reply", "answer": "answer",
        "refuse": "refuse", "withdraw": "withdraw",
    }  # fmt: skip
    return DemoAct(verb=known[verb], day=int(day), reason="".join(reason))
