"""`entraide feed`: one file of the electronic feed."""

import argparse
import sys

from django.utils import timezone

from entraide.portal.config.refused import Refused
from entraide.portal.gateways.claim_feed import FeedRefused, take_in_feed
from entraide.portal.gateways.core_system import bar_on


def feed(options: argparse.Namespace) -> int:
    """Takes one file in and says how many lines were new, known before, and rejected."""
    if not options.file.is_file():
        raise Refused(f"{options.file}: not a file")
    try:
        report = take_in_feed(
            options.file, now=timezone.localtime(), rejects=options.rejects, progress=bar_on(sys.stderr)
        )
    except FeedRefused as refusal:
        raise Refused(f"the feed was refused, nothing of it was kept:\n{refusal}") from None
    sys.stdout.write(f"{report}\n")
    return 0
