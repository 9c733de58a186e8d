"""The catalogue against the pages that send a request by themselves, which every mutual has.

Their days are those of each type, and the check of the desk gives every category its team.
"""

from collections.abc import Iterator

from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import PAPERS
from entraide.profiles.model import DepositCatalogue
from entraide.profiles.own_forms import OWN_FORMS, OwnForm


def check_own_forms(deposit: DepositCatalogue) -> Iterator[Fault]:
    """Each page finds its category, kept apart from the papers, with the types that it sends."""
    for form in OWN_FORMS:
        yield from _check(form, deposit)


def _check(form: OwnForm, deposit: DepositCatalogue) -> Iterator[Fault]:
    found = next((one for one in deposit.categories if one.id == form.category), None)
    if found is None:
        expected = f"one with own_form, a team and its days, for {form.address}"
        yield Fault(PAPERS, "deposit.category", f"no category {shown(form.category)}", expected)
        return
    key, types = f"deposit.category[{form.category}]", [one.id for one in found.types]
    if not found.own_form:
        yield Fault(PAPERS, f"{key}.own_form", "false", f"true: it is asked for at {form.address}")
    if form.type and form.type not in types:
        yield Fault(PAPERS, f"{key}.type", ", ".join(types), f"the type {form.type}, for {form.address}")
