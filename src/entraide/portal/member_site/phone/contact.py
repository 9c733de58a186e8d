"""The mutual among the contacts of a phone (MOB-01): number, hours, address. Nothing of any member."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entraide.formats.contact_sheet import ContactSheet, contact_sheet_file
from entraide.portal.foundation.web.public import public

FILE_NAME = "mutuelle.vcf"
KIND = "text/vcard"


@public
@require_safe
def contact_sheet(_request: HttpRequest) -> HttpResponse:
    """`/contact.vcf`: a phone offers to keep it."""
    answer = HttpResponse(contact_sheet_file(sheet_of_mutual()), content_type=f"{KIND}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


def sheet_of_mutual() -> ContactSheet:
    identity, contacts = settings.PROFILE.identity, settings.PROFILE.contacts
    return ContactSheet(
        name=identity.name,
        phone=contacts.phone,
        email=contacts.email,
        website=identity.website,
        address=contacts.postal or identity.address,
        note=_("Votre espace : %(address)s") % {"address": settings.ENTRAIDE.public_url},
    )
