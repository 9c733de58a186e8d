"""What is done with teleconsultations besides taking them in."""

from datetime import date

from entraide.portal.domain.teleconsultations.models import Teleconsultation


def forget_teleconsultations(*, on: date) -> int:
    """Deletes those of before last year; gives how many.

    The counter asks for this year alone, a question about it comes for the last one at most.
    """
    return Teleconsultation.objects.filter(consulted_on__lt=date(on.year - 1, 1, 1)).delete()[0]
