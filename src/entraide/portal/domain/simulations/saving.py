"""Keeping a simulation, and letting it go: twenty for each person, each theirs alone."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.events import SimulationDeleted, SimulationSaved
from entraide.portal.domain.simulations.models import SavedSimulation
from entraide.portal.domain.simulations.simulate import Simulation
from entraide.portal.foundation.events.facts import publish

MOST_SAVED = 20
LONGEST_NAME = 60


class AlreadySaved(DomainError):
    """The form's key was used before for other answers or another name (409)."""

    def __init__(self) -> None:
        super().__init__(_("Ce formulaire a déjà servi à garder une autre simulation."))


def save_simulation(
    viewer: Viewer,
    *,
    name: str,
    kind: str,
    answers: str,
    found: Simulation,
    request_key: UUID,
    now: datetime,
) -> UUID:
    """Stores the answers and what was left; gives its id, the one of the first time for the same key.

    Raises DomainError when the person keeps as many as they may, AlreadySaved for a key used otherwise.
    """
    words = json.dumps([name, kind, answers], ensure_ascii=False)
    digest = hashlib.sha256(words.encode()).hexdigest()
    with transaction.atomic():
        # One at a time for each person: a second click waits here, and the count below is exact.
        Beneficiary.objects.select_for_update(no_key=True).only("pk").get(pk=viewer.person_id)
        mine = SavedSimulation.objects.filter(owner_id=viewer.person_id)
        before = mine.filter(request_key=request_key).only("content_digest").first()
        if before is not None:
            if before.content_digest != digest:
                raise AlreadySaved
            return before.pk
        if mine.count() >= MOST_SAVED:
            message = _("Vous gardez déjà %(count)s simulations : supprimez-en une, puis gardez celle-ci.")
            raise DomainError(message % {"count": MOST_SAVED})
        saved = SavedSimulation(
            owner_id=viewer.person_id,
            name=name,
            kind=kind,
            answers=answers,
            left_least=found.left_least,
            left_most=found.left_most,
            saved_at=now,
            request_key=request_key,
            content_digest=digest,
        )
        saved.save(force_insert=True)
        publish(SimulationSaved(actor=viewer.account_id, about=viewer.person_id, simulation_id=saved.pk))
        return saved.pk


def delete_simulation(viewer: Viewer, *, saved_id: UUID) -> None:
    """Deletes a simulation of the viewer; one that is gone, or somebody else's, stays as it is."""
    with transaction.atomic():
        mine = SavedSimulation.objects.filter(pk=saved_id, owner_id=viewer.person_id)
        deleted, _by_table = mine.delete()
        if deleted:
            publish(
                SimulationDeleted(actor=viewer.account_id, about=viewer.person_id, simulation_id=saved_id)
            )
