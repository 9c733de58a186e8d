"""The application for a web server: `gunicorn entraide.portal.config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from entraide.portal.foundation.web.text_coding import Utf8Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.portal.config.settings")
application = get_wsgi_application()
application.request_class = Utf8Request
