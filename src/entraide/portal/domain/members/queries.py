"""What pages may know of people; the first argument is who asks."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import (
    Person,
    may_have_access,
    may_leave,
    may_see_identity,
    may_send_for,
)
from entraide.portal.domain.members.viewer import Viewer


def viewer_of(account_id: UUID) -> Viewer | None:
    """The insured person behind an account, or None."""
    found = Beneficiary.objects.select_related("member").filter(account_id=account_id).first()
    if found is None:
        return None
    return as_viewer(found)


def as_viewer(person: Beneficiary) -> Viewer:
    """The viewer that a person with an account is, their membership loaded."""
    assert person.account_id is not None
    return Viewer(
        account_id=person.account_id,
        person_id=person.id,
        member_id=person.member_id,
        member_number=person.member.number,
        number=person.number,
        relationship=person.relationship,
        first_name=person.first_name,
        last_name=person.last_name,
        birth_date=person.birth_date,
        segment=person.member.segment,
        city=person.city,
    )


def people_of(viewer: Viewer) -> list[Beneficiary]:
    """Everyone of the membership for the primary insured; only oneself for the others."""
    people = Beneficiary.objects.filter(member_id=viewer.member_id)
    if not viewer.is_primary:
        people = people.filter(pk=viewer.person_id)
    return sorted(people, key=rank_in_family)


def rank_in_family(one: Beneficiary) -> tuple[int, date, str]:
    """The order in which a family is told: primary insured, spouse, children from the eldest on."""
    return _RANK[one.relationship], one.birth_date, one.first_name


_RANK = {"primary_insured": 0, "spouse": 1, "child": 2}


def people_to_send_for(viewer: Viewer, *, on: date) -> list[Beneficiary]:
    """For whom the viewer may send papers, oneself first."""
    people = [one for one in people_of(viewer) if may_send_for(viewer, as_person(one), on=on)]
    return sorted(people, key=lambda one: one.pk != viewer.person_id)


@dataclass(frozen=True, slots=True)
class PersonFile:
    """One person of the contract, with what this viewer may see of them."""

    person: Beneficiary
    shows_identity: bool
    has_own_account: bool
    iban: str
    bic: str
    account_holder: str
    may_leave: bool = False


def person_file(viewer: Viewer, person_id: UUID, *, on: date) -> PersonFile | None:
    """A person of one's own membership (None: not there, or not for this viewer)."""
    people = {one.pk: one for one in Beneficiary.objects.filter(member_id=viewer.member_id)}
    person = people.get(person_id)
    if person is None or (not viewer.is_primary and person_id != viewer.person_id):
        return None
    shows = may_see_identity(viewer, as_person(person), on=on)
    primary = next((one for one in people.values() if one.is_primary), person)
    # Another adult's own account is theirs; the shared account is the primary insured's.
    source = person if person.iban else primary
    visible = source.pk == viewer.person_id or (shows and viewer.is_primary)
    return PersonFile(
        person=person,
        shows_identity=shows,
        has_own_account=bool(person.iban),
        iban=source.iban if visible else "",
        bic=source.bic if visible else "",
        account_holder=source.account_holder if visible else "",
        may_leave=may_leave(viewer, as_person(person)),
    )


def as_person(one: Beneficiary) -> Person:
    return Person(id=one.pk, relationship=one.relationship, birth_date=one.birth_date)


def people_by_nir(nir: str, *, on: date) -> list[Beneficiary]:
    """Everyone on file with this identity number who may have an access. For the activation only."""
    index = settings.ENTRAIDE.keys.blind_index("nir", nir)
    found = Beneficiary.objects.select_related("account", "member").filter(nir_index=index)
    return [one for one in found if may_have_access(as_person(one), on=on)]


def person_by_number(number: str) -> Beneficiary | None:
    """The person who signs in with this number. For the access flows only."""
    return Beneficiary.objects.select_related("account", "member").filter(number=number).first()


def contact_behind(account_id: UUID) -> Beneficiary | None:
    """The person to write to behind an account. For notices only."""
    return Beneficiary.objects.select_related("account").filter(account_id=account_id).first()


def contact_of(person_id: UUID) -> Beneficiary:
    """The person to write to. For notices only."""
    return Beneficiary.objects.select_related("account").get(pk=person_id)
