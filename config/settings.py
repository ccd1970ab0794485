"""Settings, read from the environment (see `.env.example`).

Without any variable the portal runs embedded: SQLite, a folder as the queue, mail to files. With `DATABASE_URL` and
`REDIS_URL` the same code runs on PostgreSQL and Redis. `PRODUCTION=true` adds what a public server must have.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.embedded import secret_key_in
from config.logs import logging_to
from config.schedule import CELERY_BEAT_SCHEDULE  # noqa: F401  read by Celery

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()
environ.Env.read_env(BASE_DIR / ".env")

PRODUCTION = env.bool("PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key_in(DATA_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_ADDRESS = env.str("SITE_ADDRESS", default="http://127.0.0.1:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_celery_results",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "import_export",
    "simple_history",
    "kernel",
    "accounts",
    "registries",
    "program",
    "proposals",
    "projects",
    "review",
    "reporting",
    "portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kernel.middleware.SessionsEndUnused",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInRequired",
    "accounts.middleware.SecondFactorRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kernel.middleware.LeadOutOfParts",
    "kernel.middleware.PrivateByDefault",
    "kernel.middleware.AnswerBrokenRules",
    "kernel.audit.downloads.NoteDownloads",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# ---------------------------------------------------------------- database
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'kakehashi.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE makes writers wait for their turn instead of failing half-way; see docs/adr/0009-databases-and-tests.md.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
# Two portals on one Redis share neither messages nor what they cache.
REDIS_PREFIX = env.str("REDIS_PREFIX", default="kakehashi:")
if REDIS_URL:
    _cache = ("django.core.cache.backends.redis.RedisCache", REDIS_URL)
else:
    _cache = ("django.core.cache.backends.filebased.FileBasedCache", str(DATA_DIR / "cache"))
CACHES = {"default": {"BACKEND": _cache[0], "LOCATION": _cache[1], "KEY_PREFIX": REDIS_PREFIX}}

# ---------------------------------------------------------------- jobs
QUEUE_DIR = DATA_DIR / "queue"
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": REDIS_PREFIX}
else:
    for _folder in ("messages", "control"):
        (QUEUE_DIR / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT = "config.folder_queue:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
    }
CELERY_RESULT_BACKEND = "django-db"
CELERY_TASK_TRACK_STARTED = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
# For so long an invitation to a team may be answered.
INVITATION_DAYS = env.int("INVITATION_DAYS", default=14)
# How long a worker may be silent before its job is given to another, in seconds.
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", default=30)

# ---------------------------------------------------------------- people and sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PeopleSignIn"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "accounts.library_forms.SignupForm",
    "change_password": "accounts.library_forms.ChangePasswordForm",
    "set_password": "accounts.library_forms.SetPasswordForm",
    "reset_password_from_key": "accounts.library_forms.ResetPasswordKeyForm",
}
MFA_FORMS = {
    "authenticate": "accounts.library_forms.AuthenticateForm",
    "reauthenticate": "accounts.library_forms.ReauthenticateForm",
    "activate_totp": "accounts.library_forms.ActivateTOTPForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = env.json("ACCOUNT_RATE_LIMITS", default={"login_failed": "10/m/ip,5/5m/key"})
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kakehashi"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
USERSESSIONS_TRACK_ACTIVITY = False
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=PRODUCTION)
SESSION_COOKIE_AGE = 60 * 90
SESSION_SAVE_EVERY_REQUEST = False  # kernel.middleware.SessionsEndUnused moves the end
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "kernel.wording.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# ---------------------------------------------------------------- languages and time
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
# The languages in which data (titles, criteria, letters) are held; see docs/adr/0005-languages-of-data.md.
DATA_LANGUAGES = ("ja", "en")
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

# ---------------------------------------------------------------- hints of overlap
# From how much alike on (percent) titles, and whole texts, of two proposals are pointed out to officers: docs/eligibility.md says why.
OVERLAP_TITLE_PERCENT = env.int("OVERLAP_TITLE_PERCENT", default=80)
OVERLAP_TEXT_PERCENT = env.int("OVERLAP_TEXT_PERCENT", default=40)
for _name in ("OVERLAP_TITLE_PERCENT", "OVERLAP_TEXT_PERCENT"):
    if not 1 <= globals()[_name] <= 100:
        raise ImproperlyConfigured(f"{_name} is a number from 1 to 100, not {globals()[_name]}")

# ---------------------------------------------------------------- files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Served at the root itself: what browsers ask for without being told, such as /favicon.ico.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
MEDIA_ROOT = DATA_DIR / "files"
WHITENOISE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env.str("STATICFILES_BACKEND", default=WHITENOISE)},
}
UPLOAD_LIMIT_BYTES = env.int("UPLOAD_LIMIT_BYTES", default=20 * 1024 * 1024)
# A file of papers by the million, which is streamed to the disk; larger ones are taken in by `manage.py add_paper_file`.
PAPER_UPLOAD_LIMIT_BYTES = env.int("PAPER_UPLOAD_LIMIT_BYTES", default=600 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")
# The proxy's internal address of the files folder, e.g. "/protected/"; empty where no proxy stands before.
FILES_INTERNAL_REDIRECT = env.str("FILES_INTERNAL_REDIRECT", default="")

# ---------------------------------------------------------------- mail
if env.str("EMAIL_URL", default=""):
    globals().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
# Shown at the foot of every page, and wherever people are told to ask, when set.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
PRIVACY_URL = env.str("PRIVACY_URL", default="")
TERMS_URL = env.str("TERMS_URL", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Kakehashi <noreply@kakehashi.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# ---------------------------------------------------------------- what a browser may do
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # the second factor's QR code is a data address
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "frame-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS: list[str] = []
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Where the log goes: a file (within DATA_DIR unless its whole path is given), else the error stream.
LOG_FILE = env.str("LOG_FILE", default="")
LOGGING = logging_to(DATA_DIR / LOG_FILE if LOG_FILE else None, level=env.str("LOG_LEVEL", default="WARNING"))
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
