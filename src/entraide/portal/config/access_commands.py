"""`entraide unfreeze`: what the mutual does once it has spoken with a member, for the operator's terminal."""

import argparse
import sys

from django.utils import timezone, translation

from entraide.portal.config.refused import Refused
from entraide.portal.domain.access.actions.safety import unfreeze as lift
from entraide.portal.domain.errors import DomainError


def unfreeze(options: argparse.Namespace) -> int:
    """Opens a frozen access, or one cut from codes or tries, again; a frozen one asks for a new password."""
    with translation.override("en"):
        try:
            lift(number=options.number, now=timezone.now())
        except DomainError as error:
            raise Refused(f"{options.number}: {error.message}") from None
    sys.stdout.write(
        "open again: the member sets a new password with the page of the forgotten password\n"
        "after a freeze, apps, passkeys and recovery codes of before are gone: the member enrols again\n"
    )
    return 0
