"""Taking a feed in: what was read and priced becomes rows, in one transaction."""
# ruff: noqa: S608 (names of our own tables and stages only)

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from entraide.portal.domain.adjudication.enums import LineState
from entraide.portal.domain.adjudication.events import DoubleAttachmentFound, FeedTakenIn
from entraide.portal.domain.adjudication.models import AdjudicatedLine, Feed, RejectedLine
from entraide.portal.domain.adjudication.rejects import REJECTS, count_rejects
from entraide.portal.domain.adjudication.stages import LINES, PRICED, tell_planner_of
from entraide.portal.domain.imports import quoted, table, tell_planner
from entraide.portal.foundation.events.facts import publish

_OF_LINE = (
    "fingerprint", "scheme_code", "fund_code", "office_code", "statement_number", "statement_date",
    "claim_number", "care_date", "care_end", "act_code", "detail_code", "quantity", "coefficient",
    "unit_price", "rate", "exemption", "pathway", "sector", "side", "tooth", "lens_right", "lens_left",
    "stay_from", "stay_until", "ward", "payee", "professional", "professional_number", "speciality",
    "prescriber",
)  # fmt: skip
_OF_PRICE = (
    "id", "record", "state", "takes_back", "beneficiary_id", "charged", "base", "amo", "withheld", "amc",
    "left",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What a file says of itself at its start, and its fingerprint; cents."""

    version: int
    number: str
    scheme_code: str
    fund_code: str
    office_code: str
    made_on: date
    digest: str
    lines: int
    charged: int
    amo: int


@dataclass(frozen=True, slots=True)
class Stored:
    """How many lines were new, known before, and kept out; `alerts` are about people not ours alone."""

    new: int
    unchanged: int
    rejected: int
    alerts: int


def other_content(announced: Announced) -> bool:
    """Whether a file of this number and of another content was taken in before."""
    return _runs_of(announced).exclude(digest=announced.digest).exists()


def store_feed(announced: Announced, *, now: datetime) -> Stored:
    """Stores new lines, marks what they take back and tells what stays out. The same file twice: no change.

    Publishes `FeedTakenIn`, and `DoubleAttachmentFound` where it is so.
    """
    rejected, alerts = count_rejects()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(DISTINCT at_line) FROM {PRICED}")
        new = cursor.fetchone()[0]
    stored = Stored(new, announced.lines - new - rejected, rejected, alerts)
    tell_planner_of(f"{PRICED} (at_line)", REJECTS)
    with transaction.atomic():
        last = _runs_of(announced).order_by("run").last()
        if last is not None and not new and (last.rejected, last.alerts) == (rejected, alerts):
            return stored
        feed = _new_run(announced, stored, last, now=now)
        _store_lines(feed)
        _store_rejects(feed)
        publish(
            FeedTakenIn(feed=feed.pk, number=feed.number, lines=announced.lines, new=new, rejected=rejected)
        )
        if alerts:
            publish(DoubleAttachmentFound(feed=feed.pk, number=feed.number, lines=alerts))
    tell_planner(AdjudicatedLine, written=new, columns=("id", "beneficiary_id", "takes_back", "feed_id"))
    return stored


def _runs_of(announced: Announced | Feed) -> QuerySet[Feed]:
    return Feed.objects.filter(
        scheme_code=announced.scheme_code,
        fund_code=announced.fund_code,
        office_code=announced.office_code,
        number=announced.number,
    )


def _new_run(announced: Announced, stored: Stored, last: Feed | None, *, now: datetime) -> Feed:
    return Feed.objects.create(
        scheme_code=announced.scheme_code,
        fund_code=announced.fund_code,
        office_code=announced.office_code,
        number=announced.number,
        run=1 if last is None else last.run + 1,
        digest=announced.digest,
        format_version=announced.version,
        made_on=announced.made_on,
        taken_in_at=now,
        lines=announced.lines,
        new=stored.new,
        rejected=stored.rejected,
        alerts=stored.alerts,
        charged=announced.charged,
        amo=announced.amo,
    )


def _store_lines(feed: Feed) -> None:
    """One statement for all lines, and one for all those that are taken back."""
    jsonb = "CAST(p.shares AS jsonb)" if connection.vendor == "postgresql" else "p.shares"
    values = {
        **{name: f"s.{quoted(name)}" for name in _OF_LINE},
        **{name: f"p.{quoted(name)}" for name in _OF_PRICE},
        "feed_id": str(int(feed.pk)),
        "feed_line": "s.line",
        "reference": "s.line_id",
        "sight_changed": "s.sight_changed = 'yes'",
        "shares": jsonb,
    }
    columns = ", ".join(map(quoted, values))
    lines = table(AdjudicatedLine)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {lines} ({columns}) SELECT {', '.join(values.values())} "
            f"FROM {PRICED} p JOIN {LINES} s ON s.line = p.at_line"
        )
        cursor.execute(
            f"UPDATE {lines} SET taken_back_in_id = %s, "
            "state = CASE WHEN state = %s THEN state ELSE %s END "
            f"WHERE taken_back_in_id IS NULL AND record <> 'reversal' "
            f"AND id IN (SELECT takes_back FROM {PRICED} WHERE takes_back IS NOT NULL)",
            [feed.pk, LineState.PAID.value, LineState.REVERSED.value],
        )


def _store_rejects(feed: Feed) -> None:
    """Those of the last run only: each run looks at every line again."""
    RejectedLine.objects.filter(feed__in=_runs_of(feed)).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table(RejectedLine)} "
            "(feed_id, feed_line, statement_number, reference, reason, field, found, expected) "
            "SELECT %s, r.at_line, COALESCE(s.statement_number, ''), COALESCE(s.line_id, ''), r.reason, "
            f"r.field, r.found, r.expected FROM {REJECTS} r LEFT JOIN {LINES} s ON s.line = r.at_line",
            [feed.pk],
        )
