"""What each command does, once the settings are read."""

import argparse
import json
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from entraide.demo import demo_accounts, demo_agents, write_folder
from entraide.formats.card_code import write_keys
from entraide.formats.handover_token import write_key_set
from entraide.portal.config.access_commands import unfreeze as unfreeze
from entraide.portal.config.agent_commands import agent as agent
from entraide.portal.config.antivirus_check import antivirus_line
from entraide.portal.config.bank_command import bank as bank
from entraide.portal.config.card_command import asked_code, told
from entraide.portal.config.cover_command import cover as cover
from entraide.portal.config.demo_desk import open_demo_desk
from entraide.portal.config.desk_command import desk as desk
from entraide.portal.config.directory_command import directory as directory
from entraide.portal.config.export_command import export as export
from entraide.portal.config.facilities_command import facilities as facilities
from entraide.portal.config.feed_command import feed as feed
from entraide.portal.config.handover_command import asked_token, told_claims
from entraide.portal.config.journal_command import journal as journal
from entraide.portal.config.keys_command import keys as keys
from entraide.portal.config.keys_command import with_keys_told as with_keys_told
from entraide.portal.config.pay_command import pay as pay
from entraide.portal.config.places_command import places as places
from entraide.portal.config.reconcile_command import reconcile as reconcile
from entraide.portal.config.refused import Refused
from entraide.portal.config.security_report import security_report
from entraide.portal.config.serving import serve_until_stopped
from entraide.portal.config.statements_command import statements as statements
from entraide.portal.design.fonts import build as build_fonts
from entraide.portal.domain.access.actions.passwords import give_first_password
from entraide.portal.domain.access.queries import any_account
from entraide.portal.domain.agents.actions.demo import open_demo_agent
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.card.checking import check_card
from entraide.portal.domain.card.codes import card_keys
from entraide.portal.domain.directory.demo import open_demo_directory
from entraide.portal.domain.facilities.demo import open_demo_facilities
from entraide.portal.domain.handover.actions import use_token
from entraide.portal.domain.handover.keys import handover_keys
from entraide.portal.domain.requests.queries import ledger as ledger_rows
from entraide.portal.domain.requests.receipt import ReceiptRefused, verify_receipt
from entraide.portal.foundation.tasks.worker import work
from entraide.portal.gateways.core_system import ImportRefused, bar_on, import_folder
from entraide.portal.gateways.core_system.stage import for_whole_files

EXPIRED_DAYS = 200


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def serve(options: argparse.Namespace) -> int:
    prepare_folders()
    return serve_until_stopped(
        host=options.host, port=options.port, workers=options.workers, with_worker=not options.no_worker
    )


def start(options: argparse.Namespace) -> int:
    """Tables, drawings of letters, demo people on the first start; then serves."""
    prepare_folders()
    call_command("migrate", verbosity=0, interactive=False)
    if not any_account():
        _say("  First start: making the demo's households…")
        load_demo(timezone.localdate(), quiet=True)
    _open_demo_agents()
    open_demo_facilities()
    open_demo_directory(clock=timezone.now)
    open_demo_desk(now=timezone.now())
    _say(f"\n  {settings.PROFILE.identity.name}: {settings.ENTRAIDE.public_url}/\n")
    _say(f"  Who can sign in, and what to try: {settings.ENTRAIDE.public_url}/demo/")
    if not settings.ENTRAIDE.antivirus_url:
        _say("  No antivirus is set up (ANTIVIRUS_URL): what is sent is kept, and said to be, unscanned.")
    for one in demo_accounts(settings.PROFILE, on=timezone.localdate()):
        if one.role == "member" and one.password:
            _say(
                f"  Member: {one.member_number}   Password: {one.password}"
                f"   ({one.first_name} {one.last_name})"
            )
    for agent_account in demo_agents(settings.PROFILE):
        _say(
            f"  Agent: {agent_account.identifier}   Password: {agent_account.password}"
            f"   ({agent_account.full_name}, at /gestion/)"
        )
    _say(
        f"  Mails and codes arrive at {settings.ENTRAIDE.public_url}/demo/boite/   Ctrl-C stops everything.\n"
    )
    return serve_until_stopped(host="127.0.0.1", port=options.port, workers=2, with_worker=True)


def worker(_options: argparse.Namespace) -> int:
    prepare_folders()
    work()
    return 0


def migrate(_options: argparse.Namespace) -> int:
    prepare_folders()
    try:
        # A large table takes longer than a page may; its lock is waited for no longer than by a page.
        with for_whole_files():
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise Refused(f"the database refused: {error}") from None
    _say("tables are up to date")
    return 0


