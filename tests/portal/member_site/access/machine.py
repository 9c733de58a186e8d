"""The door as a machine that Hypothesis plays with: the pages on one side, a small model on the other.

The model knows the rules in force and nothing of how they are built. The clock is the test's own.
"""

import re
from contextlib import ExitStack
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from entraide.portal.domain.members.models import Member
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import give_account, make_person, years_ago
from tests.portal.member_site.access.model_of_the_door import (
    DAY,
    HOUR,
    MINUTE,
    Browser,
    Clock,
    Door,
    Link,
    Window,
)  # fmt: skip
from tests.portal.member_site.access.steps import CODE, HOME, SIGN_IN, answer_question, type_password, words

NUMBER = "30041827"
PASSWORDS = tuple(f"Tilleul-20{year}-bleu" for year in range(10, 26))
WRONG = "Tilleul-1999-gris"
OVER = "Votre mot de passe a expiré"
STEPS = (1, 5, 25, 31, 61, 61, 300, 500, 11 * 60, 16 * 60, 3601, 7201, 86_401, 181 * 86_400)


class Machine(RuleBasedStateMachine):
    """Two browsers, one account, every way in; what the model expects is checked at each step."""

    def __init__(self) -> None:
        super().__init__()
        self.around = ExitStack()
        self.clock = Clock()
        self.around.enter_context(transaction.atomic())
        self.around.callback(transaction.set_rollback, True)
        self.around.enter_context(self.clock.in_charge())
        self.policy = settings.PROFILE.security
        lock = timedelta(hours=self.policy.lock_hours)
        self.own, self.stranger = Browser(), Browser()
        self.wrong_by_strangers = Window(lock)
        self.own.wrong, self.stranger.wrong = Window(lock), Window(lock)
        self.closed_until = self.clock.now
        self.sends, self.wrong_codes = Window(HOUR), Window(DAY)
        self.minute, self.day = Window(MINUTE), Window(DAY)
        self.links: list[Link] = []
        self.used = [PASSWORDS[0]]
        self.reset_for: set[str] = set()
        self.visits = 0

    @initialize()
    def a_member(self) -> None:
        member = Member.objects.create(
            number=NUMBER, segment=settings.PROFILE.segments[0].id, joined_on=years_ago(10)
        )
        self.person = make_person(member, NUMBER, "primary_insured", "Anne", born=years_ago(44))
        give_account(self.person, password=PASSWORDS[0])
        self.set_at = self.clock.now

    def teardown(self) -> None:
        self.around.close()

    # What is true now, by the model.

    @property
    def now(self) -> datetime:
        return self.clock.now

    @property
    def password(self) -> str:
        return self.used[-1]

    def lane(self, browser: Browser) -> str:
        return "own" if browser.known else "strangers"

    def is_expired(self) -> bool:
        days = self.policy.password_max_age_days
        return bool(days) and self.set_at + timedelta(days=days) <= self.now

    def is_in(self, browser: Browser) -> bool:
        if not browser.inside or browser.seen is None or browser.since is None:
            return False
        idle = timedelta(minutes=self.policy.idle_minutes)
        whole = timedelta(hours=self.policy.session_hours)
        return self.now - browser.seen <= idle and self.now - browser.since <= whole

    def half_open(self, browser: Browser, stage: str) -> bool:
        door = browser.door
        return (
            door is not None
            and door.stage == stage
            and self.now - door.since < timedelta(minutes=30)
            and door.password == self.password
            and self.lane(browser) not in self.reset_for
        )

    # What people do.

    @rule(seconds=st.sampled_from(STEPS))
    def wait(self, seconds: int) -> None:
        self.clock.now += timedelta(seconds=seconds)

    @rule(
        who=st.sampled_from(["own", "stranger"]), which=st.sampled_from(["right", "right", "wrong", "former"])
    )
    def type_a_password(self, who: str, which: str) -> None:
        browser = getattr(self, who)
        if self.is_in(browser):
            return
        typed = {"right": self.password, "wrong": WRONG, "former": self.used[0]}[which]
        answer = self.post_password(browser, typed)
        browser.inside = False
        window = browser.wrong if browser.known else self.wrong_by_strangers
        closed = self.closed_until > self.now
        attempt = 0 if closed else window.add(self.now)
        if closed or typed != self.password or attempt > self.policy.lock_attempts:
            if attempt == self.policy.lock_attempts:
                window.ends = self.now + window.per
                self.lock(browser)
            assert answer.status_code == 422, "refused"
            assert OVER not in words(answer), "a lock is not told apart from a wrong password"
            return
        window.count = 0
        if self.is_expired() or self.lane(browser) in self.reset_for:
            assert answer.status_code == 422, "a new password is needed first"
            assert OVER in words(answer), "and the page says so"
            return
        assert answer.status_code in {302, 429}, "the right password opens the next step"
        browser.door = Door(self.now, typed)
        # Without a check the code is next: it leaves, or the page says that none does.
        if answer.status_code == 429 or answer.headers["Location"] == CODE:
            self.expect_code(browser)
            assert answer.status_code == (302 if browser.door.code else 429)

    @rule(who=st.sampled_from(["own", "own", "stranger"]))
    def come_all_the_way(self, who: str) -> None:
        """The usual road, so that what lies behind it is reached often."""
        browser = getattr(self, who)
        self.type_a_password(who, "right")
        if self.half_open(browser, "check"):
            self.answer_the_check(who)
        if self.half_open(browser, "code"):
            self.type_a_code(who, "right")

    @precondition(lambda self: not self.reset_for)
    @rule(who=st.sampled_from(["own", "stranger"]), times=st.sampled_from([3, 4, 5, 6]))
    def guess(self, who: str, times: int) -> None:
        for _attempt in range(times):
            self.type_a_password(who, "wrong")

    @precondition(lambda self: self.reset_for)
    @rule(who=st.sampled_from(["own", "stranger"]), in_time=st.booleans())
    def come_back_after_a_lock(self, who: str, in_time: bool) -> None:
        """At once, or when the lock is over: the password that was right is not enough any more."""
        if in_time:
            self.wait(86_401)
        self.type_a_password(who, "right")

    @rule(days=st.sampled_from([179, 181]))
    def come_back_after_half_a_year(self, days: int) -> None:
        self.wait(days * 86_400)
        self.type_a_password("own", "right")

    @rule()
    def come_home_to_guesses(self) -> None:
        """What strangers type locks strangers out: a browser that the account knows still opens."""
        self.come_all_the_way("own")
        self.sign_out("own")
        self.guess("stranger", 5)
        self.type_a_password("own", "right")

    def come_to_the_code(self, who: str) -> bool:
        """As far as the page of the code; False when this browser does not get there."""
        self.sign_out(who)
        self.type_a_password(who, "right")
        browser = getattr(self, who)
        if self.half_open(browser, "check"):
            self.answer_the_check(who)
        return self.half_open(browser, "code")

    @rule(who=st.sampled_from(["own", "stranger"]), minutes=st.sampled_from([9, 11, 29, 31]))
    def take_too_long(self, who: str, minutes: int) -> None:
        """A code lasts ten minutes, a door half an hour."""
        if self.come_to_the_code(who):
            self.wait(minutes * 60)
            self.type_a_code(who, "right")

    @rule(who=st.sampled_from(["own", "stranger"]), times=st.sampled_from([4, 5, 6]))
    def guess_and_know(self, who: str, times: int) -> None:
        """The right code after too many wrong ones is one too many."""
        if self.come_to_the_code(who):
            for _attempt in range(times):
                self.type_a_code(who, "wrong")
            self.type_a_code(who, "right")

    def know_too_late(self, who: str) -> None:
        """The very code, after the guesses that ended it."""
        assert self.come_to_the_code(who)
        browser = getattr(self, who)
        code = browser.door.code
        for _attempt in range(self.policy.code_tries):
            self.type_a_code(who, "wrong")
        assert browser.client.post(CODE, {"code": code}).status_code == 422, "a dead code stays dead"
        assert self.visit(browser) == 302

    @rule(who=st.sampled_from(["own", "stranger"]), times=st.sampled_from([4, 5, 6, 7]))
    def want_code_after_code(self, who: str, times: int) -> None:
        if self.come_to_the_code(who):
            for _attempt in range(times):
                self.wait(61)
                self.ask_another_code(who)

    @rule()
    def look_over_the_shoulder(self) -> None:
        """A code opens the sign-in that asked for it, and no other under way."""
        if self.come_to_the_code("own") and self.come_to_the_code("stranger"):
            self.type_a_code("stranger", "the other's live one")
            self.type_a_code("own", "the other's live one")
            self.type_a_code("own", "right")

    @rule()
    def change_the_password_meanwhile(self) -> None:
        """Whoever stands between password and code with the former password goes no further."""
        if self.come_to_the_code("stranger"):
            self.forget_and_choose(patient=True)
            self.type_a_code("stranger", "right")

    @rule()
    def forget_and_choose_a_former_one(self) -> None:
        before = len(self.links)
        self.ask_for_a_link()
        if len(self.links) > before:
            self.set_a_password(newest=True, password=self.used[0], own_birthday=True)

    @rule()
    def hold_a_link_through_a_lock(self) -> None:
        """A new password ends the lock for everybody who knows it."""
        before = len(self.links)
        self.ask_for_a_link()
        free = [one for one in PASSWORDS if one not in self.used]
        if len(self.links) > before and free:
            self.guess("stranger", 6)
            self.set_a_password(newest=True, password=free[0], own_birthday=True)
            self.type_a_password("stranger", "right")

    @rule()
    def use_the_older_of_two_mails(self) -> None:
        self.ask_for_a_link()
        self.wait(61)
        self.ask_for_a_link()
        free = [one for one in PASSWORDS if one not in self.used]
        if len(self.links) > 1 and free:
            self.set_a_password(newest=False, password=free[0], own_birthday=True)

    @precondition(lambda self: self.links)
    @rule(minutes=st.sampled_from([119, 121]))
    def read_the_mail_later(self, minutes: int) -> None:
        self.wait(minutes * 60)
        free = [one for one in PASSWORDS if one not in self.used]
        if free:
            self.set_a_password(newest=True, password=free[0], own_birthday=True)

    @rule(who=st.sampled_from(["own", "stranger"]), times=st.sampled_from([3, 4, 5, 6]))
    def guess_codes(self, who: str, times: int) -> None:
        for _attempt in range(times):
            self.type_a_code(who, "wrong")

    @rule(patient=st.booleans())
    def forget_and_choose(self, patient: bool) -> None:
        """A link is asked for and used at once; a patient person waits for the end of a lock first."""
        if patient and self.reset_for:
            self.wait(86_401)
        before = len(self.links)
        self.ask_for_a_link()
        free = [one for one in PASSWORDS if one not in self.used]
        if len(self.links) > before and free:
            self.set_a_password(newest=True, password=free[0], own_birthday=True)

    @rule(who=st.sampled_from(["own", "stranger"]))
    def answer_the_check(self, who: str) -> None:
        browser = getattr(self, who)
        if not self.half_open(browser, "check"):
            return
        answer = answer_question(browser.client)
        self.expect_code(browser)
        assert answer.status_code == (302 if browser.door.code else 429)

    @rule(who=st.sampled_from(["own", "stranger"]))
    def ask_another_code(self, who: str) -> None:
        browser = getattr(self, who)
        if not self.half_open(browser, "code"):
            return
        browser.client.post(CODE, {"resend": "1"})
        self.expect_code(browser)

    @rule(
        who=st.sampled_from(["own", "stranger"]),
        which=st.sampled_from(["right", "wrong", "old", "the other's", "the other's live one"]),
    )
    def type_a_code(self, who: str, which: str) -> None:
        browser = getattr(self, who)
        other = self.stranger if browser is self.own else self.own
        door, is_open = browser.door, self.half_open(browser, "code")
        right = door.code if door is not None else ""
        former = other.old_codes if which == "the other's" else browser.old_codes
        others = other.door.code if other.door is not None else ""
        typed = {"right": right, "wrong": _another(right), "the other's live one": others}.get(which)
        typed = typed or (former[-1] if former else "")
        if not typed:
            return
        was_in = self.is_in(browser)
        answer = browser.client.post(CODE, {"code": typed})
        if not is_open:
            assert answer.headers.get("Location") in {SIGN_IN, HOME}, "no code opens a door that is shut"
            assert was_in or self.visit(browser) == 302
            return
        assert door is not None
        minutes = timedelta(minutes=self.policy.code_minutes)
        alive = bool(right) and door.sent is not None and self.now < door.sent + minutes
        stopped = self.wrong_codes.at(self.now) >= 10
        if alive and not stopped and typed == right:
            assert answer.status_code == 302, "the right code opens"
            self.come_in(browser)
            return
        assert answer.status_code == 422, "any other code does not"
        if alive and not stopped:
            door.tries += 1
            self.wrong_codes.add(self.now)
            if door.tries >= self.policy.code_tries:
                door.code = ""

    @rule(who=st.sampled_from(["own", "stranger"]))
    def visit_the_home_page(self, who: str) -> None:
        browser = getattr(self, who)
        expected = self.is_in(browser)
        status = self.visit(browser)
        assert (status == 200) == expected, f"inside: {expected}, the page answered {status}"
        browser.inside = expected
        if expected and self.now - browser.seen > timedelta(seconds=30):
            browser.seen = self.now

    @rule(who=st.sampled_from(["own", "stranger"]))
    def sign_out(self, who: str) -> None:
        browser = getattr(self, who)
        if not self.is_in(browser):
            return
        cookies = dict(browser.client.cookies.items())
        browser.client.post("/deconnexion/")
        browser.inside = False
        replay = Client()
        replay.cookies.update(cookies)
        assert replay.get(HOME).status_code == 302, "the old cookie opens nothing"

    @rule()
    def ask_for_a_link(self) -> None:
        before = self.count_links()
        client = Client(REMOTE_ADDR=self.address())
        client.get("/mot-de-passe-oublie/")
        challenge = client.session["reset_challenge"]
        total = challenge["first"] + challenge["second"]
        answer = client.post("/mot-de-passe-oublie/", {"member_number": NUMBER, "answer": total})
        assert answer.status_code == 200, "the answer is always the same"
        drain()
        leaves = self.minute.add(self.now) <= 1 and self.day.add(self.now) <= 5
        leaves = leaves and (self.policy.reset_during_lock or not self.is_locked())
        assert (self.count_links() > before) == leaves, f"a link should leave: {leaves}"
        if leaves:
            for one in self.links:
                one.live = False
            until = self.now + timedelta(minutes=self.policy.link_minutes)
            self.links.append(Link(self.newest(r"/mot-de-passe/([0-9a-f]+)/", "password_link"), until))

    @precondition(lambda self: self.links)
    @rule(
        newest=st.booleans(),
        password=st.sampled_from(PASSWORDS),
        own_birthday=st.sampled_from([True, True, True, False]),
    )
    def set_a_password(self, newest: bool, password: str, own_birthday: bool) -> None:
        link = self.links[-1 if newest or len(self.links) == 1 else -2]
        born = self.person.birth_date if own_birthday else years_ago(30)
        values = {
            "birth_date": born.strftime("%d/%m/%Y"), "new_password1": password, "new_password2": password
        }  # fmt: skip
        answer = Client().post(f"/mot-de-passe/{link.token}/", values)
        if not link.live or link.until <= self.now:
            assert answer.status_code == 404, "a link that is over opens nothing"
            return
        if not own_birthday:
            assert answer.status_code == 422
            link.tries += 1
            link.live = link.tries < 5
            return
        if password in self.used:
            assert answer.status_code == 422, "never one used before"
            return
        assert answer.status_code == 302, "a new password is stored"
        self.used.append(password)
        self.set_at = self.now
        self.reset_for = set()
        self.closed_until = self.now
        for window in (self.wrong_by_strangers, self.own.wrong, self.stranger.wrong):
            window.count = 0
        for one in self.links:
            one.live = False
        for browser in (self.own, self.stranger):
            browser.inside = False

    # How the steps are taken.

    def address(self) -> str:
        self.visits += 1
        return f"198.51.{self.visits // 250 % 250}.{self.visits % 250}"

    def post_password(self, browser: Browser, typed: str) -> HttpResponse:
        return type_password(browser.client, NUMBER, password=typed, source=self.address())

    def is_locked(self) -> bool:
        by_strangers = self.wrong_by_strangers.at(self.now) >= self.policy.lock_attempts
        return by_strangers or self.closed_until > self.now

    def lock(self, browser: Browser) -> None:
        """Strangers lock strangers out; a browser that the account knows locks everyone."""
        self.reset_for.add("strangers")
        if browser.known:
            self.reset_for.add("own")
            self.closed_until = self.now + timedelta(hours=self.policy.lock_hours)

    def visit(self, browser: Browser) -> int:
        return browser.client.get(HOME, follow=False).status_code

    def expect_code(self, browser: Browser) -> None:
        door = browser.door
        assert door is not None
        door.stage = "code"
        before = self.count_codes()
        drain()
        soon = door.sent is not None and self.now < door.sent + timedelta(seconds=self.policy.resend_seconds)
        leaves = not soon and self.wrong_codes.at(self.now) < 10
        leaves = leaves and self.sends.add(self.now) <= self.policy.sends_per_hour
        assert (self.count_codes() > before or before > self.codes_seen) == leaves, (
            f"a code should leave: {leaves}"
        )
        self.codes_seen = self.count_codes()
        if leaves:
            door.code, door.sent, door.tries = self.newest(r"\b([0-9]{6})\b", "sign_in_code"), self.now, 0

    codes_seen = 0

    def come_in(self, browser: Browser) -> None:
        assert browser.door is not None
        browser.old_codes.append(browser.door.code)
        browser.door, browser.inside, browser.known = None, True, True
        browser.since = browser.seen = self.now
        browser.client.post("/conditions/", {"accept": "on"})

    def count_links(self) -> int:
        return Delivery.objects.filter(notice="password_link").count()

    def count_codes(self) -> int:
        return Delivery.objects.filter(notice="sign_in_code").count()

    def newest(self, pattern: str, notice: str) -> str:
        rows = Delivery.objects.filter(notice=notice).order_by("-created_at", "-pk")
        # The clock may stand still between two: the body that was not seen yet is the newest.
        body = next(one.body for one in rows if one.pk not in self.seen_deliveries)
        self.seen_deliveries |= {one.pk for one in rows}
        return re.findall(pattern, body)[0]

    seen_deliveries: frozenset[object] = frozenset()


def _another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}" if code else "000000"
