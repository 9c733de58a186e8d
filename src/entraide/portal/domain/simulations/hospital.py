"""A stay in hospital as lines of care: the stay, its daily charge, the operation, the room."""

from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.simulations.answers import SECTORS, Answers, Fees, Setting
from entraide.portal.domain.simulations.limits import without_hidden_excess
from entraide.reimbursement import CareLine, Stay, Ward
from entraide.reimbursement.compulsory.hospital import days_of
from entraide.reimbursement.money import FULL


def hospital_stay(answers: Answers, setting: Setting) -> tuple[CareLine, ...]:
    """Nothing is charged for what has no price; the charges of the law come by themselves."""
    if answers.surgeon_price is not None and answers.surgeon_base is None:
        message = _("Écrivez aussi le tarif de la Sécurité sociale : il est sur le devis du chirurgien.")
        raise DomainError(message, field="surgeon_base")
    if answers.surgeon_price is None and answers.surgeon_base is not None:
        message = _("Écrivez aussi le prix demandé par le chirurgien : il est sur son devis.")
        raise DomainError(message, field="surgeon_price")
    stay = _stay(answers, setting)
    days = max(1, answers.nights)
    found = []
    if stay.base:
        found.append(_line("00", "PJ", answers, stay, fee=stay.base, base=stay.base))
    if charge := _daily_charge(stay, setting):
        found.append(_line("01", "FJ", answers, stay, fee=charge))
    if answers.surgeon_price is not None:
        base = min(answers.surgeon_base or 0, answers.surgeon_price)
        surgeon = _line("02", "ADC", answers, stay, fee=answers.surgeon_price, base=base)
        found.append(without_hidden_excess(surgeon, answers.fees, setting))
    if stay.major_procedure:
        charge = setting.book.value("hospital.major", answers.on)
        found.append(_line("03", "PAS", answers, stay, fee=charge))
    if answers.room_price:
        found.append(_line("04", "CHP", answers, stay, fee=answers.room_price * days, quantity=days))
    if not found:
        raise DomainError(_("Écrivez au moins un prix."), field="stay_price")
    return tuple(found)


def stay_without_excess(answers: Answers, setting: Setting) -> tuple[CareLine, ...]:
    """The same stay with a surgeon who charges the tariff; nothing when there is no excess fee to avoid."""
    if answers.surgeon_price is None or answers.surgeon_price <= (answers.surgeon_base or 0):
        return ()
    return hospital_stay(
        replace(answers, fees=Fees.NONE, surgeon_price=answers.surgeon_base), setting
    )  # fmt: skip


def _stay(answers: Answers, setting: Setting) -> Stay:
    nights, on = answers.nights, answers.on
    threshold = setting.book.value("hospital.major.threshold", on)
    base = (answers.stay_price or 0) * max(1, nights)
    return Stay(
        id="simulation",
        first_day=on,
        last_day=on + timedelta(days=nights),
        ward=Ward.GENERAL if nights else Ward.DAY_CASE,
        base=base,
        # The day of discharge owes the daily charge, but no cost of the stay.
        paid_until=on + timedelta(days=max(0, nights - 1)),
        major_procedure=answers.surgeon_price is not None and (answers.surgeon_base or 0) >= threshold,
    )


def _daily_charge(stay: Stay, setting: Setting) -> int:
    """What is owed after the co-payment of each day is set off (CSS art. L174-4); cents."""
    rate = FULL if stay.major_procedure else setting.book.value("rate.hospital", stay.first_day)
    return sum(day.charge - day.set_off for day in days_of(stay, setting.book, rate=rate))


def _line(
    id: str,
    act: str,
    answers: Answers,
    stay: Stay,
    *,
    fee: int,
    base: int | None = None,
    quantity: int = 1,
) -> CareLine:
    return CareLine(
        id=id, act=act, on=answers.on, fee=fee, base=base, quantity=quantity,
        sector=SECTORS[answers.fees], stay=stay,
    )  # fmt: skip
