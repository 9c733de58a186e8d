"""What pages say again and again is worked out once, and is still what they would say each time."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.template import engines
from django.utils.translation import gettext, override
from jinja2 import Environment
from markupsafe import Markup


@pytest.fixture
def pages() -> Environment:
    engine: Any = engines["jinja2"]
    found: Environment = engine.env
    return found


@pytest.fixture
def counting(pages: Environment) -> Iterator[list[str]]:
    """A component that notes each time that it is really drawn."""
    drawn: list[str] = []
    pages.globals["drawn_again"] = lambda value: drawn.append(value) or ""
    yield drawn
    del pages.globals["drawn_again"]


def draw(pages: Environment, source: str, **values: Any) -> str:
    chip = '{% macro _chip(label) %}{{ drawn_again(label) }}<b>{{ label }} {{ _("Fait") }}</b>{% endmacro %}'
    template = pages.from_string(chip + "{% set chip = remembered(_chip) %}" + source)
    return template.render(**values)


@pytest.mark.usefixtures("counting")
def test_a_sentence_is_said_in_the_language_of_each_reader(pages: Environment) -> None:
    template = pages.from_string('{{ _("Mutuelle") }}')
    with override("fr"):
        assert template.render() == "Mutuelle"
    with override("en"):
        assert template.render() == gettext("Mutuelle") != "Mutuelle"
    with override("fr"):
        assert template.render() == "Mutuelle"


def test_values_of_a_sentence_are_escaped_and_its_percent_signs_written_once(pages: Environment) -> None:
    source = '{{ _("Versement du %(day)s", day=name) }} {{ _("100 %%") }}'

    with override("fr"):
        assert pages.from_string(source).render(name="<b>") == "Versement du &lt;b&gt; 100 %"


def test_a_component_is_drawn_once_for_the_same_values(pages: Environment, counting: list[str]) -> None:
    with override("fr"):
        said = draw(pages, '{{ chip("a") }}{{ chip("a") }}{{ chip("b") }}{{ chip(label="a") }}')

    assert said == "<b>a Fait</b><b>a Fait</b><b>b Fait</b><b>a Fait</b>"
    # Named or not, a value is another key: drawn twice at most, never taken for another.
    assert counting == ["a", "b", "a"]


def test_a_component_is_drawn_in_each_language(pages: Environment, counting: list[str]) -> None:
    source = '{{ chip("a") }}'
    with override("fr"):
        french = draw(pages, source)
    with override("en"):
        english = draw(pages, source)

    assert (french, english) == ("<b>a Fait</b>", f"<b>a {_in_english('Fait')}</b>")


def _in_english(sentence: str) -> str:
    with override("en"):
        return gettext(sentence)


@pytest.mark.usefixtures("counting")
@pytest.mark.parametrize("first", ["html", "text"])
def test_text_that_is_html_and_text_that_is_not_are_never_taken_for_each_other(
    pages: Environment, first: str
) -> None:
    source = "{{ chip(html) }}{{ chip(text) }}" if first == "html" else "{{ chip(text) }}{{ chip(html) }}"
    with override("fr"):
        said = draw(pages, source, html=Markup("<i>x</i>"), text="<i>x</i>")

    assert said.count("<i>x</i>") == 1
    assert said.count("&lt;i&gt;x&lt;/i&gt;") == 1
