"""Runs that arrived long ago lose their content: accounts, health numbers and addresses (RGPD, article 5)."""

from datetime import datetime, timedelta

from django.db import transaction

from entraide.portal.domain.data_out.events import SentFilesErased
from entraide.portal.domain.data_out.models import OutFile, OutRun
from entraide.portal.foundation.events.facts import publish

# A quarter: time enough to find out at the next closing of accounts that a folder was lost, and ask again.
KEPT_FOR = timedelta(days=90)


def forget_old_files(*, now: datetime) -> int:
    """Erases the files of runs whose folder was whole `KEPT_FOR` ago; returns of how many runs.

    What each run took stays noted, so that nothing goes out twice. A run that is not delivered keeps all.
    """
    old = OutRun.objects.filter(delivered_at__lte=now - KEPT_FOR, files__isnull=False).distinct()
    with transaction.atomic():
        runs = list(old.values_list("pk", flat=True))
        OutFile.objects.filter(run__in=runs).delete()
        if runs:
            publish(SentFilesErased(runs=len(runs)))
    return len(runs)


def is_forgotten(number: int) -> bool:
    """Whether this run was made and its files are erased: every run has one at least."""
    return OutRun.objects.filter(number=number, files__isnull=True).exists()
