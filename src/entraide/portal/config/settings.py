"""Django settings: everything that an operator decides comes from the environment, see env.py."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from entraide.portal.config.env import read_environment
from entraide.portal.config.logs import configure_logging
from entraide.profiles import load_profile

ROOT = Path(__file__).resolve().parents[4]
PORTAL = Path(__file__).resolve().parents[1]

ENTRAIDE = read_environment(os.environ, root=ROOT)
PROFILE = load_profile(ENTRAIDE.profile_dir)

DEBUG = False
SECRET_KEY = ENTRAIDE.secret_key
# They open what they signed, and sign nothing.
SECRET_KEY_FALLBACKS = list(ENTRAIDE.former_secret_keys)
# The exact names of the public address; a forged Host gets 400 (A54).
ALLOWED_HOSTS = ["localhost", "127.0.0.1"] if ENTRAIDE.demo else [ENTRAIDE.host]
# With the port. In the demo any: it is chosen when the demo starts.
PUBLIC_HOSTS = frozenset() if ENTRAIDE.demo else ENTRAIDE.hosts_with_port
ROOT_URLCONF = "entraide.portal.config.urls"
WSGI_APPLICATION = "entraide.portal.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"
APPEND_SLASH = True

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "entraide.portal.foundation.vault",
    "entraide.portal.foundation.accounts",
    "entraide.portal.foundation.events",
    "entraide.portal.foundation.tasks",
    "entraide.portal.foundation.sweeps",
    "entraide.portal.domain.members",
    "entraide.portal.domain.facilities",
    "entraide.portal.domain.directory",
    "entraide.portal.domain.access",
    "entraide.portal.domain.contacts",
    "entraide.portal.domain.agents",
    "entraide.portal.domain.consultations",
    "entraide.portal.domain.contracts",
    "entraide.portal.domain.contributions",
    "entraide.portal.domain.claims",
    "entraide.portal.domain.adjudication",
    "entraide.portal.domain.payment_runs",
    "entraide.portal.domain.requests",
    "entraide.portal.domain.figures",
    "entraide.portal.domain.library",
    "entraide.portal.domain.list_exports",
    "entraide.portal.domain.staff",
    "entraide.portal.domain.emergency",
    "entraide.portal.domain.simulations",
    "entraide.portal.domain.card",
    "entraide.portal.domain.push",
    "entraide.portal.domain.handover",
    "entraide.portal.domain.teleconsultations",
    "entraide.portal.domain.bank",
    "entraide.portal.domain.handling",
    "entraide.portal.domain.hospital_cover",
    "entraide.portal.domain.data_out",
    "entraide.portal.domain.social_fund",
    "entraide.portal.domain.publications",
    "entraide.portal.domain.prevention",
    "entraide.portal.domain.exports",
    "entraide.portal.notifications",
    "entraide.portal.config",
]

MIDDLEWARE = [
    "entraide.portal.foundation.web.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "entraide.portal.foundation.web.methods.Methods",
    "entraide.portal.foundation.web.errors.ErrorPages",
    "entraide.portal.foundation.web.hosts.CheckHost",
    "entraide.portal.foundation.web.text_coding.Utf8Only",
    "entraide.portal.foundation.web.old_browsers.OldBrowsers",
    "entraide.portal.foundation.web.cookies.LaterCookies",
    "entraide.portal.foundation.web.session_cookie.SessionCookie",
    "entraide.portal.foundation.web.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "entraide.portal.config.gate.PrivateByDefault",
    "entraide.portal.foundation.web.parameters.OneValueEach",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PORTAL],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "entraide.portal.config.pages.environment",
            "context_processors": ["entraide.portal.config.site.site"],
        },
    },
]

# Fields of forms in Jinja2 too: Django's own engine takes several times as long.
FORM_RENDERER = "entraide.portal.foundation.forms.rendering.FieldRenderer"


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) if parts.path.startswith("//") else unquote(parts.path),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # IMMEDIATE: several writers wait for each other instead of failing (docs/adr/0003).
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                    "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
                ),
            },
        }
    return {
        "ENGINE": "entraide.portal.foundation.database",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # The query of the address goes to the driver: ?sslmode=verify-full&sslrootcert=…
        "OPTIONS": {
            # Each process asks the same few questions: the database plans them once for each connection.
            "server_side_binding": True,
            "prepare_threshold": 2,
            "options": "-c statement_timeout=10000 -c lock_timeout=5000",
            # Of our own, in seconds: a server that hangs keeps no limit.
            "connect_timeout": "5",
            "longest_wait": "15",
            **dict(parse_qsl(parts.query)),
        },
    }


DATABASES = {"default": _database(ENTRAIDE.database_url)}

PASSWORD_HASHERS = ["entraide.portal.foundation.accounts.hashers.PepperedArgon2"]
SESSION_ENGINE = "entraide.portal.foundation.web.session_store"
SESSION_COOKIE_NAME = "__Host-entraide" if ENTRAIDE.is_https else "entraide"
# The people of the mutual have a session of their own, whatever else is open in their browser (A74).
AGENT_SESSION_COOKIE_NAME = "__Host-entraide-gestion" if ENTRAIDE.is_https else "entraide-gestion"
SESSION_COOKIE_SECURE = ENTRAIDE.is_https
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = PROFILE.security.session_hours * 3600
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_COOKIE_NAME = "__Host-csrf" if ENTRAIDE.is_https else "csrf"
CSRF_COOKIE_SECURE = ENTRAIDE.is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "entraide.portal.config.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [ENTRAIDE.public_url]
if ENTRAIDE.is_https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Both headers are ours, on every answer: foundation/web/headers.py.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PORTAL / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

STATIC_URL = "/static/"
STATIC_ROOT = ENTRAIDE.data_dir / "static"
STATICFILES_DIRS = [PORTAL / "design" / "static", ENTRAIDE.data_dir / "built"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 86_400 if not ENTRAIDE.demo else 60

# A form of ours is small; files go to disk while they arrive.
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 60
FILE_UPLOAD_HANDLERS = ["entraide.portal.foundation.web.uploads.BoundedUpload"]
FILE_UPLOAD_TEMP_DIR = str(ENTRAIDE.data_dir / "incoming")

MAIL_GATEWAY = {
    "outbox": "entraide.portal.gateways.outbox.Outbox",
    "smtp": "entraide.portal.gateways.mail.SmtpMail",
    "smtps": "entraide.portal.gateways.mail.SmtpMail",
}[urlsplit(ENTRAIDE.email_url).scheme]
SMS_GATEWAY = {
    "outbox": "entraide.portal.gateways.outbox.Outbox",
    "http": "entraide.portal.gateways.sms.HttpSms",
    "https": "entraide.portal.gateways.sms.HttpSms",
}[urlsplit(ENTRAIDE.sms_url).scheme]
PUSH_GATEWAY = "entraide.portal.gateways.web_push.WebPush"
VIRUS_SCANNER = "entraide.portal.gateways.antivirus.Clamd"
FAX_GATEWAY = {
    "outbox": "entraide.portal.gateways.outbox.Outbox",
    "http": "entraide.portal.gateways.fax.HttpFax",
    "https": "entraide.portal.gateways.fax.HttpFax",
    # No fax service: no letter is ever written for one.
    "": "",
}[urlsplit(ENTRAIDE.fax_url).scheme]

LOGGING_CONFIG = None
configure_logging(ENTRAIDE.log_level)
