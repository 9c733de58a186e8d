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
        counts = take_in_places(options.file)
    except (PlacesRefused, csv.Error) as refusal:
        raise Refused(f"the file was refused, nothing of it was kept:\n{refusal}") from None
    sys.stdout.write(f"places: {counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged\n")
    return 0
