"""The words of health cover, each with its anchor, found by what is typed (INFO-01)."""

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from entraide.formats.names import normalise
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import text
from entraide.portal.member_site.member_request import MemberRequest
from entraide.profiles import GlossaryTerm


class GlossaryForm(forms.Form):
    q = forms.CharField(
        required=False,
        max_length=60,
        label=_("Chercher un mot"),
        help_text=_("Par exemple : panier, dépassement, tiers payant."),
        error_messages={"max_length": _("Écrivez moins de 60 caractères, un ou deux mots suffisent.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


@public
@require_safe
def glossary(request: MemberRequest) -> HttpResponse:
    """`/glossaire/`: all words in the order of the alphabet, or those that answer `q`."""
    form = GlossaryForm(request.GET)
    wrong = not form.is_valid()
    asked = "" if wrong else form.cleaned_data["q"]
    terms = sorted(settings.PROFILE.glossary, key=lambda term: normalise(text(term.name)))
    context = {
        "form": form,
        "asked": asked,
        "terms": [term for term in terms if _answers(term, asked)],
    }
    page = "member_site/learning/glossary.html"
    return render(request, page, context, status=422 if wrong else 200)


def _answers(term: GlossaryTerm, asked: str) -> bool:
    """Whether every word asked for begins a word of the term, in either language, accents aside."""
    known = normalise(" ".join((term.name.fr, term.name.en, term.words.fr, term.words.en))).split()
    return all(any(word.startswith(one) for word in known) for one in normalise(asked).split())
