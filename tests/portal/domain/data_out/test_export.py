"""`entraide export` and the answers that come back: each row once, a run whole or not at all."""

import csv
import hashlib
import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from entraide.portal.config.cli import main
from entraide.portal.domain.bank.deciding import check_change
from entraide.portal.domain.bank.settling import settle
from entraide.portal.domain.contacts.events import ContactsChanged
from entraide.portal.domain.data_out.forgetting import forget_old_files
from entraide.portal.domain.data_out.making import make_run, undelivered
from entraide.portal.domain.data_out.models import OutRun, TakenFact
from entraide.portal.domain.handling import actions
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.changes import Sent, ask_feed
from entraide.portal.domain.requests.enums import By, Move
from entraide.portal.domain.requests.life import Hand, Said, make_move
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.events.models import Entry
from entraide.portal.gateways.core_system.out_folder import only_export
from tests.conftest import Household
from tests.portal.bank import COOLING, NEW, Staff, ask, make_staff
from tests.portal.member_site.requests.conftest import text_of
from tests.portal.processes import python

pytestmark = pytest.mark.django_db
HEADER = "reference,outcome,refusal_code,words,decided_on"


@pytest.fixture
def staff(db: None) -> Staff:
    return make_staff()


@pytest.fixture
def request_(viewer: Viewer, household: Household) -> Request:
    """Anne asks to switch her electronic feed off."""
    sent = Sent(comment="", request_key=uuid4(), language="fr", now=timezone.now())
    reference = ask_feed(viewer, household.primary.pk, switch_on=False, sent=sent)
    return Request.objects.get(reference=reference)


