"""Partners of our own for any mutual: the fixture `with_partners`."""

from dataclasses import replace

import pytest
from django.conf import LazySettings

from entraide.profiles import HandOverRules, OpeningHours, Partner, Teleconsultations, Text

_DAY_AND_NIGHT = (
    OpeningHours(days=(0, 1, 2, 3, 4, 5, 6), start="00:00", end="24:00", on_public_holidays=True),
)
_RULES = HandOverRules(address="https://entree.lointaine.example/arrivee", audience="lointaine", example=True)
DOCTORS = Partner(
    id="lointaine", kind="teleconsultation", name="Lointaine", title=Text("Consulter de loin", "From afar"),
    purpose=Text("Parler à un médecin", "Talk to a doctor"), paragraphs=(Text("Ils répondent.", "They do."),),
    phone="01 99 00 12 34", website="https://lointaine.example", hours=_DAY_AND_NIGHT, hand_over=_RULES,
    teleconsultations=Teleconsultations(
        own_way="https://lointaine.example/seul", steps=(Text("Choisissez.", "Choose."),), yearly_limit=5
    ),
)  # fmt: skip
HELPERS = Partner(
    id="secours", kind="assistance", name="Secours", title=Text("Mon secours", "My help"),
    purpose=Text("De l’aide", "Help"), paragraphs=(Text("Elle vient.", "It comes."),), phone="01 99 00 56 78",
    hours=(OpeningHours(days=(0, 1, 2, 3, 4), start="09:00", end="12:00"),), notice="assistance-notice",
    hand_over=replace(_RULES, audience="secours", example=False),
)  # fmt: skip
BEACHES = Partner(
    id="plages", kind="holidays", name="Plages", title=Text("Les plages", "Beaches"),
    purpose=Text("Partir", "Leave"), paragraphs=(Text("Le sable.", "The sand."),), phone="01 99 00 90 12",
    website="https://plages.example", hours=_DAY_AND_NIGHT,
)  # fmt: skip


@pytest.fixture
def with_partners(settings: LazySettings) -> None:
    """Doctors who have not agreed to hand-overs yet, helpers who have, a site without any; no demo."""
    settings.PROFILE = replace(settings.PROFILE, partners=(DOCTORS, HELPERS, BEACHES))
    settings.ENTRAIDE = replace(settings.ENTRAIDE, demo=False)


@pytest.fixture
def in_the_demo(settings: LazySettings, with_partners: None) -> None:
    settings.ENTRAIDE = replace(settings.ENTRAIDE, demo=True)
