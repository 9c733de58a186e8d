"""The portal's statement in PDF: `python -m bench.statement FOLDER FIRST COUNT`, on any settings.

Each statement has 25 lines in five payments, with other figures than the one before. Measured is what a
member waits for once the figures are there: the words, then the tagged PDF. The words of each are left in
FOLDER for the peer, which prints the same pages from them, and one PDF to look at. Prints one JSON object.
"""

import json
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import django

from bench.export import ACTS, number_of
from bench.post import paid_on, shares_of

WARM_UP = 5
PAYMENTS, LINES_OF_A_PAYMENT = 5, 5
PERSON = UUID(int=1)


def main(folder: Path, first: int, count: int) -> None:
    django.setup()
    from entraide.portal.member_site.reimbursements.statement import (  # noqa: PLC0415
        statement_data,
        statement_paper,
    )

    asked = [_asked(first + number) for number in range(count + WARM_UP)]
    for one in asked[:WARM_UP]:
        statement_paper(*one, language="fr")
    start, used = time.perf_counter(), time.process_time()
    papers = [statement_paper(*one, language="fr") for one in asked[WARM_UP:]]
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    words = [statement_data(*one) for one in asked]
    (folder / "words.json").write_text(json.dumps(words))
    (folder / "shell.json").write_text(json.dumps(_shell()))
    (folder / "ours.pdf").write_bytes(papers[-1])
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu, "documents": count, "bytes": len(papers[-1])}))


def _asked(member: int) -> tuple[Any, Any]:
    from entraide.portal.domain.claims.statements import ReaderStatement, StatementSummary  # noqa: PLC0415
    from entraide.portal.domain.members.viewer import Viewer  # noqa: PLC0415

    number = number_of(member)
    viewer = Viewer(
        account_id=PERSON, person_id=PERSON, member_id=PERSON, member_number=number, number=number,
        relationship="primary_insured", first_name="Camille", last_name=f"Fictif{member}",
        birth_date=date(1980, 2, 3), segment="", city="Grenoble",
    )  # fmt: skip
    payments = tuple(_payment(member, payment) for payment in range(PAYMENTS))
    summary = StatementSummary(PERSON, date(2026, 9, 1), 1, 0, date(2026, 9, 30))
    return viewer, ReaderStatement(payments=payments, summary=summary, issued_on=date(2026, 9, 30))


def _payment(member: int, payment: int) -> Any:
    from entraide.portal.domain.claims.enums import CareKind, Payee, PaymentMethod  # noqa: PLC0415
    from entraide.portal.domain.claims.payments import Line, SeenPayment, Shares  # noqa: PLC0415
    from entraide.portal.domain.claims.sight import PersonName  # noqa: PLC0415
    from entraide.profiles import Text  # noqa: PLC0415

    day = paid_on(member, payment)
    lines = []
    for line in range(LINES_OF_A_PAYMENT):
        kind, _code, label_fr, label_en, _charged, base, rate = ACTS[(payment + line) % len(ACTS)]
        lines.append(
            Line(
                id=PERSON, person=PersonName(PERSON, "Camille", f"Camille Fictif{member}"),
                kind=CareKind(kind), label=Text(label_fr, label_en),
                professional=f"Dr Exemple {(member + line) % 800}", care_date=day - timedelta(days=3 + line),
                claim_number=f"{line // 2}", base=base, rate=rate,
                shares=Shares(*shares_of(member, payment, line)),
            )
        )  # fmt: skip
    return SeenPayment(
        paid_on=day, payee=Payee.MEMBER, payee_name=f"Camille Fictif{member}", method=PaymentMethod.TRANSFER,
        iban_end="0189", lines=tuple(lines), others=(),
    )  # fmt: skip


def _shell() -> dict[str, str]:
    from django.conf import settings  # noqa: PLC0415

    from entraide.portal.foundation.papers.render import _font_folder  # noqa: PLC0415
    from entraide.profiles import palette  # noqa: PLC0415

    profile, colours = settings.PROFILE, palette(settings.PROFILE.theme, dark=False)
    return {
        "title": "Relevé de remboursements, septembre 2026",
        "logo": str(profile.logo.resolve()),
        "fonts": str(_font_folder()),
        "name": profile.identity.name,
        "space": profile.identity.space_name.fr,
        "legal": profile.identity.legal_notice.fr,
        "phone": profile.contacts.phone,
        "email": profile.contacts.email,
        "brand": colours["--brand"],
        "ink": colours["--ink"],
        "muted": colours["--muted"],
        "line": colours["--line-soft"],
        "soft": colours["--surface-soft"],
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
