"""Showing an edition to members, and taking it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.publications.enums import DeedKind
from entraide.portal.domain.publications.events import EditionPublished, PublicationWithdrawn
from entraide.portal.domain.publications.models import Deed, Edition, Publication
from entraide.portal.domain.publications.policies import check_publishing, need_to_publish
from entraide.portal.foundation.events.facts import publish


def publish_edition(agent: AgentViewer, publication_id: UUID, *, number: int, now: datetime) -> None:
    """Members see this edition from now on, in the place of the one before.

    `number` is the edition that the agent read: DomainError when a later one was written since (A78), when
    it is public already, or when the agent may not publish it.
    """
    with transaction.atomic():
        publication = _locked(publication_id)
        edition = publication.editions.select_related("agent").last()
        if edition is None or edition.number != number:
            raise DomainError(_("La publication a été modifiée entre-temps : relisez-la avant de publier."))
        check_publishing(agent, edition)
        if publication.public_id == edition.pk:
            raise DomainError(_("Cette version est déjà publiée."))
        publication.public = edition
        publication.save(update_fields=["public"])
        Deed.objects.create(edition=edition, agent_id=agent.id, kind=DeedKind.PUBLISHED, at=now)
        publish(EditionPublished(actor=agent.account_id, publication=publication.pk, number=number))


def withdraw(agent: AgentViewer, publication_id: UUID, *, now: datetime) -> None:
    """Members see it no more. One person is enough: what must go goes at once."""
    need_to_publish(agent)
    with transaction.atomic():
        publication = _locked(publication_id)
        edition: Edition | None = publication.public
        if edition is None:
            raise DomainError(_("Cette publication n’est pas en ligne."))
        publication.public = None
        publication.save(update_fields=["public"])
        Deed.objects.create(edition=edition, agent_id=agent.id, kind=DeedKind.WITHDRAWN, at=now)
        publish(
            PublicationWithdrawn(actor=agent.account_id, publication=publication.pk, number=edition.number)
        )


def _locked(publication_id: UUID) -> Publication:
    found = Publication.objects.select_for_update().filter(pk=publication_id).first()
    if found is None:
        raise DomainError(_("Cette publication n’existe pas."))
    return found
