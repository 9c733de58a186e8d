"""Properties without a stopwatch: the first example of a run loads every table."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
