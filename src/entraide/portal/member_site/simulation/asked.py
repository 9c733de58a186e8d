"""What was asked in an address, and what came of it: the same for pages, papers and what is kept or sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.cases import CASES, Case, Way
from entraide.portal.domain.simulations.levels import CoverLevel, cover_levels
from entraide.portal.domain.simulations.simulate import Simulation, simulate, simulate_quote
from entraide.portal.domain.simulations.subjects import Subject, people_to_simulate_for, subject_of, visitor
from entraide.portal.member_site.simulation.forms import UNKNOWN, CaseForm, SubjectForm
from entraide.portal.member_site.simulation.labels import CASE_WORDS
from entraide.portal.member_site.simulation.quote_form import QuoteForm
from entraide.portal.member_site.why import said
from entraide.reimbursement import Kind

QUOTE = "devis"
# The name in an address under which the file of a quote is kept for its sending.
QUOTE_FILE = "quote_file"
Price = Callable[[Subject, tuple[CoverLevel, ...]], Simulation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A form with its answers. `found` is None where they give no result: the form then tells why.

    `kind` is a case or a quote; `no_table`: the contracts of that person cannot be computed.
    """

    kind: str
    form: CaseForm | QuoteForm
    way: Way | None = None
    found: Simulation | None = None
    subject: Subject | None = None
    whom: str = ""
    no_table: bool = False

    @property
    def is_quote(self) -> bool:
        return self.kind == QUOTE

    @property
    def title(self) -> str:
        return title_of(self.kind)

    @property
    def care_kind(self) -> Kind | None:
        """The one kind of care; None for a quote of several, and where nothing is answered."""
        if isinstance(self.form, CaseForm):
            return self.form.case.kind
        kinds = self.form.kinds() if self.found else set()
        return kinds.pop() if len(kinds) == 1 else None

    @property
    def answers(self) -> str:
        """What to write behind a `?` to get the same again."""
        return urlencode(self.form.answered())


def title_of(kind: str) -> str:
    """The care in words."""
    return _("Mon devis") if kind == QUOTE else str(CASE_WORDS[kind].title)


def asked_by(viewer: Viewer | None, kind: str, data: QueryDict) -> Asked:
    """The answers of an address, priced where they can be; 404 for a case that does not exist."""
    if kind == QUOTE:
        quote_form = QuoteForm(data, **form_around(viewer))
        asked = Asked(kind=kind, form=quote_form)
        return _priced(asked, viewer, lambda who, levels: simulate_quote(quote_form.quote, who, levels))
    case = case_named(kind)
    form = CaseForm(data, case=case, **form_around(viewer))
    asked = Asked(kind=kind, form=form, way=case.way)
    return _priced(asked, viewer, lambda who, levels: simulate(case, form.answers, who, levels))


def case_named(case_id: str) -> Case:
    found = CASES.get(case_id)
    if found is None:
        raise Http404
    return found


def form_around(viewer: Viewer | None) -> dict[str, Any]:
    """What a form asks about the person with."""
    today = timezone.localdate()
    return {
        "people": people_to_simulate_for(viewer, on=today) if viewer else [],
        "levels": cover_levels(settings.PROFILE.guarantees, on=today),
        "today": today,
    }


def quote_file_of(data: QueryDict) -> UUID | None:
    """The key under which the file of the quote is kept; None without one, or when it cannot be read."""
    try:
        return UUID(data.get(QUOTE_FILE, ""))
    except ValueError:
        return None


def _priced(asked: Asked, viewer: Viewer | None, price: Price) -> Asked:
    """With its result; what cannot be priced goes to its field."""
    form = asked.form
    if not form.is_bound or not form.is_valid():
        return asked
    levels = cover_levels(settings.PROFILE.guarantees, on=form.cleaned_data["on"])
    subject = _subject(viewer, form, levels, today=timezone.localdate())
    if subject is None:
        form.add_error(None, UNKNOWN)
        return asked
    if not subject.cover.enrolments:
        return replace(asked, no_table=True)
    try:
        found = price(subject, levels)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return asked
    return replace(asked, found=found, subject=subject, whom=_whom(form, levels))


def _whom(form: SubjectForm, levels: tuple[CoverLevel, ...]) -> str:
    """For whom the result is, in words."""
    if form.person:
        return _("Pour %(person)s") % {"person": form.person.full_name}
    label = next(said(each.label) for each in levels if each.id == form.cleaned_data["level"])
    age: int = form.cleaned_data["age"]
    words = ngettext("À %(age)s an, avec %(level)s", "À %(age)s ans, avec %(level)s", age)
    return words % {"age": age, "level": label}


def _subject(
    viewer: Viewer | None, form: SubjectForm, levels: tuple[CoverLevel, ...], *, today: date
) -> Subject | None:
    if viewer and form.person:
        return subject_of(viewer, form.person.id, today=today)
    level = next((each for each in levels if each.id == form.cleaned_data.get("level")), None)
    # The age that was said is that of the day of care: caps and shares are looked up on it.
    on = form.cleaned_data["on"]
    return visitor(age=form.cleaned_data["age"], level=level, today=on) if level else None
