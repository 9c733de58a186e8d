"""How the answers of each everyday case become lines of care for the engine."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.simulations.answers import SECTORS, Answers, Ears, Fees, Material, Setting
from entraide.portal.domain.simulations.limits import base_wanted, without_hidden_excess
from entraide.portal.domain.simulations.prices import example_price, priced, with_base
from entraide.reimbursement import (
    CareBasket,
    CareLine,
    Equipment,
    LensClass,
    Pathway,
    Side,
    load_vocabulary,
)
from entraide.reimbursement.acts import Site, site_of

Lines = tuple[CareLine, ...]

DAYS_BETWEEN_SESSIONS = 3
# Specialists whom nobody needs to be sent to (CSS art. L162-5-3), with the ages where age matters.
DIRECT_ACCESS = {"CGM": range(200), "CNPSY": range(16, 26)}
CROWNS = {
    Material.METAL_CERAMIC: {
        Site.VISIBLE: "HBLD634", Site.SECOND_PREMOLAR: "HBLD491", Site.MOLAR: "HBLD734",
    },
    Material.ZIRCONIA: {
        Site.VISIBLE: "HBLD350", Site.SECOND_PREMOLAR: "HBLD350", Site.MOLAR: "HBLD073",
    },
    Material.CERAMIC: {Site.VISIBLE: "HBLD680"},
    Material.METAL: dict.fromkeys(Site, "HBLD038"),
}  # fmt: skip


def gp_visit(answers: Answers, setting: Setting) -> Lines:
    return _visit(replace(answers, act="G"), setting)


def specialist_visit(answers: Answers, setting: Setting) -> Lines:
    direct = setting.situation.age_on(answers.on) in DIRECT_ACCESS.get(answers.act, ())
    return _visit(replace(answers, outside=answers.outside and not direct), setting)


def medicines(answers: Answers, setting: Setting) -> Lines:
    """All boxes at one rate; `price` is that of all boxes together, and it is the base too."""
    line = _line(answers, quantity=answers.quantity)
    return (with_base(priced(line, setting, price=answers.price), base=None),)


def laboratory(answers: Answers, setting: Setting) -> Lines:
    return (with_base(priced(_line(answers, act="B"), setting, price=answers.price), base=answers.base),)


def imaging(answers: Answers, setting: Setting) -> Lines:
    line = base_wanted(_line(answers), answers.fees, base=answers.base)
    line = with_base(priced(line, setting, price=answers.price), base=answers.base)
    return (without_hidden_excess(line, answers.fees, setting),)


def sessions(answers: Answers, setting: Setting) -> Lines:
    """One line for each session, on days of their own: some deductions are limited by the day."""
    refunded = bool(load_vocabulary().procedures[answers.act].rate)
    found = []
    for number in range(answers.quantity):
        day = answers.on + timedelta(days=DAYS_BETWEEN_SESSIONS * number)
        line = priced(_line(answers, number=number, on=day), setting, price=answers.price)
        found.append(with_base(line, base=answers.base) if refunded else line)
    return tuple(found)


def physiotherapy(answers: Answers, setting: Setting) -> Lines:
    return sessions(replace(answers, act="AMK"), setting)


def crown(answers: Answers, setting: Setting) -> Lines:
    act = CROWNS[answers.material].get(site_of(answers.tooth))
    if act is None:
        message = _("Pour cette dent, choisissez un autre matériau : celui-ci n’a pas de tarif public.")
        raise DomainError(message, field="material")
    return (_crown(act, answers, setting),)


def no_cost_crown(answers: Answers, setting: Setting) -> Lines:
    """The crown for that tooth that the law makes free of cost; nothing when the chosen one is it already."""
    vocabulary, site = load_vocabulary(), site_of(answers.tooth)
    acts = [by_site[site] for by_site in CROWNS.values() if site in by_site]
    free = [
        act
        for act in acts
        if vocabulary.procedures[act].basket_on(answers.on, answers.tooth) is CareBasket.NO_COST
    ]
    chosen = CROWNS[answers.material].get(site)
    if chosen in free or not free:
        return ()
    return (_crown(free[0], replace(answers, price=None), setting),)


def glasses(answers: Answers, setting: Setting) -> Lines:
    """Class B: frame, right lens, left lens; what costs nothing is not bought."""
    parts = [
        ("MONB", None, answers.frame_price, "frame-b"),
        ("VERB", Side.RIGHT, answers.right_price, _lens_example(answers.right)),
        ("VERB", Side.LEFT, answers.left_price, _lens_example(answers.left)),
    ]
    found = []
    for number, (act, side, price, example) in enumerate(parts):
        if price == 0:
            continue
        line = _line(answers, act=act, number=number, side=side, equipment=_equipment(answers))
        found.append(priced(line, setting, price=price, example=example))
    if not found:
        raise DomainError(_("Il faut au moins une monture ou un verre."), field="frame_price")
    return tuple(found)


def no_cost_glasses(answers: Answers, setting: Setting) -> Lines:
    """The same pair in class A, where its figures are public: two simple lenses."""
    if {answers.right, answers.left} != {LensClass.SIMPLE}:
        return ()
    parts = [
        ("MONA", None, answers.frame_price),
        ("VERA", Side.RIGHT, answers.right_price),
        ("VERA", Side.LEFT, answers.left_price),
    ]
    return tuple(
        priced(
            _line(answers, act=act, number=number, side=side, equipment=_equipment(answers)),
            setting, price=None,
        )
        for number, (act, side, price) in enumerate(parts)
        if price != 0
    )  # fmt: skip


def hearing_aids(answers: Answers, setting: Setting) -> Lines:
    sides = (Side.LEFT,) if answers.ears is Ears.ONE else (Side.RIGHT, Side.LEFT)
    example = "hearing-2" if answers.act == "AU2" else ""
    return tuple(
        priced(
            _line(answers, number=number, side=side), setting, price=answers.price, example=example
        )
        for number, side in enumerate(sides)
    )  # fmt: skip


def no_cost_hearing_aids(answers: Answers, setting: Setting) -> Lines:
    if answers.act == "AU1":
        return ()
    return hearing_aids(replace(answers, act="AU1", price=None), setting)


def regulated_visit(answers: Answers, setting: Setting) -> Lines:
    """The same visit with a doctor who charges the tariff; nothing when there is no excess fee to avoid."""
    if answers.fees is Fees.NONE:
        return ()
    return specialist_visit(replace(answers, fees=Fees.NONE, price=None), setting)


def regulated_gp_visit(answers: Answers, setting: Setting) -> Lines:
    return regulated_visit(replace(answers, act="G"), setting)


def _visit(answers: Answers, setting: Setting) -> Lines:
    if answers.fees is not Fees.NONE and answers.price is None:
        message = _("Écrivez le prix de la consultation : sans lui, le dépassement n’est pas connu.")
        raise DomainError(message, field="price")
    line = priced(_line(answers), setting, price=answers.price)
    return (without_hidden_excess(line, answers.fees, setting),)


def _crown(act: str, answers: Answers, setting: Setting) -> CareLine:
    line = _line(answers, act=act, tooth=answers.tooth)
    return priced(line, setting, price=answers.price, example="crown-free" if act == "HBLD734" else "")


def _equipment(answers: Answers) -> Equipment:
    return Equipment(id="simulation", right=answers.right, left=answers.left)


def _lens_example(lens: LensClass) -> str:
    return "lens-b-simple" if lens is LensClass.SIMPLE else "lens-b-progressive"


def _line(
    answers: Answers,
    *,
    act: str = "",
    number: int = 0,
    on: date | None = None,
    quantity: int = 1,
    side: Side | None = None,
    tooth: int | None = None,
    equipment: Equipment | None = None,
) -> CareLine:
    """A line without its price. Numbers of two digits keep the order of the answers."""
    return CareLine(
        id=f"{number:02d}",
        act=act or answers.act,
        on=on or answers.on,
        fee=0,
        quantity=quantity,
        sector=SECTORS[answers.fees],
        pathway=Pathway.OUTSIDE if answers.outside else Pathway.INSIDE,
        side=side,
        tooth=tooth,
        equipment=equipment,
    )


def example_stay_price() -> int | None:
    """A day in hospital of the standard examples; cents."""
    return example_price("stay-without")
