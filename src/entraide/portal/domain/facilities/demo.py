"""The small directory of a demo, from the mutual's profile."""

from django.conf import settings

from entraide.portal.domain.facilities.loading import FacilityRow, load_facilities
from entraide.portal.domain.facilities.queries import directory_is_filled


def open_demo_facilities() -> None:
    """Facilities to try hospital cover with, unless a directory was loaded already."""
    if directory_is_filled():
        return
    rows = (
        FacilityRow(
            finess=one.finess,
            name=one.name,
            address=one.address,
            postcode=one.postcode,
            city=one.city,
            kind=one.kind,
            phone="",
        )
        for one in settings.PROFILE.hospital.demo_facilities
    )
    load_facilities(rows, file="demo facilities")
