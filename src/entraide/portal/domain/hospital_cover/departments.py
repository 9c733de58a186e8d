"""The departments of a hospital that the mutual's form offers."""

from django.conf import settings

from entraide.portal.foundation.web.wording import text
from entraide.profiles import HospitalDepartment


def departments() -> tuple[HospitalDepartment, ...]:
    found: tuple[HospitalDepartment, ...] = settings.PROFILE.hospital.departments
    return found


def department_named(department_id: str) -> HospitalDepartment | None:
    return next((one for one in departments() if one.id == department_id), None)


def department_label(department_id: str) -> str:
    """Its words; the id itself when the mutual no longer offers it."""
    found = department_named(department_id)
    return text(found.label) if found else department_id
