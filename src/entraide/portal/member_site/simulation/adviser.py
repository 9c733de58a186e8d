"""Asking an adviser: the estimate, the quote and a message become a request that can be followed."""

from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.requests.actions import MAX_DESCRIPTION
from entraide.portal.domain.requests.catalogue import category_named
from entraide.portal.domain.requests.holding import files_of_form, reference_sent_with
from entraide.portal.domain.simulations.advice import CATEGORY, Paper, advice_type, ask_adviser
from entraide.portal.foundation.forms import KeyedForm, ManyFilesField
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.foundation.web.wording import language, text
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.sending import Sending, posted_form, sent_answer
from entraide.portal.member_site.simulation.asked import QUOTE, Asked, asked_by, form_around, quote_file_of
from entraide.portal.member_site.simulation.estimate import estimate_of
from entraide.portal.member_site.simulation.page import FOLDER, address_of
from entraide.portal.member_site.simulation.reserves import left_words


class AdviserForm(KeyedForm):
    """`type` and `person` are asked where no simulation tells them: a quote alone is sent."""

    type = forms.ChoiceField(label=gettext_lazy("De quel devis s’agit-il ?"), widget=forms.RadioSelect)
    person = forms.ChoiceField(label=gettext_lazy("Qui est concerné ?"), widget=forms.RadioSelect)
    message = forms.CharField(
        label=gettext_lazy("Votre message"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=MAX_DESCRIPTION,
        error_messages={"max_length": gettext_lazy("Ce texte est trop long : 2 000 signes au plus.")},
    )
    # Hides an attribute of Django's forms that nothing reads here: the view holds the files by itself.
    files = ManyFilesField(label=gettext_lazy("Le devis, si vous l’avez"), required=False)  # type: ignore[assignment]

    def __init__(self, *args: object, asked: Asked, people: list[tuple[str, str]], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        if asked.found:
            del self.fields["type"], self.fields["person"]
            return
        category = category_named(CATEGORY)
        types = [(each.id, text(each.label)) for each in category.types] if category else []
        for name, choices in {"type": types, "person": people}.items():
            choice = self.fields[name]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = choices
            choice.error_messages["required"] = _("Choisissez une réponse dans la liste.")
        self.fields["person"].initial = people[0][0]
        self.fields["files"].label = _("Le devis")


@gives_back(message=gettext_lazy("Votre message"))
@require_http_methods(["GET", "HEAD", "POST"])
def adviser(request: MemberRequest, kind: str) -> HttpResponse:
    """`/simulation/<case>/conseiller/` and `/simulation/devis/conseiller/`."""
    asked = asked_by(request.viewer, kind, request.GET)
    if advice_type(asked.care_kind) is None:
        raise Http404
    # Without a result only a quote that was not read goes to an adviser.
    if asked.found is None and (kind != QUOTE or asked.form.is_bound):
        return redirect(f"{address_of(kind)}?{request.GET.urlencode()}")
    sending = _posted(request, asked) if request.method == "POST" else _fresh(request, asked)
    return sent_answer(sending) if sending.is_sent else _page(request, asked, sending)


def _fresh(request: MemberRequest, asked: Asked) -> Sending:
    """A new form; the file that was kept for it comes with its key, unless it was sent already."""
    kept = quote_file_of(request.GET)
    key = kept if kept and not reference_sent_with(request.viewer, kept) else uuid4()
    form = AdviserForm(asked=asked, people=_people(request), initial={"request_key": key})
    return Sending(form=form, key=key)


def _posted(request: MemberRequest, asked: Asked) -> Sending:
    def bind(data: QueryDict) -> AdviserForm:
        return AdviserForm(data, asked=asked, people=_people(request))

    def send(sending: Sending) -> str:
        values = sending.form.cleaned_data
        person = str(asked.form.person.id) if asked.found and asked.form.person else values["person"]
        sent = ask_adviser(
            request.viewer,
            type=advice_type(asked.care_kind) or "" if asked.found else values["type"],
            concerns=UUID(person),
            message=values["message"],
            paper=_paper(asked),
            request_key=sending.key,
            language=language(),
            now=timezone.now(),
            posted=sending.posted,
        )
        return sent.reference

    too_large = _("Votre envoi est trop lourd : envoyez le devis seul, en PDF.")
    return posted_form(request, bind, send, too_large=too_large)


def _paper(asked: Asked) -> Paper | None:
    if asked.found is None:
        return None
    document = estimate_of(asked, on=timezone.localdate(), language=language())
    return Paper(name=f"estimation-{asked.kind}.pdf", content=document)


def _people(request: MemberRequest) -> list[tuple[str, str]]:
    return [(str(one.id), one.full_name) for one in form_around(request.viewer)["people"]]


def _page(request: MemberRequest, asked: Asked, sending: Sending) -> HttpResponse:
    context = {
        "form": sending.form,
        "asked": asked,
        "told": asked.form.told() if asked.found else (),
        "left_words": left_words(asked.found) if asked.found else "",
        "held": files_of_form(request.viewer, sending.key),
        "limits": settings.PROFILE.deposit,
        "sent_reference": sending.reference,
        "back": f"{address_of(asked.kind)}?{request.GET.urlencode()}",
    }
    return render(request, f"{FOLDER}/adviser.html", context, status=sending.status)
