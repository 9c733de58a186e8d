"""Pages of contracts and people (PROF-01…03, B-06)."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.formats import iban, nir
from entraide.portal.domain.adjudication.allowances import allowances_of
from entraide.portal.domain.contracts.examples import examples_of
from entraide.portal.domain.contracts.queries import contract_of, contracts_of, cover_of
from entraide.portal.domain.members.policies import may_change_family
from entraide.portal.domain.members.queries import people_of, person_file
from entraide.portal.domain.teleconsultations.queries import counter_of
from entraide.portal.domain.termination.policies import may_terminate
from entraide.portal.domain.termination.queries import asked_end_of
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.why import said
from entraide.profiles import partner_of_kind


@require_safe
def contracts(request: MemberRequest) -> HttpResponse:
    context = {
        "contracts": contracts_of(request.viewer, on=timezone.localdate()),
        "people": people_of(request.viewer),
        "may_change_family": may_change_family(request.viewer),
    }
    return render(request, "member_site/contract/contracts.html", context)


@require_safe
def contract(request: MemberRequest, contract_id: UUID) -> HttpResponse:
    found = contract_of(request.viewer, contract_id, on=timezone.localdate())
    if found is None:
        raise Http404
    context = {
        "contract": found,
        "asked_end": asked_end_of(request.viewer, found),
        "may_terminate": found.in_force and may_terminate(request.viewer),
    }
    return render(request, "member_site/contract/contract.html", context)


@require_safe
def contract_examples(request: MemberRequest, contract_id: UUID) -> HttpResponse:
    found = examples_of(request.viewer, contract_id, on=timezone.localdate())
    if found is None:
        raise Http404
    context = {"found": found, "said": said}
    return render(request, "member_site/contract/examples.html", context)


@require_safe
def beneficiary(request: MemberRequest, person_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    found = person_file(request.viewer, person_id, on=today)
    if found is None:
        raise Http404
    allowances = allowances_of(request.viewer, person_id, on=today)
    doctors = partner_of_kind(settings.PROFILE.partners, "teleconsultation", segment=request.viewer.segment)
    counters = counter_of(request.viewer, doctors, person_id, on=today)
    tells = bool(allowances or (counters and counters.told_until))
    shown = [Seen.IDENTITY] * found.shows_identity + [Seen.ALLOWANCES] * tells
    note_readings(request, (Reading(person_id, seen) for seen in shown))
    context = {
        "file": found,
        "cover": cover_of(request.viewer, person_id),
        "allowances": allowances,
        "counters": counters,
        "today": today,
        "is_own": person_id == request.viewer.person_id,
        # X10: nothing unmasked ever reaches the page.
        "nir": nir.mask(found.person.nir) if found.shows_identity and found.person.nir else "",
        "iban": iban.mask(found.iban) if found.iban else "",
        "bic": f"{found.bic[:4]}{'•' * len(found.bic[4:])}",
    }
    return render(request, "member_site/contract/beneficiary.html", context)
