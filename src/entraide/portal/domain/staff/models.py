"""An access that is asked for at the desk and waits for a second person; when the list was last taken."""

import hashlib
import json
import uuid

from django.db import models
from django.db.models import Q

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.staff.enums import ChangeKind, ChangeState


class AccessChange(models.Model):
    """An invitation, or another role for `agent`. What is asked never changes: it is withdrawn, asked anew.

    `identifier` is the address in normal form; `former_role` is blank for an invitation.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    identifier = models.CharField(max_length=254)
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role.choices)
    former_role = models.CharField(max_length=20, blank=True)
    request_key = models.UUIDField()
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.ASKED)
    asked_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("asked_by", "request_key", name="access_change_asked_once"),
            models.UniqueConstraint(
                fields=["identifier"], condition=Q(state="asked"), name="access_change_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(kind="role", agent__isnull=False) | Q(kind="invitation", agent__isnull=True),
                name="access_change_of_whom",
            ),
        ]

    @property
    def binding(self) -> str:
        """Fingerprint of what a second person agrees to (A78): another address or role is another one."""
        content = [str(self.pk), self.kind, self.identifier, self.full_name, self.former_role, self.role]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def __str__(self) -> str:
        return f"access change {self.pk}"


class TakenList(models.Model):
    """The list of accesses left as a file: a table of its own, since the journal is long to look through."""

    taken_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(db_index=True)
    rows = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"list of accesses {self.pk}"
