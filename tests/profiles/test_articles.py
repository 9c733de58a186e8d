"""Our own articles on prevention: whole, in both languages, with their sources; wrong files are refused."""

from pathlib import Path

import pytest

from entraide.profiles import ProfileError, load_profile, own_articles
from tests.profiles.conftest import Copy

THEMES = {"sleep", "stress", "addiction", "food", "screens", "hearing", "back"}
GOOD = """theme = "sleep"
title = { fr = "Un", en = "One" }
sources = ["Inserm"]
body.fr = "Un texte."
body.en = "A text."
"""


def test_there_is_one_on_each_of_these_themes() -> None:
    """PREV-01"""
    assert {one.theme for one in own_articles().values()} == THEMES


@pytest.mark.parametrize("slug", own_articles())
def test_an_article_is_of_a_readable_length_in_both_languages_and_names_its_sources(slug: str) -> None:
    article = own_articles()[slug]

    for body in (article.body.fr, article.body.en):
        assert 250 <= len(body.split()) <= 400
        assert body.count("## ") >= 3
    assert len(article.sources) >= 2


@pytest.mark.parametrize(
    "content", [GOOD.replace("title", "titel"), GOOD.replace('body.en = "A text."\n', ""), "theme = ["]
)
def test_a_wrong_file_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    (tmp_path / "un.toml").write_text(content, encoding="utf-8")

    with pytest.raises(ProfileError, match=r"un\.toml"):
        own_articles(tmp_path)


def test_a_good_file_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "un.toml").write_text(GOOD, encoding="utf-8")

    assert own_articles(tmp_path)["un"].title.en == "One"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"dos"]', '"astrologie"]'),
        ('"dos"]', '"dos", "dos"]'),
        ('page = "information_documents"', 'page = "holidays"'),
        ('page = "information_documents"', 'page = "information_documents"\nsegments = ["ailleurs"]'),
    ],
)
def test_a_page_of_prevention_that_leads_nowhere_is_refused(green: Copy, old: str, new: str) -> None:
    green.change("texts/prevention.toml", old, new)

    with pytest.raises(ProfileError, match=r"prevention\.toml"):
        load_profile(green.folder)
