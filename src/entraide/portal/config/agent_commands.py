"""`entraide agent …`: who works here, for the operator's terminal. No password ever passes here (A13)."""

import argparse
import json
import sys

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from entraide.portal.config.refused import Refused
from entraide.portal.domain.agents.actions.people import (
    INVITATION_HOURS,
    end_agent,
    invite_agent,
    reset_agent,
)
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.queries import agents
from entraide.portal.domain.errors import DomainError


def agent(options: argparse.Namespace) -> int:
    """Runs one of invite, list, end, reset."""
    # What the rules refuse is said in the language of the operator.
    with translation.override("en"):
        try:
            _ACTIONS[options.action](options)
        except DomainError as error:
            raise Refused(error.message) from None
    return 0


def _invite(options: argparse.Namespace) -> None:
    token = invite_agent(
        email=options.email, full_name=options.name, role=Role(options.role), now=timezone.now()
    )
    _hand_over(token)


def _reset(options: argparse.Namespace) -> None:
    token = reset_agent(email=options.email, factor_lost=options.factor, now=timezone.now())
    _hand_over(token)


def _end(options: argparse.Namespace) -> None:
    end_agent(email=options.email, now=timezone.now())
    _say("the access is closed, and its sessions with it")


def _list(_options: argparse.Namespace) -> None:
    for one in agents():
        row = {
            "identifier": one.identifier,
            "name": one.full_name,
            "role": one.role.value,
            "since": one.created_at.isoformat(timespec="seconds"),
            "last_sign_in": one.last_sign_in.isoformat(timespec="seconds") if one.last_sign_in else None,
            "ended": one.ended_at.isoformat(timespec="seconds") if one.ended_at else None,
            "waits_for_a_password": one.must_reset,
        }
        _say(json.dumps(row, ensure_ascii=False))


def _hand_over(token: str) -> None:
    address = settings.ENTRAIDE.public_url + reverse("agents:invitation", args=[token])
    _say(f"Hand this link over in person; it is shown once, lasts {INVITATION_HOURS} hours and serves once:")
    _say(address)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


_ACTIONS = {"invite": _invite, "list": _list, "end": _end, "reset": _reset}
