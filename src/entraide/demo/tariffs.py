"""Public amounts by the date of care, in cents and percent, as far as the demo needs them.

Each table lists (first day, value); care before the first row takes the first value.
"""

from datetime import date, timedelta

Dated = tuple[tuple[date, int], ...]

GENERAL_PRACTITIONER: Dated = (
    (date(2017, 5, 1), 2500),
    (date(2023, 11, 1), 2650),
    (date(2024, 12, 22), 3000),
)
SPECIALIST: Dated = ((date(2018, 1, 1), 3000), (date(2023, 11, 1), 3150))
UNDER_SIX_SUPPLEMENT = 500
TELECONSULTATION = 2500
DENTAL_VISIT = 2300
PHYSIOTHERAPY = 1613

# What is never refunded, by health insurance or by a mutual.
PARTICIPATION: Dated = ((date(2005, 1, 1), 100), (date(2024, 5, 15), 200))
BOX_FRANCHISE: Dated = ((date(2008, 1, 1), 50), (date(2024, 3, 31), 100))
TRIP_FRANCHISE: Dated = ((date(2008, 1, 1), 200), (date(2024, 3, 31), 400))
YEARLY_CAP = 5000
FIRST_AGE_THAT_PAYS = 18

DOCTOR_RATE = 70
AUXILIARY_RATE = 60
BIOLOGY_RATE = 60
DEVICE_RATE = 60
DENTAL_RATE: Dated = ((date(2000, 1, 1), 70), (date(2023, 10, 15), 60))
TRANSPORT_RATE: Dated = ((date(2000, 1, 1), 65), (date(2022, 10, 1), 55))

HOSPITAL_DAY: Dated = ((date(2018, 1, 1), 2000), (date(2026, 3, 1), 2300))
MAJOR_PROCEDURE: Dated = ((date(2019, 1, 1), 2400), (date(2026, 4, 22), 3200))


def at(table: Dated, day: date) -> int:
    """The value in force on the day of care."""
    found = table[0][1]
    for first_day, value in table:
        if first_day <= day:
            found = value
    return found


def hospital_days(first: date, *, nights: int) -> int:
    """The daily charge of a stay: due for each day, the day of discharge included, at that day's amount."""
    return sum(at(HOSPITAL_DAY, first + timedelta(days=number)) for number in range(nights + 1))
