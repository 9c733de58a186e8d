"""The standard euro examples of the industry's common table, for a contract of the viewer (PROF-07)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.conf import settings

from entraide.portal.domain.contracts.enums import CoverageTier
from entraide.portal.domain.contracts.queries import ContractFile, contract_of, contracts_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.reimbursement import Contract, Cover, Enrolment, load_parameters
from entraide.reimbursement.breakdown import Display
from entraide.reimbursement.examples import examples_for
from entraide.reimbursement.money import Words


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One example: what it costs and who pays, in cents."""

    label: Words
    shares: Display


@dataclass(frozen=True, slots=True)
class ContractExamples:
    """By heading (hospital, everyday, dental, optical, hearing); `with_base`: the contract that pays before.

    Nothing when the mutual has not written this contract's guarantees as data, or none for that day.
    """

    contract: ContractFile
    with_base: ContractFile | None
    on: date
    headings: tuple[tuple[str, tuple[ExampleRow, ...]], ...]


def examples_of(viewer: Viewer, contract_id: UUID, *, on: date) -> ContractExamples | None:
    """None when the contract is not there, or not for this viewer (A36). An option pays after its base."""
    contract = contract_of(viewer, contract_id, on=on)
    if contract is None:
        return None
    base = None if contract.tier is CoverageTier.BASE else _base_of(viewer, on=on)
    tables = [table for one in (base, contract) if one is not None and (table := _table(one, on=on))]
    whole = len(tables) == (1 if base is None else 2)
    found = examples_by_heading(tables, on=on) if whole else {}
    return ContractExamples(contract=contract, with_base=base, on=on, headings=tuple(found.items()))


def examples_by_heading(tables: Sequence[Contract], *, on: date) -> dict[str, tuple[ExampleRow, ...]]:
    """The examples under these tables, in the order they pay, at the figures of that day."""
    enrolments = tuple(
        Enrolment(versions=(table,), since=table.valid_from, waiting_waived=True) for table in tables
    )
    found = examples_for(Cover(enrolments=enrolments), load_parameters(), on)
    return {
        heading: tuple(ExampleRow(one.example.label, one.breakdown.display()) for one in rows)
        for heading, rows in groupby(found, key=lambda one: one.example.heading)
    }


def _base_of(viewer: Viewer, *, on: date) -> ContractFile | None:
    held = (one for one in contracts_of(viewer, on=on) if one.in_force)
    return next((one for one in held if one.tier is CoverageTier.BASE), None)


def _table(contract: ContractFile, *, on: date) -> Contract | None:
    versions = settings.PROFILE.guarantees.get(contract.number, ())
    return next((one for one in versions if one.in_force(on)), None)
