"""Addresses are those of Django, whatever stands in them."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse

from entraide.portal.foundation.web.addresses import address_of

ONE, OTHER = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("home", {}),
        ("reimbursement", {"line_id": ONE}),
        ("reimbursement", {"line_id": OTHER}),
        ("requests:detail", {"reference": "ENT-2026-000001"}),
        ("requests:detail", {"reference": "réf é {x} %20"}),
        ("requests:detail", {"reference": "{reference}"}),
        ("requests:file", {"reference": "ENT-2026-000002", "file_id": OTHER}),
        ("requests:file", {"file_id": ONE, "reference": "stands-for-0"}),
    ],
)
def test_an_address_is_the_one_that_django_would_write(name: str, parts: dict[str, Any]) -> None:
    for _ in range(2):
        assert address_of(name, **parts) == reverse(name, kwargs=parts)


def test_parts_can_be_given_in_their_order() -> None:
    assert address_of("requests:detail", "ENT-1") == reverse("requests:detail", args=["ENT-1"])


@pytest.mark.parametrize(
    ("name", "parts"),
    [("no-such-page", {}), ("home", {"line_id": ONE}), ("reimbursement", {"line_id": "zz"})],
)
def test_a_page_that_there_is_not_is_an_error(name: str, parts: dict[str, Any]) -> None:
    with pytest.raises(NoReverseMatch):
        address_of(name, **parts)
