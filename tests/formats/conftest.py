"""Properties without a stopwatch: the first phone number of a run loads the plans of several countries."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
