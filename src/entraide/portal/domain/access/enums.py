from django.db.models import TextChoices


class LinkPurpose(TextChoices):
    ACTIVATION = "activation"
    RESET = "reset"


class CodePurpose(TextChoices):
    SIGN_IN = "sign_in"
    EMAIL_PROOF = "email_proof"
    MOBILE_PROOF = "mobile_proof"
