"""`entraide pay`: what waits is grouped, ordered, and the bank's answers are read."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone

from entraide.formats.money import format_cents
from entraide.formats.sepa import BankAnswerRefused, read_bank_answer
from entraide.portal.config.refused import Refused
from entraide.portal.domain.payment_runs import queries
from entraide.portal.domain.payment_runs.answers import Recorded, record_answer
from entraide.portal.domain.payment_runs.enums import RunState
from entraide.portal.domain.payment_runs.models import PaymentRun
from entraide.portal.domain.payment_runs.ordering import order_file, order_run
from entraide.portal.domain.payment_runs.preparing import cancel_run, prepare_run
from entraide.portal.domain.payment_runs.refusals import RunRefused
from entraide.portal.domain.payment_runs.totals import totals_of
from entraide.portal.gateways.core_system import alone

_SHOWN = 20


def pay(options: argparse.Namespace) -> int:
    """Runs one action; what it refuses changes nothing."""
    try:
        return _ACTIONS[options.action](options)
    except RunRefused as refusal:
        raise Refused(refusal.message) from None


def _prepare(options: argparse.Namespace) -> int:
    with _nobody_else():
        run = prepare_run(pay_on=options.on, now=timezone.localtime())
    _say(f"{run.number} is prepared: look at it, then `entraide pay order {run.number} --out FILE`")
    _show_run(run)
    return 0


def _show(options: argparse.Namespace) -> int:
    if options.number:
        _show_run(_run(options.number))
        return 0
    for run in queries.latest_runs(limit=_SHOWN):
        told = {
            "number": run.number,
            "state": run.state,
            "pay_on": run.pay_on.isoformat(),
            "lines": run.lines,
            "payments": run.payments,
            "transfers": run.transfers,
            "amount": format_cents(run.amount),
        }
        _say(json.dumps(told))
    return 0


def _order(options: argparse.Namespace) -> int:
    run = _run(options.number)
    # Before anything is paid: a folder that cannot be written is no reason to look for the file later.
    with _nobody_else(), _new_file(options.out) as write:
        content = order_run(run, now=timezone.localtime())
        if content is not None:
            write(content)
    told = (
        f"the file for the bank is {options.out}" if content else "there is nothing to transfer, and no file"
    )
    _say(f"{run.number} is ordered; {told}")
    _show_run(_run(run.number))
    return 0


def _file(options: argparse.Namespace) -> int:
    with _new_file(options.out) as write:
        content = order_file(_run(options.number))
        if content is None:
            raise Refused(f"{options.number}: nothing was to transfer, there is no file")
        write(content)
    _say(f"{options.out}: the file of {options.number}, as it was")
    return 0


def _cancel(options: argparse.Namespace) -> int:
    with _nobody_else():
        cancel_run(_run(options.number))
    _say(f"{options.number} is cancelled: its lines wait again")
    return 0


def _answer(options: argparse.Namespace) -> int:
    try:
        content = options.file.read_bytes()
        answer = read_bank_answer(content)
    except OSError as error:
        raise Refused(f"{options.file}: {error.strerror}") from None
    except BankAnswerRefused as refusal:
        raise Refused(f"{options.file}: {refusal}") from None
    _say(f"{options.file.name}: {_told(record_answer(answer, today=timezone.localdate()))}")
    return 0


def _told(done: Recorded) -> str:
    told = (
        f"{done.accepted} accepted, {done.refused} refused, {done.returned} sent back, "
        f"{done.unchanged} known before"
    )
    if not done.unknown:
        return told
    shown = "\n".join(f"  not ours, or of another amount: {one}" for one in done.unknown[:_SHOWN])
    more = len(done.unknown) - _SHOWN
    return f"{told}\n{shown}" + (f"\n  and {more} more" if more > 0 else "")


def _run(number: str) -> PaymentRun:
    found = queries.run_by_number(number)
    if found is None:
        raise Refused(f"{number}: no such run; `entraide pay show` lists them")
    return found


def _show_run(run: PaymentRun) -> None:
    _say(f"  state {run.state}, to pay on {run.pay_on}")
    amount = format_cents(run.amount)
    _say(f"  {run.lines} lines in {run.payments} payments; {run.transfers} transfers, {amount} EUR")
    for held in queries.held_by(run):
        owed = format_cents(held.amount)
        _say(f"  held, {held.reason}: {held.payees} payees, {held.lines} lines, {owed} EUR")
    if run.state == RunState.ORDERED:
        sums = totals_of(run)
        told = ", ".join(f"{name} {format_cents(getattr(sums, name))}" for name in sums.__slots__)
        _say(f"  sums {'agree' if sums.agree else 'DO NOT AGREE'}: {told}")
        states = ", ".join(f"{count} {state}" for state, count in queries.states_of(run).items())
        _say(f"  transfers: {states or 'none'}")


@contextmanager
def _nobody_else() -> Iterator[None]:
    """A feed or an import at work would change what waits."""
    with alone() as mine:
        if not mine:
            raise Refused("an import, a feed or another payment run is at work: try again when it has ended")
        yield


@contextmanager
def _new_file(path: Path) -> Iterator[Callable[[bytes], None]]:
    """A file that is there whole or not at all, for its owner only; one that exists is never replaced."""
    partial = path.with_name(f"{path.name}.part")
    if path.exists():
        raise Refused(f"{path}: is there already, and is not replaced")

    def write(content: bytes) -> None:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
        partial.rename(path)

    try:
        with partial.open("wb") as out:
            yield write
    except OSError as error:
        raise Refused(
            f"{path}: {error.strerror}; `entraide pay file` writes the file of an ordered run"
        ) from None
    finally:
        partial.unlink(missing_ok=True)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


_ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "prepare": _prepare,
    "show": _show,
    "order": _order,
    "file": _file,
    "cancel": _cancel,
    "answer": _answer,
}
