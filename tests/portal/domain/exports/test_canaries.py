"""An export holds all data of its person, and of no other (A79)."""

import json
from collections.abc import Callable

import pytest
from django.apps import apps

from entraide.portal.config import wiring
from entraide.portal.domain.exports.sources import SOURCES
from entraide.portal.domain.exports.words import table_words
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.foundation.accounts.models import Account
from tests.conftest import Household
from tests.portal.domain.exports.canaries import Canary, marked_family
from tests.portal.domain.exports.conftest import words_of

Exported = Callable[..., dict[str, bytes]]


@pytest.fixture
def family(household: Household, stranger: Beneficiary) -> dict[str, Canary]:
    return marked_family(household, stranger)


def test_fifty_marks_of_three_relatives_are_planted(family: dict[str, Canary]) -> None:
    marks = [mark for tag in "BCE" for mark in (*family[tag].own, *family[tag].hidden)]

    assert len(set(marks)) >= 50


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("tag", ["A", "B", "C", "D", "Z"])
def test_an_export_holds_every_mark_of_its_person_and_none_of_anybody_else(
    family: dict[str, Canary], exported: Exported, tag: str, language: str
) -> None:
    """A79: in JSON, CSV, PDF, papers and their names."""
    words = words_of(exported(family[tag].person, language=language))

    assert [mark for mark in family[tag].own if mark not in words] == []
    others = [one for key, one in family.items() if key != tag]
    assert [mark for one in others for mark in (*one.own, *one.hidden) if mark in words] == []
    assert [mark for mark in family[tag].hidden if mark in words] == []


def test_every_id_of_a_relative_is_left_out(family: dict[str, Canary], exported: Exported) -> None:
    words = words_of(exported(family["B"].person))

    assert not [tag for tag in "ACDEZ" if str(family[tag].person.pk) in words]


def test_requests_between_two_people_are_told_without_words_or_papers(
    family: dict[str, Canary], exported: Exported
) -> None:
    found = json.loads(exported(family["A"].person)["donnees.json"])["tables"]

    assert len(found["requests"]) == 1
    sent = sorted(one["sent_by_me"] for one in found["requests_with_others"])
    assert sent == [False, False, True, True, True]


def test_who_read_is_told_by_role(family: dict[str, Canary], exported: Exported) -> None:
    (reading,) = json.loads(exported(family["B"].person)["donnees.json"])["tables"]["consultations"]

    assert (reading["role"], reading["seen"]) == ("primary_insured", "care")


def test_every_table_of_an_export_is_explained(family: dict[str, Canary], exported: Exported) -> None:
    files = exported(family["A"].person)
    tables = set(json.loads(files["donnees.json"])["tables"])

    assert tables == set(table_words())
    assert {name for name in files if name.startswith("csv/")} == {f"csv/{name}.csv" for name in tables}


# What points at a person, a membership or an account, and is no part of an export: why not.
LEFT_OUT = {
    "accounts.FormerPassword": "hashes of secrets",
    "access.PasswordLink": "hashes of secrets",
    "access.OneTimeCode": "hashes of secrets",
    "access.RecoveryCode": "hashes of secrets",
    "access.SafetyLink": "hashes of secrets, and what would undo a change",
    "agents.Agent": "people of the mutual are no members",
    "claims.Statement": "told with each line of care; the paper is in the export",
    "claims.Payment": "its sum may be of several people; its day stands with each line of care",
    "consultations.Chain": "seals only",
    "payment_runs.TransferPart": "sums of several people; the transfer is told",
    "payment_runs.Held": "what a run left for the next one",
    "contracts.Contract": "told with each cover",
}


def test_no_table_about_a_person_is_forgotten() -> None:
    """A new table that names a person goes to the export, or says here why not."""
    told = {
        table.name
        for source in SOURCES.tables
        for table in source(Beneficiary(pk=None).pk)  # type: ignore[arg-type]
    }
    exported = {
        "members.Beneficiary", "contracts.Coverage", "claims.PaymentLine", "adjudication.AdjudicatedLine",
        "payment_runs.Transfer", "requests.Request", "requests.RequestFile", "library.Document",
        "access.OpenSession", "access.Factor", "access.KnownBrowser", "access.TermsAcceptance",
        "consultations.Consultation", "exports.DataExport", "members.Declared", "bank.AccountChange",
        "contributions.Contribution", "simulations.SavedSimulation", "prevention.Registration",
        "card.CardSeries", "card.CardSending", "handover.HandOver", "push.PushDevice",
        "teleconsultations.Teleconsultation",
        "members.CareConsent", "members.Delegation", "emergency.EmergencyAccess",
    }  # fmt: skip
    pointing = {
        model._meta.label
        for model in apps.get_models()
        for one in model._meta.get_fields()
        if one.is_relation and one.concrete and one.related_model in {Beneficiary, Member, Account}
    }

    assert pointing == exported | set(LEFT_OUT)
    assert told == set(table_words())
    assert len(wiring.PERSONAL_DATA) == len(SOURCES.tables)
