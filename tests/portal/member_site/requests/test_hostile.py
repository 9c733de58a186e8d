"""Hostile files through the portal: each is refused in words, nothing stays, nothing falls (A43, A45)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from entraide.portal.domain.requests.files.names import clean_name
from entraide.portal.domain.requests.models import RequestFile
from tests.conftest import Household
from tests.portal.browser import Answer, Browser
from tests.portal.domain.requests.conftest import stored_files
from tests.portal.domain.requests.hostile import HOSTILE, Hostile
from tests.portal.domain.requests.samples import GOOD
from tests.portal.member_site.requests.conftest import Answers, text_of, upload
from tests.portal.processes import below, most_memory, web_server


@pytest.mark.django_db(transaction=True)
def test_hostile_files_come_back_as_sentences_and_leave_nothing(
    household: Household, answers: Answers
) -> None:
    """A43: each is named with what is wrong, never a 5xx, nothing kept, and the portal lives on.

    They are opened elsewhere: the process that answers members never holds 300 MB.
    """
    before = set(stored_files())
    # A browser escapes what would break its own request; those names are tried without one.
    hostile = [one for one in HOSTILE if one.content and one.name.isprintable() and "/" not in one.name]
    groups = [hostile[start : start + 10] for start in range(0, len(hostile), 10)]

    with web_server() as (port, server):
        browser = Browser(household.primary, port)

        def send(some: list[Hostile]) -> Answer:
            files = [upload(one.name, one.content) for one in some]
            return browser.send("/depot/", answers(files=files, action="add"))

        with ThreadPoolExecutor(len(groups)) as together:
            answered = list(together.map(send, groups))
        held = [most_memory(pid) for pid in [server.pid, *below(server.pid)]]
        health = browser.get("/healthz")

    assert [one.status for one in answered] == [422] * len(groups)
    for some, answer in zip(groups, answered, strict=True):
        page = words_of(answer)
        assert [one.name for one in some if f"« {clean_name(one.name)} »" not in page] == []
    assert len(hostile) >= 40
    assert not RequestFile.objects.exists()
    assert set(stored_files()) == before
    assert not list((settings.ENTRAIDE.data_dir / "incoming").iterdir())
    assert health.status == 200
    assert max(held) < 300 * 1024**2


def words_of(answer: Answer) -> str:
    return text_of(HttpResponse(answer.body))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["facture\u202efdp.pdf", "f" * 300 + ".pdf", "été ; “2026” %0d%0a.pdf", ".pdf"]
)
def test_an_odd_name_is_shown_clean_and_downloads_clean(
    member_client: Client, answers: Answers, name: str
) -> None:
    """A45: in the page, and in the header of the download."""
    form = answers(files=[upload(name, GOOD["facture.pdf"])])
    assert member_client.post("/depot/", form).status_code == 303
    row = RequestFile.objects.select_related("request").get()

    header = member_client.get(
        f"/demandes/{row.request.reference}/fichiers/{row.pk}/"  # type: ignore[union-attr]
    ).headers["Content-Disposition"]

    assert row.name == clean_name(name)
    assert len(row.name) <= 100
    assert header.isascii()
    assert header.isprintable()
    assert header.startswith("attachment; ")
