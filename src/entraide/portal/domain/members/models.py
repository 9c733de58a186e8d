"""A membership and the people it covers. Identity numbers, contacts and accounts are sealed (A62)."""

import uuid

from django.db import models

from entraide.portal.domain.members.enums import (
    Civility,
    ClaimFeed,
    Contact,
    HelpScope,
    Relationship,
    StatementDelivery,
)
from entraide.portal.domain.members.name_keys import NameKey
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.vault.fields import EncryptedText


class Member(models.Model):
    """A membership (adhésion): one number, one segment, one or several insured people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    segment = models.CharField(max_length=40)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    statement_delivery = models.CharField(
        max_length=5, choices=StatementDelivery.choices, default=StatementDelivery.EMAIL
    )

    def __str__(self) -> str:
        return f"member {self.pk}"


class Beneficiary(models.Model):
    """An insured person. `number` is what the person signs in with; the primary insured's is the member's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="beneficiaries")
    account = models.OneToOneField(Account, on_delete=models.SET_NULL, null=True, related_name="beneficiary")
    number = models.CharField(max_length=20, unique=True)
    relationship = models.CharField(max_length=20, choices=Relationship.choices)
    civility = models.CharField(max_length=3, choices=Civility.choices)
    last_name = models.CharField(max_length=80)
    birth_name = EncryptedText()
    first_name = models.CharField(max_length=80)
    # What a search by name reads.
    last_name_key = NameKey(of=("last_name", "first_name"))
    first_name_key = NameKey(of=("first_name", "last_name"))
    birth_date = models.DateField()
    birth_department = models.CharField(max_length=3)
    birth_rank = models.PositiveSmallIntegerField(default=1)
    # Numbers of the people of this membership who are the child's parents on file, with a | between.
    parents = models.CharField(max_length=40, blank=True, default="", db_default="")
    nir = EncryptedText()
    # A child may be on a parent's number, so it is not unique.
    nir_index = models.CharField(max_length=64, db_index=True)
    scheme_code = models.CharField(max_length=2, blank=True)
    fund_code = models.CharField(max_length=3, blank=True)
    office_code = models.CharField(max_length=4, blank=True)
    claim_feed = models.CharField(max_length=5, choices=ClaimFeed.choices, default=ClaimFeed.NEVER)
    email = EncryptedText()
    mobile = EncryptedText()
    # One mobile may serve a family; on several families it is an alarm (A24).
    mobile_index = models.CharField(max_length=64, blank=True, db_index=True)
    # When the person declared it at the portal; null: it comes from the management system (A22).
    mobile_declared_at = models.DateTimeField(null=True)
    phone = EncryptedText()
    address_line1 = EncryptedText()
    address_line2 = EncryptedText()
    postcode = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=80, blank=True)
    # Blank: reimbursed on the primary insured's account.
    iban = EncryptedText()
    bic = models.CharField(max_length=11, blank=True)
    account_holder = EncryptedText()
    # One account on several families is an alarm (A70).
    iban_index = models.CharField(max_length=64, blank=True, db_index=True)
    # Indexes of what changes asked at the portal replaced, until the management system says the same (A71).
    replaced_accounts = models.JSONField(default=list)
    # The last day on which the person said that address, e-mail and phones are right.
    contacts_confirmed_on = models.DateField(null=True)
    # Codes of MailTopic, with a space between: the mails that the person does not want.
    unwanted_mails = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "member",
                condition=models.Q(relationship=Relationship.PRIMARY_INSURED),
                name="one_primary_insured",
            )
        ]
        indexes = [
            models.Index(fields=[f"{one}_name_key"], opclasses=["varchar_pattern_ops"], name=f"by_{one}_name")
            for one in ("last", "first")
        ]

    def __str__(self) -> str:
        return f"beneficiary {self.pk}"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def is_primary(self) -> bool:
        return self.relationship == Relationship.PRIMARY_INSURED

    def wants(self, topic: str) -> bool:
        """Whether mails of this topic may be sent to the person."""
        return topic not in self.unwanted_mails.split()


class Declared(models.Model):
    """A contact that the person changed at the portal, until the management system's file knows of it."""

    person = models.ForeignKey(Beneficiary, on_delete=models.CASCADE, related_name="declared")
    contact = models.CharField(max_length=10, choices=Contact.choices)
    # Blind index of the value that the file had; blank: it had none.
    replaced = models.CharField(max_length=64, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("person", "contact", name="declared_once")]

    def __str__(self) -> str:
        return f"declared {self.contact} {self.pk}"


class CareConsent(models.Model):
    """An adult lets another adult of the contract read the details of their care, until they withdraw it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    giver = models.ForeignKey(Beneficiary, on_delete=models.CASCADE, related_name="care_shared_with")
    reader = models.ForeignKey(Beneficiary, on_delete=models.CASCADE, related_name="care_read_of")
    request_key = models.UUIDField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "giver", "reader", condition=models.Q(withdrawn_at=None), name="one_consent_at_a_time"
            ),
            models.UniqueConstraint("giver", "request_key", name="consent_once"),
        ]

    def __str__(self) -> str:
        return f"care consent {self.pk}"


class Delegation(models.Model):
    """A person asks another one, of any membership, to help with their file: what for, and until which day.

    `scopes`: values of HelpScope with a space between. Nothing is open before the helper has accepted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    giver = models.ForeignKey(Beneficiary, on_delete=models.CASCADE, related_name="helped_by")
    helper = models.ForeignKey(Beneficiary, on_delete=models.CASCADE, related_name="helps")
    scopes = models.CharField(max_length=60)
    # The last day, included.
    ends_on = models.DateField()
    request_key = models.UUIDField()
    given_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "giver", "helper", condition=models.Q(ended_at=None), name="one_delegation_at_a_time"
            ),
            models.UniqueConstraint("giver", "request_key", name="delegation_once"),
        ]

    def __str__(self) -> str:
        return f"delegation {self.pk}"

    @property
    def scope_set(self) -> frozenset[HelpScope]:
        return frozenset(HelpScope(one) for one in self.scopes.split())
