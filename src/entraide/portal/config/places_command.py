"""`entraide places`: the postal service's public file of postcodes."""

import argparse
import csv
import sys

from entraide.portal.config.refused import Refused
from entraide.portal.gateways.places import PlacesRefused, take_in_places


def places(options: argparse.Namespace) -> int:
    """Loads one file in the place of the one before, and says how many names it brought."""
    if not options.file.is_file():
        raise Refused(f"{options.file}: not a file")
    try:
        taken = take_in_places(options.file)
    except (PlacesRefused, csv.Error) as refusal:
        raise Refused(f"the file was refused, nothing of it was kept:\n{refusal}") from None
    for name, counts in (("places", taken.places), ("towns", taken.towns)):
        if counts is None:
            sys.stdout.write(
                "towns: no coordinates in this file, professionals are found by what was known\n"
            )
        else:
            told = f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged"
            sys.stdout.write(f"{name}: {told}\n")
    return 0
