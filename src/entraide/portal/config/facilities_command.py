"""`entraide facilities`: the public directory of hospitals."""

import argparse
import sys

from entraide.portal.config.refused import Refused
from entraide.portal.gateways.core_system import bar_on
from entraide.portal.gateways.facilities import FacilitiesRefused, take_in_facilities


def facilities(options: argparse.Namespace) -> int:
    """Loads one file in the place of the one before, and says how many facilities it brought."""
    if not options.file.is_file():
        raise Refused(f"{options.file}: not a file")
    try:
        counts = take_in_facilities(options.file, watch=bar_on(sys.stderr))
    except FacilitiesRefused as refusal:
        raise Refused(f"the file was refused, nothing of it was kept:\n{refusal}") from None
    told = f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged"
    sys.stdout.write(f"facilities: {told}\n")
    return 0
