"""What a member may choose: about what, and about whom."""

from datetime import date

from babel.dates import format_date
from django.conf import settings
from django.utils import timezone

from entraide.formats import mobile
from entraide.portal.domain.members.queries import people_to_send_for
from entraide.portal.foundation.web.wording import language, text
from entraide.portal.member_site.member_request import MemberRequest

Choices = list[tuple[str, str]]


def reasons_for(request: MemberRequest) -> Choices:
    """The reasons of this member's segment."""
    return [(one.id, text(one.label)) for one in settings.PROFILE.deposit.reasons_for(request.viewer.segment)]


def people_for(request: MemberRequest) -> Choices:
    """For whom this member may write, oneself first."""
    people = people_to_send_for(request.viewer, on=timezone.localdate())
    return [(str(one.pk), one.full_name) for one in people]


def own_number(request: MemberRequest) -> str:
    """Where this member can be called, as it is dialled; blank when no number is on file."""
    own = people_to_send_for(request.viewer, on=timezone.localdate())[0]
    number = own.mobile or own.phone
    return mobile.national(number) if number else ""


def weekday_of(day: date) -> str:
    """`lundi 23 novembre`, in the language of the page."""
    return format_date(day, "EEEE d MMMM", locale=language())
