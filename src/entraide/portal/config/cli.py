"""The program `entraide`: exit code 0, 1 (refused, with a clear message), 2 (wrong use)."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from entraide.portal.config.card_command import verify_offline
from entraide.portal.config.handover_command import verify_handover_offline
from entraide.portal.config.parameters_command import day, parameters
from entraide.portal.config.refused import Refused

# As in domain/agents/enums.py, which cannot be loaded before the settings; a test compares the two.
AGENT_ROLES = ("reader", "handler", "payer", "supervisor", "security_admin", "dpo", "social_fund")
REQUEST_STATES = ("", "received", "checked", "in_progress", "waiting_for_member")
# As in domain/bank/enums.py, likewise.
BANK_REFUSALS = ("holder_mismatch", "paper_mismatch", "paper_unreadable", "not_confirmed")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; refusals go to standard error, without a trace."""
    parser = _parser()
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.portal.config.settings")
    # What we write is for the user that runs us, and nobody else.
    os.umask(0o077)
    try:
        return _COMMANDS[options.command](options)
    except Refused as refusal:
        print(f"entraide: {refusal}", file=sys.stderr)  # noqa: T201
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="entraide", description="The member portal of a health mutual.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="web server (and the worker, unless --no-worker)")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--workers", type=int, default=2, help="web processes")
    serve.add_argument("--no-worker", action="store_true", help="web only; run `entraide worker` elsewhere")
    start = commands.add_parser(
        "start", help="demo on this machine: prepare everything, then serve (make run)"
    )
    start.add_argument("--mutual", required=True, help="a folder of mutuals/")
    start.add_argument("--port", type=int, default=8000)
    start.add_argument("--fresh", action="store_true", help="forget the data of the last demo first")
    commands.add_parser("worker", help="background jobs: mails, SMS, tidying")
    commands.add_parser("migrate", help="create or upgrade the tables")
    check = commands.add_parser("check", help="settings, profile, database and folders, without starting")
    check.add_argument(
        "--security", action="store_true", help="print where the access rules differ from ASVS and the CNIL"
    )
    demo = commands.add_parser("demo", help="load the mutual's fictitious households (ENTRAIDE_DEMO=1)")
    demo.add_argument("--on", help="last day of the payments, YYYY-MM-DD (default: today)")
    imports = commands.add_parser("import", help="load the management system's files of a folder")
    imports.add_argument("folder", type=Path)
    feed = commands.add_parser("feed", help="take in one file of the compulsory schemes' electronic feed")
    feed.add_argument("file", type=Path)
    feed.add_argument("--rejects", type=Path, help="where to tell of rejected lines (FILE.rejects.jsonl)")
    _add_export(commands)
    _add_statements(commands)
    _add_directories(commands)
    commands.add_parser("ledger", help="one JSON line per stored request")
    reconcile = commands.add_parser("reconcile", help="look for what should not be; repair what can be")
    reconcile.add_argument("--json", action="store_true", help="one JSON line per finding")
    verify = commands.add_parser("verify-receipt", help="check the seal of a receipt in PDF")
    verify.add_argument("file", type=Path)
    _add_card(commands)
    unfreeze = commands.add_parser(
        "unfreeze", help="open a frozen access again, once the mutual has spoken with the member"
    )
    unfreeze.add_argument("number", help="what the member signs in with")
    journal = commands.add_parser("journal", help="who consulted whose file: check that no row was changed")
    journal.add_argument("action", choices=("verify",), metavar="verify")
    keys = commands.add_parser("keys", help="what is sealed with which key; a new key for all of it")
    keys.add_argument(
        "action",
        choices=("status", "rotate", "check"),
        help="count by key without opening; seal everything anew with the first key; open everything",
    )
    _add_agent(commands)
    _add_bank(commands)
    _add_desk(commands)
    _add_cover(commands)
    _add_pay(commands)
    _add_parameters(commands)
    makemigrations = commands.add_parser("makemigrations", help="for developers: write or check migrations")
    makemigrations.add_argument("--check", action="store_true")
    return parser