def moved(person: Beneficiary) -> None:
    """The fact of a new address, with the address."""
    person.address_line1, person.postcode, person.city = "3 rue de l’Écluse, bât. B", "38400", "Gières"
    person.save()
    with transaction.atomic():
        publish(ContactsChanged(about=person.pk, what="address", language="fr"))


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answer(folder: Path, *rows: str) -> int:
    folder.mkdir(exist_ok=True)
    (folder / "requests.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return main(["import", str(folder)])


def test_a_request_goes_out_and_its_answer_comes_back_to_the_member(
    staff: Staff, request_: Request, member_client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ask, accept, export, answer file, import, read; and the answer does not go out again."""
    assert main(["export", str(tmp_path)]) == 0
    assert "nothing new" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []

    actions.take(staff.handler, request_.reference, now=timezone.now())
    assert main(["export", str(tmp_path)]) == 0
    first = tmp_path / "000001"
    (state,) = rows_of(first, "request_states.csv")
    assert (state["reference"], state["state"], state["type"]) == (
        request_.reference,
        "accepted",
        "claim-feed",
    )
    (asked,) = rows_of(first, "request_answers.csv")
    assert (asked["reference"], asked["question"], asked["answer"]) == (request_.reference, "feed", "off")

    row = f"{request_.reference},answered,,Votre télétransmission est arrêtée.,{timezone.localdate()}"
    back = tmp_path / "back"
    assert answer(back, row) == 0
    assert answer(back, row) == 0
    page = text_of(member_client.get(f"/demandes/{request_.reference}/"))
    assert "Votre télétransmission est arrêtée." in page
    assert "Décision du" in page
    assert Entry.objects.filter(kind="RequestAnswered").count() == 1
    assert main(["export", str(tmp_path)]) == 0
    assert not (tmp_path / "000002").exists()


def test_what_a_rule_of_the_mutual_answers_goes_out_and_that_files_are_clean_does_not(
    request_: Request, tmp_path: Path
) -> None:
    """PEC-05: a cover that nobody of the mutual touched must reach the management system all the same."""
    rule = Hand(by=By.SYSTEM)
    make_move(request_.pk, move=Move.CHECK, hand=rule, now=timezone.now())
    assert main(["export", str(tmp_path)]) == 0
    assert not (tmp_path / "000001").exists()

    make_move(request_.pk, move=Move.ANSWER, hand=rule, said=Said(words="Accordé."), now=timezone.now())
    assert main(["export", str(tmp_path)]) == 0
    told = rows_of(tmp_path / "000001", "request_states.csv")
    assert [one["state"] for one in told] == ["accepted", "answered"]


def test_changes_of_people_go_out_once_with_what_is_on_file(
    staff: Staff, viewer: Viewer, household: Household, tmp_path: Path
) -> None:
    moved(household.primary)
    moved(household.primary)
    change = ask(viewer, now=timezone.now() - COOLING)
    check_change(staff.payer, reference=change.reference, now=timezone.now())
    settle(change.pk, now=timezone.now())

    assert main(["export", str(tmp_path)]) == 0
    moved(household.spouse)
    assert main(["export", str(tmp_path)]) == 0

    (home,) = rows_of(tmp_path / "000001", "addresses.csv")
    assert home["beneficiary_number"] == household.primary.number
    assert (home["address_line1"], home["city"]) == ("3 rue de l’Écluse, bât. B", "Gières")
    (account,) = rows_of(tmp_path / "000001", "accounts.csv")
    assert (account["iban"], account["scope"]) == (NEW, "contract")
    (other,) = rows_of(tmp_path / "000002", "addresses.csv")
    assert other["beneficiary_number"] == household.spouse.number
    assert {one.name for one in (tmp_path / "000002").iterdir()} == {"addresses.csv", "manifest.json"}


def test_the_manifest_tells_the_truth_and_a_run_comes_again_with_the_same_bytes(
    household: Household, tmp_path: Path
) -> None:
    moved(household.primary)
    main(["export", str(tmp_path)])
    first, again = tmp_path / "000001", tmp_path / "again"
    moved(household.primary)
    again.mkdir()

    assert main(["export", str(again), "--run", "1"]) == 0

    for one in first.iterdir():
        assert (again / "000001" / one.name).read_bytes() == one.read_bytes()
        assert one.stat().st_mode & 0o777 == 0o600
    told = json.loads((first / "manifest.json").read_text())
    assert (told["run"], told["mutual"]) == (1, settings.PROFILE.slug)
    (file,) = told["files"]
    assert file["sha256"] == hashlib.sha256((first / "addresses.csv").read_bytes()).hexdigest()
    assert file["rows"] == 1
    assert main(["export", str(again), "--run", "7"]) == 1


def test_a_stop_between_making_and_writing_loses_and_repeats_nothing(
    household: Household, tmp_path: Path
) -> None:
    moved(household.primary)
    run = make_run(now=timezone.now())
    assert run is not None
    (tmp_path / "000001.partial").mkdir()
    (tmp_path / "000001.partial" / "addresses.csv").write_text("half")
    moved(household.spouse)

    assert main(["export", str(tmp_path)]) == 0

    assert sorted(one.name for one in tmp_path.iterdir()) == ["000001", "000002"]
    assert (tmp_path / "000001" / "addresses.csv").read_bytes() == run.contents["addresses.csv"]
    assert undelivered() == []
    assert TakenFact.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_kill_while_files_are_written_leaves_no_half_run(household: Household, tmp_path: Path) -> None:
    moved(household.primary)
    killed = (
        "import os, signal, sys\n"
        "from entraide.portal.config.cli import main\n"
        "os.fsync = lambda _file: os.kill(os.getpid(), signal.SIGKILL)\n"
        "main(['export', sys.argv[1]])\n"
    )
    with python(killed, str(tmp_path), ENTRAIDE_DATA_DIR=str(settings.ENTRAIDE.data_dir)) as child:
        assert child.wait(60) == -9
    assert not (tmp_path / "000001").exists()

    assert main(["export", str(tmp_path)]) == 0

    assert [one.name for one in tmp_path.iterdir()] == ["000001"]
    assert OutRun.objects.count() == 1


def test_two_at_once_and_a_foreign_folder_are_refused(
    household: Household, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved(household.primary)
    with only_export() as alone:
        assert alone
        assert main(["export", str(tmp_path)]) == 1
    (tmp_path / "000001").mkdir()
    (tmp_path / "000001" / "addresses.csv").write_text("of somebody else")
    assert main(["export", str(tmp_path)]) == 1
    assert main(["export", str(tmp_path / "nowhere")]) == 1

    told = capsys.readouterr().err
    assert "another export is at work" in told
    assert "holds something else" in told
    assert "not a folder" in told


def test_answers_that_cannot_be_are_refused_and_nothing_of_the_file_is_kept(
    staff: Staff, request_: Request, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    today = timezone.localdate()
    good = f"{request_.reference},answered,,C’est fait.,{today}"
    wrong = {
        f"MESE-0000-0000,answered,,C’est fait.,{today}": "line 3, reference:",
        f"{request_.reference},refused,dance,,{today}": "line 2, refusal_code:",
        f"{request_.reference},answered,,,{today}": "line 2, words:",
        f"{request_.reference},answered,,C’est fait.,2020-01-01": "line 2, decided_on:",
    }
    for row, told in wrong.items():
        lines = [good, row] if "0000-0000" in row else [row]
        assert answer(tmp_path, *lines) == 1
        assert told in capsys.readouterr().err
    assert Request.objects.get().state == "received"

    actions.refuse(staff.handler, request_.reference, code="unreadable", now=timezone.now())
    assert answer(tmp_path, good) == 1
    assert "line 2, outcome:" in capsys.readouterr().err
    assert answer(tmp_path, f"{request_.reference},refused,unreadable,,{today}") == 0


def test_a_run_that_arrived_90_days_ago_is_erased_and_takes_nothing_again(
    household: Household, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved(household.primary)
    assert main(["export", str(tmp_path)]) == 0
    arrived = OutRun.objects.get().delivered_at
    assert arrived is not None
    moved(household.spouse)
    make_run(now=arrived)
    old = arrived + timedelta(days=90)

    assert forget_old_files(now=old - timedelta(seconds=1)) == 0
    assert forget_old_files(now=old) == 1
    assert forget_old_files(now=old) == 0

    assert [one.number for one in undelivered()] == [2]
    assert Entry.objects.get(kind="SentFilesErased").data == {"runs": 1}
    assert main(["export", str(tmp_path), "--run", "1"]) == 1
    assert "the files of run 1 were erased" in capsys.readouterr().err
    assert main(["export", str(tmp_path)]) == 0
    numbers = [row["beneficiary_number"] for row in rows_of(tmp_path / "000002", "addresses.csv")]
    assert numbers == [household.spouse.number]
    assert make_run(now=old) is None