def makemigrations(options: argparse.Namespace) -> int:
    try:
        call_command("makemigrations", check=options.check, dry_run=options.check)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def check(options: argparse.Namespace) -> int:
    """Settings and profile were read already; here the database and the folders are tried.

    With `--security` the access rules are compared with the texts instead; a deviation is no fault.
    """
    if options.security:
        _say(security_report(settings.PROFILE))
        return 0
    prepare_folders()
    try:
        call_command("check", deploy=settings.ENTRAIDE.is_https, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (CommandError, DatabaseError) as error:
        raise Refused(str(error)) from None
    with tempfile.TemporaryFile(dir=settings.ENTRAIDE.data_dir):
        pass
    _say(f"{settings.PROFILE.identity.name}: settings, profile, database and folders are in order")
    _say(antivirus_line(now=timezone.now()))
    return 0


def demo(options: argparse.Namespace) -> int:
    if not settings.ENTRAIDE.demo:
        raise Refused("the demo's people are loaded with ENTRAIDE_DEMO=1 only")
    try:
        on = date.fromisoformat(options.on) if options.on else timezone.localdate()
    except ValueError:
        raise Refused(f"--on: found {options.on!r}, expected a day such as 2026-11-22") from None
    load_demo(on)
    return 0


def load_demo(on: date, *, quiet: bool = False) -> None:
    """Writes the demo's folder, imports it like any other, and opens the accounts it says are open."""
    with tempfile.TemporaryDirectory(prefix="entraide-demo-") as folder:
        write_folder(settings.PROFILE, Path(folder), on=on, known_on=min(on, timezone.localdate()))
        _import(Path(folder), quiet=quiet)
    for one in demo_accounts(settings.PROFILE, on=on):
        if one.password is not None:
            expired = one.role == "expired_password"
            age = timedelta(days=EXPIRED_DAYS if expired else 10)
            give_first_password(
                number=one.member_number,
                password=one.password,
                set_at=timezone.now() - age,
                must_reset=expired,
            )
    _open_demo_agents()
    open_demo_facilities()
    open_demo_directory(clock=timezone.now)
    open_demo_desk(now=timezone.now())


def _open_demo_agents() -> None:
    """Those that are not there yet: also in the data of a demo made before there were any."""
    for one in demo_agents(settings.PROFILE):
        open_demo_agent(
            identifier=one.identifier,
            full_name=one.full_name,
            role=Role(one.role),
            password=one.password,
            totp_secret=one.totp_secret,
            now=timezone.now(),
        )


def import_folder_command(options: argparse.Namespace) -> int:
    if not options.folder.is_dir():
        raise Refused(f"{options.folder}: not a folder")
    prepare_folders()
    _import(options.folder)
    return 0


def _import(folder: Path, *, quiet: bool = False) -> None:
    try:
        report = import_folder(folder, progress=None if quiet else bar_on(sys.stderr))
    except ImportRefused as refusal:
        raise Refused(f"the folder was not taken in as a whole:\n{refusal}") from None
    if not quiet:
        _say(str(report))


def ledger(_options: argparse.Namespace) -> int:
    for row in ledger_rows():
        _say(json.dumps(row))
    return 0


def verify_receipt_command(options: argparse.Namespace) -> int:
    try:
        proof = verify_receipt(options.file.read_bytes())
    except OSError as error:
        raise Refused(f"{options.file}: {error.strerror}") from None
    except ReceiptRefused as error:
        raise Refused(f"{options.file}: {error}") from None
    _say(str(proof))
    return 0


def print_card_keys(_options: argparse.Namespace) -> int:
    sys.stdout.write(write_keys(card_keys().values()))
    return 0


def verify_card(options: argparse.Namespace) -> int:
    """With the database: a replaced card, or one of a contract that has ended, is refused as well."""
    found = check_card(asked_code(options), on=options.on or timezone.localdate())
    return told(found.claims, found.state.value)


def print_handover_keys(_options: argparse.Namespace) -> int:
    sys.stdout.write(write_key_set(handover_keys().values()))
    return 0


def verify_handover(options: argparse.Namespace) -> int:
    """With the database: the token serves here, and so never again."""
    found = use_token(asked_token(options), audience=options.audience, now=timezone.now())
    return told_claims(found.claims, found.state.value)


def prepare_folders() -> None:
    """The folders below the data folder, and the fonts that are built from their package once."""
    for name in ("incoming", "files", "built", "static"):
        folder = settings.ENTRAIDE.data_dir / name
        folder.mkdir(parents=True, exist_ok=True)
    build_fonts(settings.ENTRAIDE.data_dir / "built" / "fonts")
