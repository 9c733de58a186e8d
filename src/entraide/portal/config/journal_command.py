"""`entraide journal`: does the journal of consultations still say what was written?"""

import argparse
import sys

from entraide.portal.config.refused import Refused
from entraide.portal.domain.consultations.verifying import verify_consultations


def journal(_options: argparse.Namespace) -> int:
    """Reads every row; refused, with each place named, when a row was altered, removed or added (A68)."""
    verdict = verify_consultations()
    if verdict.breaks:
        places = "\n".join(str(one) for one in verdict.breaks)
        raise Refused(f"the journal of consultations is not what was written:\n{places}")
    sys.stdout.write(f"{verdict.rows} consultations of {verdict.people} people, all as they were written\n")
    return 0
