"""In a module of its own, so that `python -m entraide.portal.config.cli` and its commands mean one class."""


class Refused(Exception):
    """The command cannot be done; the text says what to change."""
