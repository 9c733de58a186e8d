"""The fictitious people of the mutual, and the secret of the app that gives their codes."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from entraide.profiles import Profile

# The contract calls who handles requests "agent"; every other role has its own name.
_OTHER_NAMES = {"handler": "agent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAgentAccount:
    """One agent of the demo; `demo_role` is how scripts find them, `role` what they do."""

    demo_role: str
    role: str
    identifier: str
    first_name: str
    last_name: str
    password: str
    totp_secret: str

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def code_at(self, moment: datetime) -> str:
        """The 6 digits that an app with this secret shows at that moment."""
        # SHA-1, 6 digits, 30 seconds: what every app understands (RFC 6238).
        app = TOTP(base64.b32decode(self.totp_secret), 6, SHA1(), 30)  # noqa: S303
        return app.generate(int(moment.timestamp())).decode()


def demo_agents(profile: Profile) -> tuple[DemoAgentAccount, ...]:
    """The agents of a mutual's demo, in the order of its file, always with the same secrets."""
    return tuple(
        DemoAgentAccount(
            demo_role=_OTHER_NAMES.get(agent.role, agent.role),
            role=agent.role,
            identifier=agent.email,
            first_name=agent.first_name,
            last_name=agent.last_name,
            password=agent.password,
            totp_secret=_secret(profile.slug, agent.email),
        )
        for agent in profile.demo.agents
    )


def _secret(slug: str, identifier: str) -> str:
    """32 characters of base32, as an app takes them; public like everything of the demo."""
    digest = hashlib.sha256(f"demo agent {slug} {identifier}".encode()).digest()
    return base64.b32encode(digest[:20]).decode()
