"""Who is told that a statement can be read, some memberships at a time."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from entraide.portal.domain.claims.models import PaymentLine, Statement
from entraide.portal.domain.claims.statements import statement_of
from entraide.portal.domain.members.enums import StatementDelivery
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import as_viewer
from entraide.portal.domain.payment_runs.events import StatementReady
from entraide.portal.domain.payment_runs.models import PaymentRun
from entraide.portal.foundation.events.facts import publish

MEMBERS_AT_ONCE = 100


def tell_some(run: PaymentRun, *, after: str, on: date) -> str:
    """Publishes `StatementReady` for the next memberships after that one; the last of them, "" at the end.

    The primary insured is told unless they chose the post, and everybody else with an access of their own
    whose care is in it; nobody of a statement that holds nothing for them (A40).
    """
    statements = Statement.objects.filter(number=run.number).select_related("member").order_by("member_id")
    if after:
        statements = statements.filter(member_id__gt=UUID(after))
    some = list(statements[:MEMBERS_AT_ONCE])
    people = _readers(some)
    for statement in some:
        for person in people[statement.pk]:
            _tell(person, statement, on=on)
    return str(some[-1].member_id) if len(some) == MEMBERS_AT_ONCE else ""


def _readers(statements: Sequence[Statement]) -> dict[UUID, list[Beneficiary]]:
    lines = PaymentLine.objects.filter(payment__statement__in=statements)
    cared_for = set(lines.values_list("payment__statement_id", "beneficiary_id").distinct())
    members = {one.member_id: one for one in statements}
    found: dict[UUID, list[Beneficiary]] = defaultdict(list)
    people = Beneficiary.objects.filter(member__in=members, account__isnull=False)
    for person in people.select_related("member", "account"):
        statement = members[person.member_id]
        by_mail = person.is_primary and person.member.statement_delivery == StatementDelivery.EMAIL
        if by_mail or (not person.is_primary and (statement.pk, person.pk) in cared_for):
            found[statement.pk].append(person)
    return found


def _tell(person: Beneficiary, statement: Statement, *, on: date) -> None:
    assert person.account is not None
    if statement_of(as_viewer(person), statement.pk, on=on) is not None:
        publish(
            StatementReady(
                about=person.pk,
                statement=str(statement.pk),
                paid_on=statement.issued_on,
                language=person.account.language,
            )
        )
