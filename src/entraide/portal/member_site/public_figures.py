"""A public figure in its unit, for pages that show what amounts are computed from."""

from entraide.portal.foundation.web.wording import money
from entraide.portal.member_site.why import said
from entraide.reimbursement import percent
from entraide.reimbursement.parameters.book import Unit, Value


def figure_value(figure: Value) -> str:
    """A public figure in its unit."""
    if figure.unit is Unit.EURO:
        return money(figure.value)
    return said(percent(figure.value)) if figure.unit is Unit.PERCENT else str(figure.value)
