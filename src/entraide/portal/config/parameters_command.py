"""`entraide parameters`: the public figures that the engine uses. It needs no mutual and no database."""

import argparse
from datetime import date

from entraide.portal.config.refused import Refused
from entraide.reimbursement import DataError, load_parameters
from entraide.reimbursement.listing import in_force, to_confirm


def parameters(options: argparse.Namespace) -> int:
    """Prints what is in force on a day, or every value that nobody has read at its source yet."""
    try:
        book = load_parameters()
    except DataError as error:
        raise Refused(f"the parameters cannot be read:\n{error}") from None
    if options.to_confirm:
        rows = list(to_confirm(book, language=options.language))
    else:
        rows = list(in_force(book, options.on, language=options.language))
    for row in rows:
        print(row)  # noqa: T201
    return 0


def day(text: str) -> date:
    """A day as `--on` takes it; argparse says what is wrong with another text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'found "{text}", expected a day such as 2026-11-22') from None