def _add_agent(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    agent = commands.add_parser("agent", help="the people of the mutual: invite, list, reset, end")
    actions = agent.add_subparsers(dest="action", required=True, metavar="ACTION")
    invite = actions.add_parser("invite", help="print, once, the link by which somebody chooses a password")
    invite.add_argument("email", help="their address, which becomes their identifier")
    invite.add_argument("--name", required=True, help="first and last name")
    invite.add_argument("--role", required=True, choices=AGENT_ROLES)
    actions.add_parser("list", help="one JSON line per agent, without any secret")
    reset = actions.add_parser("reset", help="print, once, a link to a new password; the old one ends")
    reset.add_argument("email")
    reset.add_argument("--factor", action="store_true", help="phone or key lost: remove apps and keys too")
    end = actions.add_parser("end", help="close an access at once, sessions included")
    end.add_argument("email")


def _add_bank(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    bank = commands.add_parser("bank", help="changes of account that members asked for: list, decide, settle")
    actions = bank.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="one JSON line per change that waits, without account or name")
    check = actions.add_parser("check", help="an agent compared the RIB, its holder and the person")
    approve = actions.add_parser("approve", help="a second agent agrees, where the rules ask for one")
    refuse = actions.add_parser("refuse", help="it is not carried out, for a reason that the member reads")
    for one in (check, approve, refuse):
        one.add_argument("reference")
        one.add_argument("--agent", required=True, metavar="EMAIL", help="who decides")
    refuse.add_argument("--reason", required=True, choices=BANK_REFUSALS)
    actions.add_parser("settle", help="apply now what is approved and whose cooling-off is over")


def _add_desk(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    desk = commands.add_parser("desk", help="requests of members: list, open, take, ask, answer, refuse")
    actions = desk.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="one JSON line per open request, what is due first on top")
    listed.add_argument("--team", default="", help="a team of desk.toml")
    listed.add_argument("--state", default="", choices=REQUEST_STATES)
    search = actions.add_parser("search", help="by reference, number, health number, beginning of a name")
    search.add_argument("text")
    helps = {
        "show": "one request with its history; noted in the journal of its people",
        "take": "this agent takes care of it",
        "hand-over": "to another team, or to a colleague",
        "ask": "what is needed of the member, from standard input",
        "answer": "the answer, from standard input",
        "approve": "a second agent agrees to the proposed answer",
        "refuse": "it is not carried out; more words may come from standard input",
        "note": "for colleagues, from standard input",
    }
    parsers = {name: actions.add_parser(name, help=words) for name, words in helps.items()}
    for one in parsers.values():
        one.add_argument("reference")
    for one in (listed, search, *parsers.values()):
        one.add_argument("--agent", required=True, metavar="EMAIL", help="who does it")
    parsers["show"].add_argument("--reason", default="", help="why, as its people will read it")
    parsers["hand-over"].add_argument("--team", default="")
    parsers["hand-over"].add_argument("--to", default="", metavar="EMAIL")
    parsers["approve"].add_argument("--binding", required=True, help="of the answer that was read")
    parsers["refuse"].add_argument("--code", required=True, help="a reason of desk.toml")


def _add_card(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    commands.add_parser("card-keys", help="the public keys that prove our cards, one a line")
    verify = commands.add_parser("verify-card", help="is a card valid? by its code, or the link of its QR")
    verify.add_argument("code", help="the code or the link; - reads it from standard input")
    verify.add_argument("--keys", type=Path, help="check offline, by this file of public keys alone")
    verify.add_argument("--on", type=day, help="another day than today, YYYY-MM-DD")
    _add_handover(commands)


def _add_cover(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    cover = commands.add_parser("cover", help="requests for hospital cover: list, decide")
    actions = cover.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="one JSON line per request that waits, without name or hospital")
    decide = actions.add_parser("decide", help="an agent answers; the letter leaves for the hospital")
    decide.add_argument("reference")
    decide.add_argument("--agent", required=True, metavar="EMAIL", help="who decides")
    decide.add_argument("verdict", choices=("accept", "refuse"))
    decide.add_argument("--code", default="", help="of a refusal: a reason of desk.toml")


def _add_pay(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    pay = commands.add_parser("pay", help="payment runs: prepare, look, order, read the bank's answers")
    actions = pay.add_subparsers(dest="action", required=True, metavar="ACTION")
    prepare = actions.add_parser("prepare", help="group what waits by payee; nothing is paid yet")
    prepare.add_argument("--on", type=day, required=True, help="day on which the money leaves, YYYY-MM-DD")
    show = actions.add_parser("show", help="the latest runs, or one of them")
    show.add_argument("number", nargs="?", default="")
    order = actions.add_parser("order", help="make payments and statements, and the file for the bank")
    again = actions.add_parser("file", help="the file of an ordered run once more, the same bytes")
    for one in (order, again):
        one.add_argument("number")
        one.add_argument("--out", type=Path, required=True, help="a file that is not there yet")
    cancel = actions.add_parser("cancel", help="give a prepared run up; its lines wait again")
    cancel.add_argument("number")
    answer = actions.add_parser("answer", help="read what the bank says: pain.002 or camt.054")
    answer.add_argument("file", type=Path)


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = commands.add_parser("export", help="what members changed and asked, as numbered files")
    export.add_argument("folder", type=Path, help="where the folder of the run is made")
    export.add_argument("--run", type=int, help="a former run once more, the same bytes")


def _add_directories(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    places = commands.add_parser("places", help="load the postal service's public file of postcodes")
    places.add_argument("file", type=Path)
    facilities = commands.add_parser("facilities", help="load the public FINESS directory of hospitals")
    facilities.add_argument("file", type=Path)
    directory = commands.add_parser("directory", help="load health professionals, or partners of networks")
    directory.add_argument(
        "source", choices=("rpps", "partners"), help="the national free-access file; partners of networks"
    )
    directory.add_argument("file", type=Path)


def _add_statements(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    statements = commands.add_parser("statements", help="a quarter's statements by post, ready to print")
    statements.add_argument("--quarter", required=True, help="such as 2026-Q4")
    statements.add_argument(
        "--out", type=Path, required=True, help="a new or empty folder, or one to go on in"
    )
    statements.add_argument("--size", type=int, default=250, help="letters a part (250)")
    statements.add_argument(
        "--preview", action="store_true", help="also of a quarter that is not over, each page marked"
    )


def _add_parameters(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    figures = commands.add_parser(
        "parameters", help="the public figures of reimbursements, with their sources"
    )
    which = figures.add_mutually_exclusive_group(required=True)
    which.add_argument("--on", type=day, help="what is in force on this day, YYYY-MM-DD")
    which.add_argument("--to-confirm", action="store_true", help="what nobody has read at its source yet")
    figures.add_argument("--language", choices=("en", "fr"), default="en")


def _add_handover(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    commands.add_parser("handover-keys", help="the public keys of hand-overs to partners (JSON Web Key Set)")
    verify = commands.add_parser("verify-handover", help="check a token that somebody came to a partner with")
    verify.add_argument("text", metavar="token", help="as the partner got it; - reads it from standard input")
    verify.add_argument("--audience", required=True, help="the partner's name in partners.toml")
    verify.add_argument(
        "--keys", type=Path, help="check offline with this file of keys; without it the token serves, once"
    )


def _setup() -> None:
    import django  # noqa: PLC0415 (settings are read here, and may be refused)
    from django.utils import translation  # noqa: PLC0415

    from entraide.portal.config.env import EnvironmentFault  # noqa: PLC0415
    from entraide.profiles import ProfileError  # noqa: PLC0415

    try:
        django.setup()
    except (EnvironmentFault, ProfileError) as fault:
        raise Refused(f"cannot start:\n{fault}") from None
    translation.activate("en")


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    def run(options: argparse.Namespace) -> int:
        _setup()
        from entraide.portal.config import commands  # noqa: PLC0415 (needs the settings)

        with commands.with_keys_told(name):
            result: int = getattr(commands, name)(options)
        return result

    return run


def _start(options: argparse.Namespace) -> int:
    from entraide.portal.config.start import prepare_environment  # noqa: PLC0415 (before the settings)

    prepare_environment(options)
    return _command("start")(options)


def _verify_card(options: argparse.Namespace) -> int:
    return verify_offline(options) if options.keys else _command("verify_card")(options)


def _verify_handover(options: argparse.Namespace) -> int:
    return verify_handover_offline(options) if options.keys else _command("verify_handover")(options)


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "serve": _command("serve"),
    "start": _start,
    "worker": _command("worker"),
    "migrate": _command("migrate"),
    "check": _command("check"),
    "demo": _command("demo"),
    "import": _command("import_folder_command"),
    "export": _command("export"),
    "feed": _command("feed"),
    "statements": _command("statements"),
    "places": _command("places"),
    "facilities": _command("facilities"),
    "directory": _command("directory"),
    "ledger": _command("ledger"),
    "reconcile": _command("reconcile"),
    "verify-receipt": _command("verify_receipt_command"),
    "card-keys": _command("print_card_keys"),
    "verify-card": _verify_card,
    "handover-keys": _command("print_handover_keys"),
    "verify-handover": _verify_handover,
    "unfreeze": _command("unfreeze"),
    "journal": _command("journal"),
    "keys": _command("keys"),
    "agent": _command("agent"),
    "bank": _command("bank"),
    "desk": _command("desk"),
    "cover": _command("cover"),
    "pay": _command("pay"),
    "parameters": parameters,
    "makemigrations": _command("makemigrations"),
}

if __name__ == "__main__":
    sys.exit(main())
