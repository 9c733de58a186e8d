from django.db.models import TextChoices


class LinkPurpose(TextChoices):
    ACTIVATION = "activation"
    RESET = "reset"


class CodePurpose(TextChoices):
    SIGN_IN = "sign_in"
    EMAIL_PROOF = "email_proof"
    MOBILE_PROOF = "mobile_proof"
    STEP_UP = "step_up"


class FactorKind(TextChoices):
    TOTP = "totp"
    PASSKEY = "passkey"


class Change(TextChoices):
    """What a person may say was not them, from a mail."""

    MOBILE_ENROLLED = "mobile_enrolled"
    PASSWORD_SET = "password_set"  # noqa: S105 (the name of a change)
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_USED = "recovery_used"
    NEW_BROWSER = "new_browser"
