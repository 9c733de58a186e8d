"""Writes the demo as the folder that `entraide import` reads."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from entraide.demo.contributions import contributions_of
from entraide.demo.cover import coverages, subscriptions
from entraide.demo.papers import Paper, open_press, papers_of
from entraide.demo.payments import Payment, payments_of
from entraide.demo.people import Household, Person, households
from entraide.demo.pricing import Line
from entraide.demo.teleconsultations import teleconsultations_of
from entraide.formats.money import format_cents
from entraide.profiles import Profile
from entraide.reimbursement import Pathway, Ward

LINE_DETAILS = (
    "quantity,sector,pathway,exemption,withheld,side,tooth,lens_right,lens_left,sight_changed,stay_from,"
    "stay_until,ward,confidential"
)
COLUMNS: dict[str, str] = {
    "members": "member_number,segment,joined_on,left_on,statement_delivery",
    "beneficiaries": (
        "beneficiary_number,member_number,relationship,civility,last_name,birth_name,first_name,birth_date,"
        "birth_department,nir,birth_rank,scheme_code,fund_code,office_code,claim_feed,email,mobile,phone,"
        "address_line1,address_line2,postcode,city,iban,bic,account_holder,parents"
    ),
    "contracts": (
        "member_number,contract_number,label_fr,label_en,tier,plan_fr,plan_en,subscribed_on,ended_on"
    ),
    "coverages": "member_number,contract_number,beneficiary_number,starts_on,ends_on",
    "contributions": (
        "contribution_reference,member_number,year,due_on,label_fr,label_en,amount,state,paid_on,method,failure,"
        "mandate_reference,iban_end"
    ),
    "payments": (
        "payment_reference,member_number,statement_number,paid_on,amount,payee,payee_name,method,iban_end"
    ),
    "payment_lines": (
        "line_reference,payment_reference,beneficiary_number,claim_number,care_date,kind,act_code,label_fr,"
        f"label_en,professional,charged,base,rate,amo,amc,left,{LINE_DETAILS}"
    ),
    "teleconsultations": (
        "teleconsultation_reference,partner,beneficiary_number,consulted_on,state,told_until,confidential"
    ),
    "documents": ("document_reference,member_number,segment,shelf,kind,title_fr,title_en,published_on,file"),
}
_GENERAL_SCHEME = "01"
_MAIN_OFFICE = "0000"

Row = Iterable[object]


def write_folder(profile: Profile, folder: Path, *, on: date, known_on: date | None = None) -> None:
    """Write the CSV files and the PDFs of the demo; the same profile and days give the same bytes.

    `known_on`: a day before `on`, for what nobody can tell of days to come.
    """
    people = households(profile, on=on)
    payments = [payment for each in people for payment in payments_of(profile, each, on=on)]
    tables: dict[str, Iterator[Row]] = {
        "members": _members(people),
        "beneficiaries": _beneficiaries(people),
        "contracts": _contracts(people),
        "coverages": _coverages(people),
        "contributions": _contributions(profile, people, on=on),
        "payments": _payments(payments),
        "payment_lines": _payment_lines(payments),
        "teleconsultations": _teleconsultations(profile, people, on=known_on or on),
        "documents": _documents(profile, people, folder=folder, on=on),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        _write(folder / f"{name}.csv", header=COLUMNS[name].split(","), rows=rows)


def _write(path: Path, *, header: list[str], rows: Iterator[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _members(people: tuple[Household, ...]) -> Iterator[Row]:
    for each in people:
        delivery = "email" if each.member.details.email else "post"
        yield each.member.number, each.details.segment, each.details.joined_on, "", delivery


def _beneficiaries(people: tuple[Household, ...]) -> Iterator[Row]:
    for each in people:
        for person in each.people:
            yield [*_identity(each, person), *_reach(each, person), *_account(person), _parents(each, person)]


def _identity(household: Household, person: Person) -> Row:
    details = person.details
    return (
        person.number,
        household.member.number,
        details.relationship,
        details.civility,
        details.last_name,
        details.birth_name or "",
        details.first_name,
        details.birth_date,
        details.birth_department,
        person.nir.value,
        person.birth_rank,
        _GENERAL_SCHEME,
        household.fund_code,
        _MAIN_OFFICE,
        details.claim_feed,
    )


def _reach(household: Household, person: Person) -> Row:
    details, home = person.details, household.details
    return (
        details.email or "",
        details.mobile or "",
        details.phone or "",
        home.address,
        home.address_complement or "",
        home.postcode,
        home.town,
    )


def _parents(household: Household, person: Person) -> str:
    """Both, for the children of a spouse who signs in: one can see what a parent on file sees."""
    spouse = next((one for one in household.people if one.details.role == "spouse"), None)
    if person.details.relationship != "child" or spouse is None:
        return ""
    return f"{household.member.number}|{spouse.number}"


def _account(person: Person) -> Row:
    if person.account is None:
        return "", "", ""
    return person.account.iban, person.account.bic, person.account.holder


def _contracts(people: tuple[Household, ...]) -> Iterator[Row]:
    for each in people:
        for held in subscriptions(each):
            label = held.contract.label
            yield (
                each.member.number,
                held.contract.number,
                label.fr,
                label.en,
                held.contract.tier,
                held.plan.fr,
                held.plan.en,
                held.subscribed_on,
                "",
            )


def _coverages(people: tuple[Household, ...]) -> Iterator[Row]:
    for each in people:
        for person, held, starts_on in coverages(each):
            yield each.member.number, held.contract.number, person.number, starts_on, ""


def _contributions(profile: Profile, people: tuple[Household, ...], *, on: date) -> Iterator[Row]:
    for each in contributions_of(profile, people, on=on):
        yield (
            each.reference,
            each.member_number,
            each.year,
            each.due_on,
            each.label.fr,
            each.label.en,
            format_cents(each.amount),
            each.state,
            each.paid_on or "",
            each.method,
            each.failure,
            each.mandate_reference,
            each.iban_end,
        )


def _payments(payments: list[Payment]) -> Iterator[Row]:
    for each in payments:
        yield (
            each.reference,
            each.member_number,
            each.statement_number,
            each.paid_on,
            format_cents(each.amount),
            each.payee,
            each.payee_name,
            each.method,
            each.iban_end,
        )


def _payment_lines(payments: list[Payment]) -> Iterator[Row]:
    for payment in payments:
        for number, line in enumerate(payment.lines, start=1):
            yield [f"{payment.reference}-{number:02d}", payment.reference, *_told(line), *_details(line)]


def _told(line: Line) -> Row:
    act, paid = line.act, line.paid
    return (
        line.person.number,
        line.claim_number,
        line.care_date,
        act.kind,
        act.code,
        act.label.fr,
        act.label.en,
        act.professional,
        format_cents(act.charged),
        format_cents(paid.base),
        paid.rate // 100,
        format_cents(paid.amo),
        format_cents(paid.amc),
        format_cents(paid.left),
    )


def _details(line: Line) -> Row:
    """What the engine was told besides, blank where there is nothing to tell."""
    act = line.act
    right, left = act.lenses or ("", "")
    stay = (line.care_date, line.stay_until, Ward.GENERAL.value) if line.stay_until else ("", "", "")
    return (
        act.quantity,
        act.sector.value,
        Pathway.INSIDE.value,
        "",
        format_cents(line.paid.withheld),
        act.side or "",
        act.tooth or "",
        right,
        left,
        "yes" if act.sight_changed else "",
        *stay,
        "",
    )


def _teleconsultations(profile: Profile, people: tuple[Household, ...], *, on: date) -> Iterator[Row]:
    for each in teleconsultations_of(profile, people, on=on):
        yield (
            each.reference,
            each.partner,
            each.person_number,
            each.consulted_on,
            each.state,
            each.told_until,
            "",
        )


def _documents(profile: Profile, people: tuple[Household, ...], *, folder: Path, on: date) -> Iterator[Row]:
    with open_press(profile) as press:
        for paper in papers_of(profile, people, on=on):
            target = folder / paper.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(press.pdf(paper))
            yield _document(paper)


def _document(paper: Paper) -> Row:
    return (
        paper.reference,
        paper.member_number,
        paper.segment,
        paper.shelf,
        paper.kind,
        paper.title.fr,
        paper.title.en,
        paper.published_on,
        paper.file,
    )
