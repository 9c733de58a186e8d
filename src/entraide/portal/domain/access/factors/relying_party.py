"""Who we are for a passkey: the public address of the portal, exactly (WebAuthn Level 2, 5.4.1, 7.1, 7.2)."""

from django.conf import settings
from fido2.server import Fido2Server
from fido2.webauthn import AttestationConveyancePreference, PublicKeyCredentialRpEntity


def relying_party() -> Fido2Server:
    """The checks of a passkey's answers: our host as its scope, our origin letter by letter, no attestation.

    An attestation would tell the make of a member's device, and we would refuse none.
    """
    here = settings.ENTRAIDE.public_url.rstrip("/")
    rp = PublicKeyCredentialRpEntity(id=settings.ENTRAIDE.host, name=settings.PROFILE.identity.short_name)
    server = Fido2Server(
        rp, attestation=AttestationConveyancePreference.NONE, verify_origin=lambda origin: origin == here
    )
    server.timeout = TIMEOUT_MS  # type: ignore[assignment]  # the library types it as None
    return server


# How long the browser waits for the person, in milliseconds.
TIMEOUT_MS = 300_000
