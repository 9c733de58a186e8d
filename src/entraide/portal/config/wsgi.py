"""The application for a web server: `gunicorn entraide.portal.config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.portal.config.settings")
application = get_wsgi_application()
