from django.db.models import TextChoices


class LinkPurpose(TextChoices):
    ACTIVATION = "activation"
    RESET = "reset"
    # The number lost, by somebody who has a password already.
    NUMBER = "number"


class CodePurpose(TextChoices):
    SIGN_IN = "sign_in"
    EMAIL_PROOF = "email_proof"
    MOBILE_PROOF = "mobile_proof"
    STEP_UP = "step_up"
    NEW_EMAIL = "new_email"


class FactorKind(TextChoices):
    TOTP = "totp"
    PASSKEY = "passkey"


class Change(TextChoices):
    """What a person may say was not them, from a mail."""

    MOBILE_ENROLLED = "mobile_enrolled"
    MOBILE_CHANGED = "mobile_changed"
    EMAIL_CHANGED = "email_changed"
    PASSWORD_SET = "password_set"  # noqa: S105 (the name of a change)
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_USED = "recovery_used"
    RECOVERY_MADE = "recovery_made"
    NEW_BROWSER = "new_browser"
    BANK_ASKED = "bank_asked"
    CARE_SHARED = "care_shared"
    HELP_GIVEN = "help_given"
