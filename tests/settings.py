"""The settings as the type checker reads them: with the environment of the tests."""
# isort: skip_file

from tests import environment  # noqa: F401 (sets the environment before the settings read it)
from entraide.portal.config.settings import *  # noqa: F403 (the product's settings, whole)
