"""`entraide import`: the files of a folder, in order, each taken in as a whole or not at all."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, DataError, IntegrityError, transaction

from entraide.portal.domain.imports import FINDINGS_COUNTED, Counts, FileImported, Finding, Findings, Refused
from entraide.portal.domain.library import imports as library
from entraide.portal.foundation.events.facts import publish
from entraide.portal.gateways.core_system.answer_file import answer_file
from entraide.portal.gateways.core_system.contribution_file import contribution_file
from entraide.portal.gateways.core_system.document_files import document_file
from entraide.portal.gateways.core_system.layout import Layout, Run
from entraide.portal.gateways.core_system.lines import Unreadable
from entraide.portal.gateways.core_system.lock import alone
from entraide.portal.gateways.core_system.membership_files import member_files
from entraide.portal.gateways.core_system.payment_files import payment_files
from entraide.portal.gateways.core_system.professional_file import professional_file
from entraide.portal.gateways.core_system.progress import Progress, Watch
from entraide.portal.gateways.core_system.report import FileReport, ImportRefused, Report, refused
from entraide.portal.gateways.core_system.stage import Stage, for_whole_files, loading
from entraide.portal.gateways.core_system.table import read_table
from entraide.portal.gateways.core_system.teleconsultation_file import teleconsultation_file
from entraide.profiles import counted_partners


def import_folder(folder: Path, *, progress: Watch | None = None) -> Report:
    """Loads what the folder holds and reports the counts of each file. The same folder twice is no change.

    Raises ImportRefused with the faults: the refused file left nothing and ended the run; those before stay.
    """
    report = Report(files=tuple(_take_in(folder, progress or _unwatched)))
    if report.faults:
        raise ImportRefused(report)
    return report


def _take_in(folder: Path, watch: Watch) -> Iterator[FileReport]:
    layouts = _layouts()
    amiss = _look_around(folder, layouts)
    if amiss:
        yield amiss
        return
    files = frozenset(one.file for one in layouts if (folder / one.file).is_file())
    run = Run(folder=folder, keys=settings.ENTRAIDE.keys, files=files)
    with ExitStack() as stack:
        if not stack.enter_context(alone()):
            yield _one_fault(str(folder), "another import at work", "its end before this one starts")
            return
        stack.enter_context(for_whole_files())
        library.settle()
        for layout in layouts:
            if layout.file in files:
                report = _import_file(layout, run, stack, watch)
                yield report
                if report.faults:
                    return


def _unwatched(_progress: Progress) -> None:
    return None


def _layouts() -> list[Layout]:
    segments = [segment.id for segment in settings.PROFILE.segments]
    return [
        *member_files(segments),
        contribution_file(),
        *payment_files(),
        teleconsultation_file([one.id for one in counted_partners(settings.PROFILE.partners)]),
        document_file(segments),
        professional_file(),
        answer_file(),
    ]


def _look_around(folder: Path, layouts: list[Layout]) -> FileReport | None:
    """A misspelt name must not pass for an absent file."""
    known = [layout.file for layout in layouts]
    if not folder.is_dir():
        return _one_fault(str(folder), "no such folder", "a folder with CSV files")
    names = sorted(path.name for path in folder.iterdir() if path.suffix.lower() == ".csv")
    unknown = [name for name in names if name not in known]
    if unknown:
        return _one_fault(unknown[0], "a file of an unknown name", f"one of {', '.join(known)}")
    if not names:
        return _one_fault(str(folder), "no CSV file", f"at least one of {', '.join(known)}")
    return None


def _import_file(layout: Layout, run: Run, stack: ExitStack, watch: Watch) -> FileReport:
    """The stage stays until the end of the run: the lines are compared with the payments of the same run."""
    stage = Stage(layout.stage, layout.kinds)
    findings = Findings()
    report = None
    try:
        stage.create()
        stack.callback(stage.drop)
        size = _fill(stage, layout, run, findings, watch)
        watch(Progress(layout.file, "checking", size, size, stage.rows))
        if findings.total < FINDINGS_COUNTED:
            layout.check(findings)
        if not findings.total:
            watch(Progress(layout.file, "storing", size, size, stage.rows))
            report = FileReport(file=layout.file, counts=_store(layout, run))
    except Unreadable as stop:
        findings.add(Finding(stop.line, stop.column, stop.found, stop.expected))
    except Refused as refusal:
        findings = refusal.findings
    except (OSError, DatabaseError) as error:
        findings = Findings()
        findings.add(
            Finding(None, "", _failure(error), "room and a database at work; nothing of this file was kept")
        )
    watch(Progress(layout.file, "done", 0, 0, stage.rows))
    return report or refused(layout.file, findings)


def _fill(stage: Stage, layout: Layout, run: Run, findings: Findings, watch: Watch) -> int:
    path, size = run.folder / layout.file, 0
    with loading():
        for read in read_table(path, layout, findings):
            columns, faults = layout.derive(read.batch, run)
            for fault in faults:
                findings.add(Finding(read.batch.lines[fault.row], fault.column, fault.found, fault.expected))
            stage.add(read.batch.lines, columns)
            size = read.size
            watch(Progress(layout.file, "reading", read.bytes_read, size, stage.rows))
            if findings.total >= FINDINGS_COUNTED:
                break
    stage.ready()
    return size


def _store(layout: Layout, run: Run) -> Counts:
    try:
        layout.prepare(run)
        with transaction.atomic():
            counts = layout.store(run)
            if counts.new or counts.changed:
                publish(FileImported(file=layout.file, new=counts.new, changed=counts.changed))
    finally:
        library.settle()
    return counts


def _failure(error: Exception) -> str:
    """Why the disk or the database failed, in their own words; never the values of a row."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    if not isinstance(error, IntegrityError | DataError):
        return str(error).strip().split("\n")[0]
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or type(error).__name__
    return f"a row that the database does not take ({name})"


def _one_fault(file: str, found: str, expected: str) -> FileReport:
    findings = Findings()
    findings.add(Finding(None, "", found, expected))
    return refused(file, findings)
