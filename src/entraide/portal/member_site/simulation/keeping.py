"""Keeping a simulation, opening it again at the figures of the day, letting it go."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.queries import Saved, saved_simulation_of
from entraide.portal.domain.simulations.saving import (
    LONGEST_NAME,
    AlreadySaved,
    delete_simulation,
    save_simulation,
)
from entraide.portal.foundation.forms import KeyedForm
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.simulation.asked import Asked, asked_by
from entraide.portal.member_site.simulation.page import FOLDER, address_of, simulation_page
from entraide.portal.member_site.simulation.reserves import left_between, left_words


class KeepForm(KeyedForm):
    name = forms.CharField(
        label=_("Nom de cette simulation"),
        max_length=LONGEST_NAME,
        error_messages={
            "required": _("Donnez un nom, pour la retrouver."),
            "max_length": _("Ce nom est trop long : 60 signes au plus."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: MemberRequest, kind: str) -> HttpResponse:
    """`/simulation/<case>/garder/` and `/simulation/devis/garder/`: a name, and the answers are stored."""
    asked = asked_by(request.viewer, kind, request.GET)
    if asked.found is None:
        return redirect(f"{address_of(kind)}?{request.GET.urlencode()}")
    form = KeepForm(request.POST if request.method == "POST" else None, initial={"name": asked.title})
    status = HTTPStatus.OK
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                answer = redirect("simulation-saved", saved_id=_store(request.viewer, asked, form))
                answer.status_code = HTTPStatus.SEE_OTHER
                return answer
            except DomainError as refusal:
                form.add_error(None, refusal.message)
                status = HTTPStatus.CONFLICT if isinstance(refusal, AlreadySaved) else status
    context = {"form": form, "asked": asked, "left_words": left_words(asked.found)}
    context |= {"back": f"{address_of(kind)}?{asked.answers}"}
    return render(request, f"{FOLDER}/keep.html", context, status=status)


def _store(viewer: Viewer, asked: Asked, form: KeepForm) -> UUID:
    assert asked.found is not None
    return save_simulation(
        viewer,
        name=form.cleaned_data["name"],
        kind=asked.kind,
        answers=asked.answers,
        found=asked.found,
        request_key=form.cleaned_data["request_key"],
        now=timezone.now(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """A kept simulation and what it gives today; `day_is_over`: its day of care, so today stands in."""

    saved: Saved
    now: str
    day_is_over: bool

    @property
    def then(self) -> str:
        return left_between(self.saved.left_least, self.saved.left_most)

    @property
    def has_changed(self) -> bool:
        return bool(self.now) and self.now != self.then


@require_safe
def saved(request: MemberRequest, saved_id: UUID) -> HttpResponse:
    """`/simulation/enregistrees/<id>/`: the same answers at the figures of the day."""
    kept = _found(request, saved_id)
    data = QueryDict(kept.answers, mutable=True)
    asked = asked_by(request.viewer, kept.kind, data)
    day_is_over = "on" in asked.form.errors
    if day_is_over:
        data.pop("on", None)
        asked = asked_by(request.viewer, kept.kind, data)
    now = left_words(asked.found) if asked.found else ""
    reopened = Reopened(saved=kept, now=now, day_is_over=day_is_over)
    return simulation_page(request, asked, viewer=request.viewer, status=HTTPStatus.OK, saved=reopened)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: MemberRequest, saved_id: UUID) -> HttpResponse:
    """`/simulation/enregistrees/<id>/supprimer/`: asks first."""
    kept = _found(request, saved_id)
    if request.method == "POST":
        delete_simulation(request.viewer, saved_id=saved_id)
        answer = redirect("simulator")
        answer.status_code = HTTPStatus.SEE_OTHER
        return answer
    then = left_between(kept.left_least, kept.left_most)
    return render(request, f"{FOLDER}/delete.html", {"saved": kept, "then": then})


def _found(request: MemberRequest, saved_id: UUID) -> Saved:
    found = saved_simulation_of(request.viewer, saved_id)
    if found is None:
        raise Http404
    return found
