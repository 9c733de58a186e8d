"""Who each line is about, which lines are known already, and which cannot be taken in; all in SQL."""
# ruff: noqa: S608 (names of our own tables only)

from django.db import connection

from entraide.portal.domain.adjudication.enums import Reason, RecordKind
from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.adjudication.rejects import REJECTS, search_rejects
from entraide.portal.domain.adjudication.stages import KNOWN, LINES, PEOPLE, STILL_IN, tell_planner_of
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.imports import table
from entraide.portal.domain.members.enums import ClaimFeed
from entraide.portal.domain.members.models import Beneficiary

_NOT_REJECTED = f"NOT EXISTS (SELECT 1 FROM {REJECTS} r WHERE r.at_line = s.line)"


def match_lines() -> None:
    """Finds people and lines that were stored before; what cannot be taken in goes to the rejects."""
    _find_people()
    _find_known_lines()
    _reject_repeated()
    _reject_unknown_people()
    _reject_uncovered()
    _reject_replaced()
    tell_planner_of(REJECTS)


def _find_people() -> None:
    """`attached` counts the people whose electronic feed is ours; one is right, two are one too many."""
    people = table(Beneficiary)
    on = f"b.claim_feed = '{ClaimFeed.ON.value}'"
    told = "identity, beneficiary_number, nir_index, birth_date, birth_rank"
    by_number = (
        f"JOIN {people} b ON b.number = i.beneficiary_number WHERE i.beneficiary_number <> '' "
        "AND (i.nir_index = '' OR b.nir_index = i.nir_index) "
        "AND (i.birth_date IS NULL OR b.birth_date = i.birth_date) "
        "AND (i.birth_rank IS NULL OR b.birth_rank = i.birth_rank)"
    )
    by_nir = (
        f"JOIN {people} b ON b.nir_index = i.nir_index AND b.birth_date = i.birth_date "
        "AND b.birth_rank = i.birth_rank WHERE i.beneficiary_number = '' AND i.nir_index <> ''"
    )
    asked = f"(SELECT DISTINCT {told} FROM {LINES}) i"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {PEOPLE} AS SELECT identity, "
            "SUM(CASE WHEN attached THEN 1 ELSE 0 END) AS attached, "
            "MIN(CASE WHEN attached THEN person END) AS person FROM ("
            f"SELECT i.identity, {on} AS attached, CAST(b.id AS text) AS person FROM {asked} {by_number} "
            f"UNION ALL SELECT i.identity, {on}, CAST(b.id AS text) FROM {asked} {by_nir}"
            ") found GROUP BY identity"
        )
        cursor.execute(f"CREATE INDEX {PEOPLE}_identity ON {PEOPLE} (identity)")
    tell_planner_of(PEOPLE)


def _find_known_lines() -> None:
    """The same line with the same values is no change, stored before or earlier in this file."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {KNOWN} AS SELECT s.line FROM {LINES} s "
            f"JOIN {table(AdjudicatedLine)} t ON t.id = s.id AND t.fingerprint = s.fingerprint"
        )
        cursor.execute(f"CREATE INDEX {KNOWN}_line ON {KNOWN} (line)")
        cursor.execute(
            f"INSERT INTO {KNOWN} SELECT s.line FROM {LINES} s JOIN ({_firsts()}) d ON d.id = s.id "
            f"JOIN {LINES} f ON f.line = d.first_line WHERE s.line > d.first_line "
            f"AND f.fingerprint = s.fingerprint "
            f"AND NOT EXISTS (SELECT 1 FROM {KNOWN} k WHERE k.line = s.line)"
        )
    tell_planner_of(KNOWN)


def _firsts() -> str:
    return f"SELECT id, MIN(line) AS first_line FROM {LINES} GROUP BY id HAVING COUNT(*) > 1"


def _reject_repeated() -> None:
    search_rejects(
        f"SELECT s.line, s.line_id FROM {LINES} s JOIN {table(AdjudicatedLine)} t ON t.id = s.id "
        "WHERE t.fingerprint <> s.fingerprint",
        reason=Reason.REPEATED,
        field="line_id",
        expected="the values stored for this line before; a change is a re-issue with a number of its own",
    )
    search_rejects(
        f"SELECT s.line, s.line_id FROM {LINES} s JOIN ({_firsts()}) d ON d.id = s.id "
        f"WHERE s.line > d.first_line AND {STILL_IN}",
        reason=Reason.REPEATED,
        field="line_id",
        expected="each line of a statement once in the file, or with the same values",
    )


def _reject_unknown_people() -> None:
    of_line = f"FROM {LINES} s LEFT JOIN {PEOPLE} p ON p.identity = s.identity WHERE {STILL_IN}"
    for reason, condition, found, expected in (
        (Reason.UNKNOWN_PERSON, "p.identity IS NULL", "nobody", "a person that the mutual covers"),
        (
            Reason.NOT_ATTACHED,
            "p.attached = 0",
            "a person whose electronic feed is not ours",
            "a person whose feed is on: it may be another mutual's",
        ),
        (
            Reason.DOUBLE_ATTACHMENT,
            "p.attached > 1",
            "a person whose electronic feed is on in two memberships",
            "one alone: the other must be ended",
        ),
    ):
        search_rejects(
            f"SELECT s.line, '{found}' AS found {of_line} AND {condition}",
            reason=reason,
            field="beneficiary",
            expected=expected,
        )


def _reject_uncovered() -> None:
    person = as_id("p.person")
    search_rejects(
        f"SELECT s.line, CAST(s.care_date AS text) FROM {LINES} s JOIN {PEOPLE} p ON p.identity = s.identity "
        f"WHERE s.record <> '{RecordKind.REVERSAL.value}' AND NOT EXISTS ("
        f"SELECT 1 FROM {table(Coverage)} c WHERE c.beneficiary_id = {person} "
        f"AND c.starts_on <= s.care_date AND (c.ends_on IS NULL OR c.ends_on >= s.care_date)) AND {STILL_IN}",
        reason=Reason.NOT_COVERED,
        field="care_start",
        expected="care on a day when a contract covers the person",
    )


def _reject_replaced() -> None:
    """A line that comes after what takes it back: to store it now would pay for the care twice."""
    search_rejects(
        f"SELECT s.line, s.line_id FROM {LINES} s "
        f"WHERE EXISTS (SELECT 1 FROM {table(AdjudicatedLine)} t WHERE t.takes_back = s.id) AND {STILL_IN}",
        reason=Reason.REPLACED,
        field="line_id",
        expected="a line that no re-issue stored before takes back",
    )


def as_id(text: str) -> str:
    """A person's id out of its text."""
    return f"CAST({text} AS uuid)" if connection.vendor == "postgresql" else text
