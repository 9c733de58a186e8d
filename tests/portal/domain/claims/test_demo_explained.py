"""The demo can explain itself: what the mutual paid is what the engine comes to (B-02)."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.timezone import localdate

from entraide.demo import write_folder
from entraide.portal.domain.claims.explanation import explanation_of
from entraide.portal.domain.claims.queries import latest_of
from entraide.portal.domain.members.models import Member
from entraide.portal.domain.members.queries import as_viewer
from entraide.portal.gateways.core_system import import_folder
from tests.conftest import give_account

CARES = 12


@pytest.mark.django_db
def test_the_latest_care_of_every_member_of_the_demo_is_explained(tmp_path: Path) -> None:
    today = localdate()
    write_folder(settings.PROFILE, tmp_path, on=today)
    import_folder(tmp_path)

    untold = []
    for member in Member.objects.all():
        person = member.beneficiaries.get(relationship="primary_insured")
        give_account(person)
        viewer = as_viewer(person)
        for claim in latest_of(viewer, limit=CARES, on=today):
            explained = explanation_of(viewer, claim.id, on=today)
            assert explained is not None
            untold += [each.line.label.en for each in explained if not each.agrees]

    assert untold == []
