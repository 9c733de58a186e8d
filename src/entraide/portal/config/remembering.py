"""What pages say again and again, worked out once: translated sentences, small components.

A list of ten payments draws forty icons and says "Mutuelle" thirty times. Both depend on nothing but the
language and on what they are given, and are the same for every reader.
"""

from collections.abc import Callable
from functools import lru_cache, partial

from django.utils.translation import get_language
from django.utils.translation import gettext as in_catalogue
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Macro
from markupsafe import Markup

# More than there are sentences in two languages, and than there are icons, states and usual amounts.
SENTENCES, DRAWINGS = 16_384, 2048


@pass_eval_context
def translated(context: EvalContext, sentence: str, /, **values: object) -> str:
    """`gettext` of the templates: the sentence in the reader's language, with its values.

    In HTML the sentence is trusted and its values are escaped, as Jinja2's own new style does.
    """
    if not values:
        return _said(sentence, get_language(), context.autoescape)
    return _pattern(sentence, get_language(), context.autoescape) % values


@lru_cache(maxsize=SENTENCES)
def _pattern(sentence: str, language: str | None, html: bool | None) -> str:
    # `gettext` reads the current language by itself: here it only names the entry.
    found = in_catalogue(sentence)
    return Markup(found) if html else found  # noqa: S704 (our own sentence)


@lru_cache(maxsize=SENTENCES)
def _said(sentence: str, language: str | None, html: bool | None) -> str:
    # Always a pattern, so that a percent sign is written in one way.
    return _pattern(sentence, language, html) % {}


def remembered(component: Macro) -> Callable[..., str]:
    """The same component, drawn once for each language and set of values; they must be few, and hashable."""

    # Typed: text that is already HTML equals the same text that is not, and must not be taken for it.
    @lru_cache(maxsize=DRAWINGS, typed=True)
    def drawn(language: str | None, /, *args: object, **named: object) -> str:
        return component(*args, **named)

    return partial(_drawn_now, drawn)


def _drawn_now(drawn: Callable[..., str], /, *args: object, **named: object) -> str:
    return drawn(get_language(), *args, **named)
