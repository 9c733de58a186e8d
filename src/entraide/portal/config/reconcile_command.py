"""`entraide reconcile`: does everything hold that was promised?"""

import argparse
import json
import sys

from entraide.portal.config.refused import Refused
from entraide.portal.foundation.sweeps.findings import Finding
from entraide.portal.foundation.sweeps.tasks import reconcile as look_through


def reconcile(options: argparse.Namespace) -> int:
    """Prints what was found; refused when something is left that nobody but a person can put right."""
    report = look_through()
    if options.json:
        sys.stdout.writelines(json.dumps(_row(one)) + "\n" for one in report.findings)
    else:
        sys.stdout.writelines(f"{_line(one)}\n" for one in report.findings)
    if report.left:
        counts = ", ".join(f"{count} {what}" for what, count in report.counts.items())
        raise Refused(f"{len(report.left)} left to a person: {counts} (docs/operations/reconciliation.md)")
    sys.stdout.write(f"everything holds; {report.repaired} put right\n" if not options.json else "")
    return 0


def _row(one: Finding) -> dict[str, object]:
    since = one.since.isoformat(timespec="seconds") if one.since else None
    return {"what": one.what, "about": one.about, "since": since, "repaired": one.is_repaired}


def _line(one: Finding) -> str:
    since = f", since {one.since:%Y-%m-%d %H:%M}" if one.since else ""
    return f"{one.what}: {one.about}{since}{' (repaired)' if one.is_repaired else ''}"
