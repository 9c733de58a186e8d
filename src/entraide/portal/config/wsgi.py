"""The application for a web server: `gunicorn entraide.portal.config.wsgi`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from entraide.portal.foundation.vault.holders import announce
from entraide.portal.foundation.web.text_coding import Utf8Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.portal.config.settings")
application = get_wsgi_application()
application.request_class = Utf8Request
# Of the process that loads this and of all that come from it, until the last one ends.
announcement = announce(settings.ENTRAIDE.data_dir / "running", settings.ENTRAIDE.keys, what="web server")
